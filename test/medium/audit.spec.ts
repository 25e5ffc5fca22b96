import { AuditService } from '../../src/audit/audit.service';
import { ManualClock } from '../../src/kernel/clock';
import { execute, sql, type Tx } from '../../src/platform/db/database';
import { type Actor, runAs } from '../../src/platform/actor';
import { createTestDatabase, type TestDatabase } from '../database/test-database';

const NOW = new Date('2026-11-22T02:00:00Z');
const STAFF: Actor = { kind: 'staff', id: 'lan', address: '203.0.113.7', traceId: 't-1' };

let db: TestDatabase;
const audit = new AuditService(new ManualClock(NOW));
beforeAll(async () => (db = await createTestDatabase()));
afterAll(() => db.drop());

const entries = (): Promise<object[]> => db.database.read((tx) => sql(tx, `SELECT * FROM audit_entries ORDER BY id`));
const moved = (tx: Tx): Promise<void> =>
  audit.record(tx, {
    action: 'market_changed',
    subjectType: 'market',
    subjectId: '92ST001',
    before: { takings: 1_850_000n, name: 'Chợ Bông Sen' },
    after: { takings: 999_999_999_999_999_999n, name: 'Chợ Hoa Sen' },
    reason: 'đổi tên',
  });

it('says who did what to what, when, why and from where', async () => {
  await runAs(STAFF, () => db.database.write(moved));
  await runAs({ kind: 'system', id: 'sweep' }, () =>
    db.database.write((tx) => audit.record(tx, { action: 'swept', subjectType: 'session', subjectId: '-' })),
  );
  expect(await entries()).toEqual([
    {
      id: 1n,
      at: NOW,
      actor_kind: 'staff',
      actor_id: 'lan',
      action: 'market_changed',
      subject_type: 'market',
      subject_id: '92ST001',
      before: { takings: '1850000', name: 'Chợ Bông Sen' },
      after: { takings: '999999999999999999', name: 'Chợ Hoa Sen' },
      reason: 'đổi tên',
      trace_id: 't-1',
      address: '203.0.113.7',
    },
    expect.objectContaining({ id: 2n, actor_kind: 'system', before: null, after: null, reason: null, address: null }),
  ]);
});

it('is written with the change or not at all', async () => {
  const before = await entries();
  const failing = runAs(STAFF, () =>
    db.database.write(async (tx) => {
      await moved(tx);
      throw new Error('the change failed');
    }),
  );
  await expect(failing).rejects.toThrow('the change failed');
  expect(await entries()).toEqual(before);
});

it('asks for an author: without one the change does not happen', async () => {
  await expect(db.database.write(moved)).rejects.toThrow('no actor');
});

it.each([
  ['UPDATE', `UPDATE audit_entries SET reason = 'khác'`],
  ['DELETE', `DELETE FROM audit_entries`],
  ['UPDATE of nothing', `UPDATE audit_entries SET reason = '' WHERE false`],
])('refuses %s', async (_name, statement) => {
  const before = await entries();
  await expect(db.database.write((tx) => execute(tx, statement))).rejects.toThrow(/never changed|permission denied/);
  expect(await entries()).toEqual(before);
});

it('refuses TRUNCATE', async () => {
  await expect(db.database.write((tx) => execute(tx, `TRUNCATE audit_entries`))).rejects.toThrow();
});
