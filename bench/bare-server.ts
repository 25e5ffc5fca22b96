import { createServer } from 'node:http';
import { Pool } from 'pg';

/** The peer of P7: the least that can answer the same list, `http` and one prepared statement. */
const LIST = `SELECT code, name, market_kind AS "marketKind", official_class AS class, commune_code AS "communeCode",
    operator_name AS "operatorName", planned_points AS "plannedPoints", operating_points AS "operatingPoints", state,
    state_since AS "stateSince"
  FROM markets ORDER BY name COLLATE "vi-x-icu", id LIMIT 50`;

const pool = new Pool({ connectionString: process.argv[2], max: 10 });
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
