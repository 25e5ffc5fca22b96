import { businessDay } from '../../src/kernel/business-day';
import { execute, sql, type Tx } from '../../src/platform/db/database';
import { LedgerRepository } from '../../src/submissions/ledger.repository';
import { createTestDatabase, type TestDatabase } from '../database/test-database';

const ledger = new LedgerRepository();

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase({ poolSize: 12 });
});
afterAll(() => db.drop());

const ensure = (tx: Tx, day: string): Promise<void> => ledger.ensurePartition(tx, businessDay(day));
const insertLine = (tx: Tx, day: string): Promise<number> =>
  execute(tx, `INSERT INTO submission_lines VALUES ($1, 1, 1, 1, 3, 12, 0, 0, 0, 0, 0, 0, 2, 'NOBODY')`, [day]);

function partitions(): Promise<{ name: string; range: string; indexes: number }[]> {
  return db.database.read((tx) =>
    sql(
      tx,
      `SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS range,
              (SELECT count(*)::int FROM pg_index i WHERE i.indrelid = c.oid) AS indexes
       FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
       WHERE inhparent = 'submission_lines'::regclass ORDER BY 1`,
    ),
  );
}

it('makes a month’s partition once, with the table’s indexes, for any day of it and however many ask', async () => {
  await Promise.all(Array.from({ length: 12 }, (_, i) => db.database.write((tx) => ensure(tx, `2026-10-${10 + i}`))));
  await db.database.write((tx) => ensure(tx, '2026-12-31'));
  expect(await partitions()).toEqual([
    { name: 'submission_lines_202610', range: `FOR VALUES FROM ('2026-10-01') TO ('2026-11-01')`, indexes: 4 },
    { name: 'submission_lines_202612', range: `FOR VALUES FROM ('2026-12-01') TO ('2027-01-01')`, indexes: 4 },
  ]);
  await db.database.write((tx) => insertLine(tx, '2026-10-31'));
});

it('waits for no posting, and no posting or reader waits for it', async () => {
  await db.database.write(async (posting) => {
    await insertLine(posting, '2026-10-15');
    await db.database.write(async (claiming) => {
      await ensure(claiming, '2027-01-15');
      await insertLine(posting, '2026-10-16');
      await db.database.read((tx) => sql(tx, 'SELECT count(*) FROM submission_lines'));
    });
    await db.database.write((tx) => insertLine(tx, '2027-01-15'));
  });
  expect((await partitions()).map(({ name }) => name)).toContain('submission_lines_202701');
});
