import { Client, escapeIdentifier } from 'pg';
import { ALL_MIGRATIONS } from '../../migrations/all-migrations';
import type { MigrationClass } from '../../src/platform/db/data-source';
import { sql } from '../../src/platform/db/database';
import { migrate, type MigrationPlan, revertNewest } from '../../src/platform/db/migrate';
import { quiet } from '../database/quiet-log';
import { createTestDatabase, type TestDatabase } from '../database/test-database';
import { roleOf, withAdmin } from '../database/test-server';

const planOf = (db: TestDatabase, migrations: readonly MigrationClass[] = ALL_MIGRATIONS): MigrationPlan => ({
  migrationUrl: db.ownerUrl,
  appUrl: db.appUrl,
  migrations,
  log: quiet,
});

const names = ALL_MIGRATIONS.map((migration) => new migration().name);

let db: TestDatabase;

beforeEach(async () => {
  db = await createTestDatabase({ migrated: false });
});

afterEach(() => db.drop());

it('three that boot at once on an empty database migrate it once', async () => {
  const outcomes = await Promise.all([1, 2, 3].map(() => migrate(planOf(db))));
  expect(outcomes.map(({ applied }) => applied).sort((a, b) => a.length - b.length)).toEqual([[], [], names]);
});

it('goes up, down step by step to nothing, and up to the same schema', async () => {
  const empty = await schemaOf(db);
  await migrate(planOf(db));
  const full = await schemaOf(db);
  for (const name of [...names].reverse()) expect(await revertNewest(planOf(db))).toBe(name);
  expect(await revertNewest(planOf(db))).toBeNull();
  expect(await schemaOf(db)).toEqual(empty);
  await migrate(planOf(db));
  expect(await schemaOf(db)).toEqual(full);
});

it('each down undoes exactly its own up', async () => {
  for (let count = 1; count <= ALL_MIGRATIONS.length; count += 1) {
    const plan = planOf(db, ALL_MIGRATIONS.slice(0, count));
    const before = await schemaOf(db);
    await migrate(plan);
    await revertNewest(plan);
    expect(await schemaOf(db)).toEqual(before);
    await migrate(plan);
  }
});

it('uses a schema that is newer than the program, and says so', async () => {
  await migrate(planOf(db));
  const warnings: string[] = [];
  const older = planOf(db, ALL_MIGRATIONS.slice(0, -1));
  const outcome = await migrate({ ...older, log: { ...quiet, warn: (line) => warnings.push(line) } });
  expect(outcome).toEqual({ applied: [], unknown: names.slice(-1) });
  expect(warnings).toEqual([expect.stringContaining('newer than this program')]);
});

it('waits for a lock in short turns until it gets it', async () => {
  await migrate(planOf(db, ALL_MIGRATIONS.slice(0, 1)));
  await withAdmin(db.adminUrl, async (reader) => {
    await reader.query('BEGIN; LOCK TABLE migrations IN ACCESS EXCLUSIVE MODE');
    const migrating = migrate(planOf(db));
    await someoneWaitsFor(db, 'migrations');
    await reader.query('COMMIT');
    expect((await migrating).applied).toEqual(names.slice(1));
  });
});

describe('the application role', () => {
  beforeEach(() => migrate(planOf(db)));

  const attempts = [
    { name: 'creates a table', text: 'CREATE TABLE public.mine (id int)' },
    { name: 'creates a schema', text: 'CREATE SCHEMA mine' },
    { name: 'alters a table', text: 'ALTER TABLE banks ADD COLUMN mine int' },
    { name: 'drops a table', text: 'DROP TABLE bank_names' },
    { name: 'truncates a table', text: 'TRUNCATE bank_names' },
    { name: 'switches triggers off', text: 'ALTER TABLE banks DISABLE TRIGGER ALL' },
    { name: 'creates an extension', text: 'CREATE EXTENSION hstore' },
    { name: 'becomes the owner', text: 'SET ROLE :owner' },
    { name: 'rewrites the history of migrations', text: 'DELETE FROM migrations' },
  ];

  it.each(attempts)('never $name', async ({ text }) => {
    const client = new Client({ connectionString: db.appUrl });
    await client.connect();
    try {
      await expect(client.query(text.replace(':owner', escapeIdentifier(roleOf(db.ownerUrl))))).rejects.toMatchObject({
        code: '42501',
      });
    } finally {
      await client.end();
    }
  });

  it('reads and writes rows of every table of the owner', async () => {
    const tables = await db.database.read((tx) =>
      sql<{ refused: string | null }>(
        tx,
        `SELECT string_agg(relname, ', ') AS refused FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'migrations'
           AND NOT (has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT'))`,
      ),
    );
    expect(tables).toEqual([{ refused: null }]);
  });

  it('is no superuser, owns nothing, and passes no row-level security', async () => {
    const role = roleOf(db.appUrl);
    const rows = await withAdmin(db.adminUrl, async (admin) => {
      const facts = await admin.query(
        `SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,
                EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid) AS owns
         FROM pg_roles WHERE rolname = $1`,
        [role],
      );
      return facts.rows as unknown[];
    });
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false, owns: false },
    ]);
  });
});

/** Everything that pg_catalog tells about our schema, in a comparable form. */
async function schemaOf(test: TestDatabase): Promise<string[]> {
  return withAdmin(test.adminUrl, async (admin) => {
    const { rows } = await admin.query<{ line: string }>(SCHEMA_LINES);
    return rows.map(({ line }) => line);
  });
}

/** Resolves as soon as a session waits for a lock on `table`. */
async function someoneWaitsFor(test: TestDatabase, table: string): Promise<void> {
  await withAdmin(test.adminUrl, async (admin) => {
    const waiting = async (): Promise<number> =>
      (await admin.query(`SELECT FROM pg_locks WHERE NOT granted AND relation = ${quoted(table)}::regclass`))
        .rowCount ?? 0;
    while ((await waiting()) === 0);
  });
}

function quoted(name: string): string {
  return `'${escapeIdentifier(name)}'`;
}

const OURS = `relnamespace = 'public'::regnamespace AND relname !~ '^(migrations|typeorm_metadata)'`;

const SCHEMA_LINES = `
  SELECT format('column %s.%s %s %s default %s -- %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.attnotnull THEN 'not null' END, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum)) AS line
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE ${OURS} AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
  UNION ALL SELECT 'index ' || pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE ${OURS}
  UNION ALL SELECT format('constraint %s %s', conname, pg_get_constraintdef(k.oid))
    FROM pg_constraint k JOIN pg_class c ON c.oid = conrelid WHERE ${OURS}
  UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
    WHERE ${OURS} AND NOT tgisinternal
  UNION ALL SELECT format('policy %s on %s', polname, c.relname) FROM pg_policy JOIN pg_class c ON c.oid = polrelid WHERE ${OURS}
  UNION ALL SELECT 'function ' || pg_get_functiondef(p.oid) FROM pg_proc p
    WHERE pronamespace = 'public'::regnamespace AND prokind <> 'a'
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
  UNION ALL SELECT 'extension ' || extname FROM pg_extension
  ORDER BY 1`;
