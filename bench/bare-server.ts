import { createServer } from 'node:http';
import { Pool } from 'pg';

/** The peer of P7: the least that can answer the same list with the same columns, `http` and one prepared statement. */
const LIST = `SELECT m.code, m.name, m.market_kind AS "marketKind", m.official_class AS class,
    m.commune_code AS "communeCode", u.name AS "communeName", m.operator_name AS "operatorName",
    m.planned_points AS "plannedPoints", m.operating_points AS "operatingPoints", m.state,
    m.state_since AS "stateSince",
    (SELECT count(*)::int FROM stalls s WHERE s.market_id = m.id AND s.state <> 'closed') AS "stallCount",
    (SELECT count(*)::int FROM qr_issues q WHERE q.market_id = m.id AND q.state = 'active') AS "qrCount"
  FROM markets m LEFT JOIN LATERAL (
    SELECT name FROM administrative_units WHERE code = m.commune_code ORDER BY valid_from DESC LIMIT 1) u ON true
  ORDER BY m.name COLLATE "vi-x-icu", m.id LIMIT 50`;

/** As the program's own role, under the same policies. */
const pool = new Pool({ connectionString: process.argv[2], max: 10, options: '-c cho40.scope=province:92 -c jit=off' });
const server = createServer((_request, response) => {
  pool.query({ name: 'list', text: LIST }).then(
    ({ rows }) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ items: rows })),
    (error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    },
  );
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port));
