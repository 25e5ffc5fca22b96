import { Client } from 'pg';
import { v7 } from 'uuid';
import { scopeText, type Scope } from '../../src/kernel/scope';
import { insertRow } from '../factories/insert';
import { saveMarket, type SavedMarket, saveStall } from '../factories/market.factory';
import { saveBank, saveConsent, saveLease, saveOccupiedStall } from '../factories/vendor.factory';
import { createTestDatabase, type TestDatabase } from '../database/test-database';

/**
 * What somebody finds who has the application's own database role and psql, and nothing of our code: the same rows that
 * their scope has, none without one, and no way to change the rules.
 */
let db: TestDatabase;
let psql: Client;
let tables: string[];

/** Markets by the scope that reaches them and no other. */
const markets: Record<string, SavedMarket> = {};
const vendors: Record<string, string> = {};
const PLACES = [
  { name: 'ours', provinceCode: '92', communeCode: '31510', bankBin: '970436' },
  { name: 'beside', provinceCode: '92', communeCode: '31120', bankBin: '970418' },
  { name: 'far', provinceCode: '79', communeCode: '27115', bankBin: '970407' },
] as const;

beforeAll(async () => {
  db = await createTestDatabase();
  await db.database.write(async (tx) => {
    for (const { name, bankBin, ...place } of PLACES) {
      const market = await saveMarket(tx, { ...place, code: `MARKET${name.toUpperCase()}` });
      const stall = await saveStall(tx, market);
      await saveBank(tx, bankBin);
      const { vendor } = await saveOccupiedStall(tx, stall, { bankBin, consent: false });
      await tx.query('UPDATE vendors SET province_code = $2 WHERE id = $1', [vendor.id, place.provinceCode]);
      await tx.query('UPDATE payout_accounts SET province_code = $2 WHERE vendor_id = $1', [
        vendor.id,
        place.provinceCode,
      ]);
      await saveConsent(tx, vendor);
      await saveLedgerRows(tx, market, bankBin);
      markets[name] = market;
      vendors[name] = vendor.id;
    }
  });
  psql = new Client({ connectionString: db.appUrl });
  await psql.connect();
  const { rows } = await psql.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  tables = rows.map(({ name }) => name);
});
afterAll(async () => {
  await psql.end();
  await db.drop();
});

async function saveLedgerRows(
  tx: Parameters<typeof insertRow>[0],
  market: SavedMarket,
  bankBin: string,
): Promise<void> {
  const figures = { line_count: 1, transaction_count: 1, amount: 1_000, reversal_count: 0, reversal_amount: 0 };
  const cell = { bank_bin: bankBin, market_no: market.no, channel: 1, bucket: 1, ...figures };
  await insertRow(tx, 'day_totals', { business_date: '2026-10-10', ...cell });
  await insertRow(tx, 'month_totals', { month: '2026-10-01', ...cell });
  await insertRow(tx, 'submissions', {
    id: v7(),
    bank_bin: bankBin,
    reference: `REF-${bankBin}`,
    business_date: '2026-10-10',
    part: 1,
    revision: 1,
    granularity: 'stall',
    format: 'csv',
    state: 'RECEIVED',
    body_sha256: Buffer.alloc(32),
    byte_count: 1,
    body_line_count: 1,
    key_id: 'k',
    received_at: new Date('2026-10-11T00:00:00Z'),
  });
}

/** Runs one statement as the application's role under a scope, and takes it back. */
async function under<Row extends object>(scope: Scope | null, text: string): Promise<Row[]> {
  await psql.query('BEGIN');
  try {
    if (scope) await psql.query(`SELECT set_config('cho40.scope', $1, true)`, [scopeText(scope)]);
    return (await psql.query<Row>(text)).rows;
  } finally {
    await psql.query('ROLLBACK');
  }
}

async function marketCodes(scope: Scope | null): Promise<string[]> {
  const rows = await under<{ code: string }>(scope, 'SELECT code FROM markets ORDER BY code');
  return rows.map(({ code }) => code.replace('MARKET', '').toLowerCase());
}

it('every table with rows of a province, commune, market, bank or vendor is under row-level security, forced', async () => {
  const open = await db.database.read(
    (tx) =>
      tx.query(`
        SELECT c.relname AS name FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
          AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
            AND a.attname IN ('market_id', 'market_no', 'stall_id', 'vendor_id', 'submission_id', 'submission_no'))
      `) as Promise<{ name: string }[]>,
  );
  expect(open).toEqual([]);
  expect(tables.length).toBeGreaterThan(20);
});

it('the role of the application owns nothing, passes no policy, and is no superuser', async () => {
  const { rows } = await psql.query(
    `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
       (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned
     FROM pg_roles r WHERE rolname = current_user`,
  );
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0 }]);
});

it('without the setting there is no row in any of them', async () => {
  const found: Record<string, number> = {};
  for (const table of tables) {
    const [row] = await under<{ count: number }>(null, `SELECT count(*)::int AS count FROM ${table}`);
    if (row?.count) found[table] = row.count;
  }
  expect(found).toEqual({});
});

it.each<[string, Scope]>([
  ['an empty setting', { kind: 'none' }],
  ['an area without places', { kind: 'markets', codes: [] }],
  ['a province that has no market', { kind: 'province', codes: ['01'] }],
])('%s finds nothing', async (_name, scope) => {
  expect(await marketCodes(scope)).toEqual([]);
});

it.each(['province', 'province:', 'systems', 'SYSTEM', 'system ', 'bank', 'province:92x', "' OR 1=1", ':92'])(
  'a setting of %j finds nothing',
  async (text) => {
    await psql.query('BEGIN');
    await psql.query(`SELECT set_config('cho40.scope', $1, true)`, [text]);
    const { rows } = await psql.query('SELECT FROM markets');
    await psql.query('ROLLBACK');
    expect(rows).toEqual([]);
  },
);

it.each<[string, Scope, string[]]>([
  ['our jobs', { kind: 'system' }, ['beside', 'far', 'ours']],
  ['a department', { kind: 'province', codes: ['92'] }, ['beside', 'ours']],
  ['another department', { kind: 'province', codes: ['79'] }, ['far']],
  ['a commune', { kind: 'communes', codes: ['31510'] }, ['ours']],
  ['two communes', { kind: 'communes', codes: ['31510', '31120'] }, ['beside', 'ours']],
  ['a market board', { kind: 'markets', codes: ['MARKETBESIDE'] }, ['beside']],
  ['a bank, of its accounts', { kind: 'bank', bin: '970436' }, ['ours']],
])('%s sees its own markets', async (_name, scope, expected) => {
  expect(await marketCodes(scope)).toEqual(expected);
});

it('a vendor sees the own stall’s market, and no other vendor', async () => {
  const scope: Scope = { kind: 'vendor', id: vendors.beside ?? '' };
  expect(await marketCodes(scope)).toEqual(['beside']);
  expect(await under(scope, 'SELECT id FROM vendors')).toEqual([{ id: vendors.beside }]);
});

it.each<[string, Scope, string]>([
  ['a commune', { kind: 'communes', codes: ['31510'] }, 'ours'],
  ['a market board', { kind: 'markets', codes: ['MARKETOURS'] }, 'ours'],
  ['a department', { kind: 'province', codes: ['79'] }, 'far'],
])('what hangs on a market is seen with it and not otherwise: %s', async (_name, scope, place) => {
  const [counts] = await under<Record<string, number>>(
    scope,
    `SELECT ${[
      'stalls',
      'leases',
      'payout_assignments',
      'vendors',
      'payout_accounts',
      'consents',
      'day_totals',
      'month_totals',
    ]
      .map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`)
      .join(', ')}, (SELECT min(id::text) FROM vendors) AS vendor`,
  );
  const { vendor, ...others } = counts ?? {};
  expect(vendor).toBe(vendors[place]);
  expect(Object.values(others)).toEqual(Array(8).fill(1));
});

it.each<[string, Scope, string[]]>([
  ['a bank', { kind: 'bank', bin: '970418' }, ['REF-970418']],
  ['a market board', { kind: 'markets', codes: ['MARKETOURS'] }, []],
  ['a commune', { kind: 'communes', codes: ['31510'] }, []],
  ['a vendor', { kind: 'vendor', id: '019a0000-0000-7000-8000-000000000001' }, []],
])('submissions are their bank’s and the departments’: %s', async (_name, scope, references) => {
  const rows = await under<{ reference: string }>(scope, 'SELECT reference FROM submissions');
  expect(rows.map(({ reference }) => reference)).toEqual(references);
});

it.each([`UPDATE markets SET name = 'x'`, `UPDATE vendors SET full_name = 'x'`, 'UPDATE day_totals SET amount = 0'])(
  'a change beside the scope touches no row: %s',
  async (text) => {
    expect(await under({ kind: 'markets', codes: ['NOWHERE1'] }, `${text} RETURNING true AS touched`)).toEqual([]);
  },
);

it('a row cannot be written into, or moved to, another scope', async () => {
  const own: Scope = { kind: 'markets', codes: ['MARKETOURS'] };
  const intoAnother = `INSERT INTO zones (id, market_id, name, ordinal) VALUES ('${v7()}', '${markets.far?.id}', 'x', 1)`;
  await expect(under(own, intoAnother)).rejects.toMatchObject({ code: '42501' });
  const away = `UPDATE leases SET market_id = '${markets.far?.id}'`;
  await expect(under(own, away)).rejects.toMatchObject({ code: '42501' });
});

it.each([
  ['markets', `SELECT count(*)::int AS count FROM public.stalls`],
  ['payout_assignments', `SELECT count(*)::int AS count FROM public.stalls`],
  ['submissions', `SELECT count(*)::int AS count FROM public.current_submissions`],
])('a temporary table does not stand in for %s where policies ask for it', async (table, count) => {
  for (const scope of [
    { kind: 'markets', codes: ['MARKETOURS'] },
    { kind: 'bank', bin: '970436' },
  ] satisfies Scope[]) {
    const [honest] = await under(scope, count);
    const everything = `CREATE TEMPORARY TABLE ${table} ON COMMIT DROP AS SELECT * FROM public.${table}`;
    await psql.query('BEGIN');
    await psql.query(`SELECT set_config('cho40.scope', 'system', true)`);
    await psql.query(everything);
    await psql.query(`SELECT set_config('cho40.scope', $1, true)`, [scopeText(scope)]);
    const { rows } = await psql.query(count);
    await psql.query('ROLLBACK');
    expect(rows).toEqual([honest]);
  }
});

it('every function of ours looks into our schema first', async () => {
  const { rows } = await psql.query<{ name: string }>(
    `SELECT p.oid::regprocedure::text AS name FROM pg_proc p
     WHERE p.pronamespace = 'public'::regnamespace AND NOT ('search_path=public, pg_temp' = ANY (coalesce(p.proconfig, '{}')))
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
       AND (p.prosrc ~ '\\mFROM\\M' OR p.prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql'))`,
  );
  expect(rows).toEqual([]);
});

it('a vendor of two markets: each board reads what was told of its own', async () => {
  const vendor = vendors.ours ?? '';
  const [ours, beside] = await db.database.write(async (tx) => {
    const [here, there] = [await stallOf(tx, 'ours', vendor), await stallOf(tx, 'beside', vendor)];
    for (const code of [here, there]) {
      const about = { kind: 'account_changed', text: code, about_type: 'stall', about_id: code };
      await insertRow(tx, 'notices', { id: v7(), vendor_id: vendor, ...about, created_at: new Date() });
    }
    return [here, there];
  });
  const read = (scope: Scope) => under<{ text: string }>(scope, 'SELECT text FROM notices ORDER BY text');
  const both = [{ text: ours }, { text: beside }].sort((a, b) => (String(a.text) < String(b.text) ? -1 : 1));
  expect(await read({ kind: 'markets', codes: ['MARKETOURS'] })).toEqual([{ text: ours }]);
  expect(await read({ kind: 'communes', codes: ['31120'] })).toEqual([{ text: beside }]);
  expect(await read({ kind: 'province', codes: ['92'] })).toEqual(both);
  expect(await read({ kind: 'vendor', id: vendor })).toEqual(both);
});

it('an account never becomes another one', async () => {
  for (const change of [`bank_bin = '970418'`, `account_number_index = sha256('x')`, `vendor_id = '${vendors.far}'`]) {
    const statement = `UPDATE payout_accounts SET ${change} WHERE vendor_id = '${vendors.ours}'`;
    await expect(under({ kind: 'system' }, statement)).rejects.toMatchObject({ code: '42501' });
  }
});

/** A further stall of the vendor in one of the places. @returns its code */
async function stallOf(tx: Parameters<typeof insertRow>[0], place: string, vendorId: string): Promise<string> {
  const stall = await saveStall(tx, markets[place] as SavedMarket);
  await saveLease(tx, stall, { id: vendorId });
  return stall.code;
}

it('the setting ends with its transaction', async () => {
  expect(await marketCodes({ kind: 'system' })).toHaveLength(3);
  expect(await marketCodes(null)).toEqual([]);
});

it.each([
  'ALTER TABLE markets DISABLE ROW LEVEL SECURITY',
  'ALTER TABLE markets NO FORCE ROW LEVEL SECURITY',
  'DROP POLICY markets_scope ON markets',
  'CREATE POLICY mine ON markets USING (true)',
  `CREATE OR REPLACE FUNCTION scope_kind() RETURNS text LANGUAGE sql AS $$ SELECT 'system' $$`,
  `CREATE FUNCTION public.mine() RETURNS text LANGUAGE sql AS $$ SELECT 'system' $$`,
  'SET row_security = off; SELECT * FROM markets',
  'ALTER ROLE CURRENT_USER BYPASSRLS',
  'CREATE TABLE public.mine (id int)',
  'DROP TABLE markets',
  `UPDATE audit_entries SET action = 'x'`,
  'DELETE FROM audit_entries',
  'TRUNCATE audit_entries',
  'ALTER TABLE audit_entries DISABLE TRIGGER ALL',
  `SET session_replication_role = replica`,
])('refuses: %s', async (text) => {
  await expect(under({ kind: 'system' }, text)).rejects.toMatchObject({ code: '42501' });
});

it('lines are copied into their month’s partition, which cannot be read past the table above it', async () => {
  await db.database.write((tx) => tx.query(`SELECT ensure_line_partition('2026-10-10')`));
  for (const text of ['SELECT', 'DELETE']) {
    const statement = `${text} ${text === 'SELECT' ? '*' : ''} FROM submission_lines_202610`;
    await expect(under({ kind: 'system' }, statement)).rejects.toMatchObject({ code: '42501' });
  }
  await expect(under({ kind: 'system' }, 'SELECT FROM submission_lines')).resolves.toEqual([]);
});
