import { businessDay } from '../../src/kernel/business-day';
import { execute, sql, sqlOne, type Tx } from '../../src/platform/db/database';
import { PeriodsRepository } from '../../src/periods/periods.repository';
import { createTestDatabase, type TestDatabase } from '../database/test-database';

let db: TestDatabase;
const periods = new PeriodsRepository();
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

/** Any entry into the ledger, none at all included. */
const enterLedger = (tx: Tx): Promise<number> =>
  execute(tx, `INSERT INTO ledger_entries OVERRIDING USER VALUE SELECT * FROM ledger_entries WHERE false`);

const someoneWaits = async (): Promise<void> => {
  const waiting = `SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  for (let count = 0; count === 0;) {
    count = (await db.database.read((tx) => sqlOne<{ count: number }>(tx, waiting)))?.count ?? 0;
  }
};

it('closing waits for what is on its way into the ledger, and entering waits for closing', async () => {
  const order: string[] = [];
  let close: Promise<void> = Promise.resolve();
  let enter: Promise<void> = Promise.resolve();
  await db.database.write(async (tx) => {
    await enterLedger(tx);
    close = db.database.write(async (closing) => {
      await periods.stopLedger(closing);
      order.push('closing');
      enter = db.database.write(async (entering) => {
        await enterLedger(entering);
        order.push('entered');
      });
      await someoneWaits();
      order.push('closed');
    });
    await someoneWaits();
    order.push('posted');
  });
  await close;
  await enter;
  expect(order).toEqual(['posted', 'closing', 'closed', 'entered']);
});

it('those who enter do not wait for each other', async () => {
  await db.database.write(async (tx) => {
    await enterLedger(tx);
    await db.database.write(enterLedger);
    await db.database.write((other) => periods.stopClosings(other));
  });
});

it('a month is closed once, however many close it at once, and again after it was opened', async () => {
  const closing = (id: string) => ({
    id,
    provinceCode: '92',
    calendar: 'calendar' as const,
    month: businessDay('2026-05-01'),
    from: businessDay('2026-05-01'),
    to: businessDay('2026-05-31'),
    note: null,
    closedBy: 'test',
    closedAt: new Date('2026-06-02T02:00:00Z'),
  });
  const ids = [1, 2, 3].map((n) => `019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d1${n}`);
  const close = (id: string): Promise<boolean> =>
    db.database.write(async (tx) => {
      await periods.stopLedger(tx);
      return periods.close(tx, closing(id));
    });
  expect((await Promise.all(ids.map(close))).filter(Boolean)).toEqual([true]);
  await db.database.write((tx) =>
    sql(
      tx,
      `UPDATE closed_periods SET reopened_by = 'test', reopened_at = closed_at, reopen_reason = 'x', reopen_mark = 0`,
    ),
  );
  expect(await close('019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d19')).toBe(true);
});
