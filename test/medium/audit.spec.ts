import { AuditService } from '../../src/audit/audit.service';
import { ManualClock } from '../../src/kernel/clock';
import type { Scope } from '../../src/kernel/scope';
import { execute, sql, type Tx } from '../../src/platform/db/database';
import { type Actor, runAs } from '../../src/platform/actor';
import { createTestDatabase, type TestDatabase } from '../database/test-database';
import { withAdmin } from '../database/test-server';

const NOW = new Date('2026-11-22T02:00:00Z');
const STAFF: Actor = {
  kind: 'staff',
  id: 'lan',
  address: '203.0.113.7',
  traceId: 't-1',
  scope: { kind: 'province', codes: ['92'] },
};

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
      province_code: '92',
    },
    expect.objectContaining({
      id: 2n,
      actor_kind: 'system',
      before: null,
      after: null,
      reason: null,
      province_code: null,
    }),
  ]);
});

it.each([
  ['an ID', 'Đối chiếu CCCD 000774736035 tại quầy', 'Đối chiếu CCCD ****035 tại quầy'],
  ['a phone', 'Gọi 0900003986, đã đồng ý', 'Gọi ****986, đã đồng ý'],
  ['an id of ours', 'Thay cho 019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11', 'Thay cho 019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11'],
  ['a decision and a day', 'Quyết định 1234/QĐ-UBND ngày 22/11/2026', 'Quyết định 1234/QĐ-UBND ngày 22/11/2026'],
])('keeps what was typed as the reason, but never in clear: %s', async (_name, reason, kept) => {
  const event = { action: 'typed', subjectType: 'market', subjectId: '92ST001', reason };
  await runAs(STAFF, () => db.database.write((tx) => audit.record(tx, event)));
  expect((await entries()).at(-1)).toMatchObject({ action: 'typed', reason: kept });
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

const TABLES = ['audit_entries', 'audit_seals', 'audit_verifications'];

describe.each(TABLES)('%s', (table) => {
  const asApplication = [
    'UPDATE',
    'DELETE',
    'TRUNCATE',
    'switch triggers off',
    'drop the policy',
    'replicate',
  ] as const;
  const statements: Record<(typeof asApplication)[number], string> = {
    UPDATE: `UPDATE ${table} SET ${table === 'audit_entries' ? 'reason' : 'hash'} = NULL WHERE false`,
    DELETE: `DELETE FROM ${table}`,
    TRUNCATE: `TRUNCATE ${table}`,
    'switch triggers off': `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
    'drop the policy': `DROP POLICY ${table}_read ON ${table}`,
    replicate: `SET session_replication_role = replica`,
  };

  it.each(asApplication)('the application can not %s', async (name) => {
    await expect(withAdmin(db.appUrl, (client) => client.query(statements[name]))).rejects.toMatchObject({
      code: '42501',
    });
  });

  it.each(['UPDATE', 'DELETE', 'TRUNCATE'] as const)('its owner meets a trigger at %s', async (name) => {
    await expect(withAdmin(db.ownerUrl, (client) => client.query(statements[name]))).rejects.toThrow('never changed');
  });
});

describe('who reads', () => {
  const read = (scope: Scope): Promise<{ subject: string }[]> =>
    runAs({ kind: 'staff', id: 'x', scope }, () =>
      db.database.read((tx) => sql(tx, `SELECT DISTINCT subject_type AS subject FROM audit_entries ORDER BY 1`)),
    );
  const act = (scope: Scope, subjectType: string): Promise<void> =>
    runAs({ kind: 'staff', id: 'x', scope }, () =>
      db.database.write((tx) => audit.record(tx, { action: 'done', subjectType, subjectId: '-' })),
    );

  beforeAll(async () => {
    await db.database.write(async (tx) => {
      await execute(tx, `INSERT INTO settings VALUES ('province', '{"code": "92"}')`);
      await execute(
        tx,
        `INSERT INTO administrative_units (code, level, name, kind, province_code, search_name, valid_from)
         VALUES ('00004', 'commune', 'Ba Đình', 'phường', '01', 'ba dinh', '2025-07-01')`,
      );
    });
    await act({ kind: 'none' }, 'by_nobody');
    await act({ kind: 'bank', bin: '970436' }, 'by_bank');
    await act({ kind: 'markets', codes: ['92ST001'] }, 'by_market');
    await act({ kind: 'province', codes: ['01'] }, 'by_sibling');
    await act({ kind: 'communes', codes: ['00004'] }, 'by_sibling_commune');
  });

  const own = ['by_bank', 'by_market', 'by_nobody', 'market', 'session'];
  const sibling = ['by_sibling', 'by_sibling_commune'];
  const cases: [string, Scope, string[]][] = [
    ['jobs and the shell everything', { kind: 'system' }, [...own, ...sibling].sort()],
    ['the system’s province its own, and what nobody else’s people did', { kind: 'province', codes: ['92'] }, own],
    ['another province its people’s', { kind: 'province', codes: ['01'] }, sibling],
    ['a commune nothing', { kind: 'communes', codes: ['00004'] }, []],
    ['a market nothing', { kind: 'markets', codes: ['92ST001'] }, []],
    ['a bank nothing', { kind: 'bank', bin: '970436' }, []],
    ['nobody nothing', { kind: 'none' }, []],
  ];
  it.each(cases)('%s', async (_name, scope, subjects) => {
    expect((await read(scope)).map(({ subject }) => subject)).toEqual(subjects);
  });

  it('only the system adds to the chain', async () => {
    const seal = (): Promise<number> =>
      db.database.write((tx) => execute(tx, `INSERT INTO audit_seals VALUES (1, 1, sha256('x'), now())`));
    await expect(runAs(STAFF, seal)).rejects.toThrow('row-level security');
  });
});
