import { Logger } from '@nestjs/common';
import { AuditChainRepository } from '../../src/audit/audit-chain.repository';
import { nextLink, CHAIN_START, type ChainLink } from '../../src/audit/audit-chain.rules';
import type { Checkpoint } from '../../src/audit/audit-checkpoint.rules';
import { AuditSealer } from '../../src/audit/audit-sealer';
import { AuditVerificationsRepository } from '../../src/audit/audit-verifications.repository';
import { AuditVerifier } from '../../src/audit/audit-verifier';
import { AuditWatch } from '../../src/audit/audit-watch';
import { AuditService } from '../../src/audit/audit.service';
import { ManualClock } from '../../src/kernel/clock';
import { runAs } from '../../src/platform/actor';
import { sql, type Tx } from '../../src/platform/db/database';
import { JobHandlers } from '../../src/platform/queue/job-handlers';
import { Sweepers } from '../../src/platform/queue/sweepers';
import { Stamps } from '../../src/platform/secrets/stamps';
import { createTestDatabase, type TestDatabase } from '../database/test-database';
import { withAdmin } from '../database/test-server';

const NOW = new Date('2026-11-22T02:00:00Z');
const DAY_MS = 86_400_000;

let db: TestDatabase;
let clock: ManualClock;
let chain: AuditChainRepository;
let sealer: AuditSealer;
let verifier: AuditVerifier;
let watch: AuditWatch;

beforeAll(async () => {
  Logger.overrideLogger(false);
  db = await createTestDatabase({ poolSize: 25 });
});
afterAll(() => db.drop());

beforeEach(async () => {
  await tamper('TRUNCATE audit_entries, audit_seals, audit_verifications RESTART IDENTITY');
  clock = new ManualClock(NOW);
  const [stamps, verifications] = [new Stamps(Buffer.alloc(32, 7)), new AuditVerificationsRepository()];
  chain = new AuditChainRepository();
  sealer = new AuditSealer(db.database, chain, clock, new Sweepers(new JobHandlers()));
  verifier = new AuditVerifier(db.database, chain, verifications, sealer, stamps, clock);
  watch = new AuditWatch(db.database, verifications, verifier, sealer, stamps, clock);
});

function record(tx: Tx, subjectId: string): Promise<void> {
  const event = { action: 'market_changed', subjectType: 'market', subjectId, after: { points: 1.5, name: subjectId } };
  return runAs({ kind: 'system', id: 'test' }, () => new AuditService(clock).record(tx, event));
}

async function recordMany(count: number): Promise<void> {
  await db.database.write(async (tx) => {
    for (let index = 1; index <= count; index += 1) await record(tx, `92ST${String(index).padStart(3, '0')}`);
  });
}

/** With the rights of who owns the server: no trigger, policy or grant stands in the way. */
function tamper(...statements: string[]): Promise<void> {
  return withAdmin(db.adminUrl, async (admin) => {
    await admin.query('SET session_replication_role = replica');
    for (const statement of statements) await admin.query(statement);
  });
}

/** Rows 4 and 5 with this column of each other. */
function swapped(table: string, column: string): string[] {
  return [
    `CREATE TEMP TABLE kept AS SELECT * FROM ${table} WHERE ${column} IN (4, 5)`,
    `DELETE FROM ${table} WHERE ${column} IN (4, 5)`,
    `UPDATE kept SET ${column} = 9 - ${column}`,
    `INSERT INTO ${table} OVERRIDING SYSTEM VALUE TABLE kept`,
  ];
}

const seals = () =>
  db.database.read((tx) =>
    sql<{ position: bigint; subject: string }>(
      tx,
      `SELECT s.position, e.subject_id AS subject FROM audit_seals s JOIN audit_entries e ON e.id = s.entry_id
       ORDER BY s.position`,
    ),
  );

/** Whoever owns the tables can compute SHA-256 too. */
async function writeAnew(): Promise<void> {
  const stale = await db.database.read((tx) => chain.segment(tx, 0n, 1_000));
  let last: ChainLink = CHAIN_START;
  const updates = stale.map(({ position, entry, sealedAt }) => {
    if (entry) last = nextLink(last, entry, sealedAt);
    return `UPDATE audit_seals SET hash = '\\x${last.hash.toString('hex')}' WHERE position = ${position}`;
  });
  await tamper(...updates);
}

describe('sealing', () => {
  it('gives every entry one place, and finds nothing more to do', async () => {
    await recordMany(5);
    expect(await sealer.seal()).toBe(5);
    expect(await sealer.seal()).toBe(0);
    expect((await seals()).map(({ position }) => position)).toEqual([1n, 2n, 3n, 4n, 5n]);
    expect(await verifier.verify()).toMatchObject({ ok: true, position: '5', unsealed: '0', problem: null });
  });

  it('goes on where it stopped, in batches', async () => {
    await withAdmin(db.adminUrl, (admin) =>
      admin.query(`INSERT INTO audit_entries (at, actor_kind, actor_id, action, subject_type, subject_id)
        SELECT now(), 'system', 'old', 'signed_in', 'staff', n::text FROM generate_series(1, 4500) n`),
    );
    expect(await sealer.seal()).toBe(4_500);
    await recordMany(1);
    expect(await sealer.seal()).toBe(1);
    expect(await verifier.verify()).toMatchObject({ ok: true, position: '4501' });
  });

  it('holds nobody up: an entry whose transaction ends late gets a later place', async () => {
    let commitLate: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (commitLate = resolve));
    let isWritten: () => void = () => undefined;
    const written = new Promise<void>((resolve) => (isWritten = resolve));
    const slow = db.database.write(async (tx) => {
      await record(tx, 'late');
      isWritten();
      await late;
    });
    await written;
    await recordMany(2);
    expect(await sealer.seal()).toBe(2);
    commitLate();
    await slow;
    expect(await sealer.seal()).toBe(1);
    expect((await seals()).map(({ subject }) => subject)).toEqual(['92ST001', '92ST002', 'late']);
    expect(await verifier.verify()).toMatchObject({ ok: true, position: '3' });
  });

  it('is done by one at a time, and whoever writes meanwhile does not wait', async () => {
    await db.database.write(async (tx) => {
      expect(await chain.tryLock(tx)).toBe(true);
      await recordMany(3);
      expect(await sealer.seal()).toBe(0);
    });
    expect(await sealer.seal()).toBe(3);
  });

  it('twenty write, one rolls back in each, four seal: every committed entry has one place', async () => {
    const writing = Array.from({ length: 20 }, async (_, writer) => {
      for (let turn = 0; turn < 5; turn += 1) await db.database.write((tx) => record(tx, `${writer}-${turn}`));
      const failing = db.database.write(async (tx) => {
        await record(tx, `${writer}-never`);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
    });
    const sealing = Array.from({ length: 4 }, async () => {
      for (let turn = 0; turn < 5; turn += 1) await sealer.seal();
    });
    await Promise.all([...writing, ...sealing]);
    await sealer.seal();
    const placed = await seals();
    expect(placed.map(({ position }) => Number(position))).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
    expect(new Set(placed.map(({ subject }) => subject)).size).toBe(100);
    expect(await verifier.verify()).toMatchObject({ ok: true, position: '100', unsealed: '0' });
  });

  it('looks only at the end of a long trail, and at everything when told so', async () => {
    await recordMany(2);
    await expect(
      db.database.write(async (tx) => record(tx, 'never').then(() => Promise.reject(new Error('no')))),
    ).rejects.toThrow('no');
    await recordMany(1);
    await sealer.seal();
    clock.advanceMs(DAY_MS);
    await tamper(
      `CREATE TEMP TABLE kept AS TABLE audit_entries`,
      `INSERT INTO audit_entries (id, at, actor_kind, actor_id, action, subject_type, subject_id)
       OVERRIDING SYSTEM VALUE
       SELECT 3, at, actor_kind, actor_id, 'found_late', subject_type, subject_id FROM kept WHERE id = 1`,
    );
    expect(await sealer.seal()).toBe(0);
    expect(await verifier.verify()).toMatchObject({ ok: true, position: '3', unsealed: '1' });
    expect(await sealer.seal(true)).toBe(1);
    expect(await verifier.verify()).toMatchObject({ ok: true, position: '4', unsealed: '0' });
  });
});

describe('tampering with ten entries is found', () => {
  let kept: Checkpoint;
  beforeEach(async () => {
    await recordMany(10);
    kept = await verifier.checkpoint();
    expect(kept).toMatchObject({ position: '10', entries: '10' });
    expect(await verifier.verify([kept])).toMatchObject({ ok: true, checkpoints: 1 });
  });

  const broken = (code: string, position: number, entryId: number | null): object => ({
    ok: false,
    position: String(position - 1),
    problem: { code, position: String(position), entryId: entryId && String(entryId) },
  });

  it.each([
    ['an altered entry', [`UPDATE audit_entries SET reason = 'khác' WHERE id = 4`], broken('entry_altered', 4, 4)],
    [
      'a digit of its JSON',
      [`UPDATE audit_entries SET after = jsonb_set(after, '{points}', '1.50') WHERE id = 4`],
      broken('entry_altered', 4, 4),
    ],
    [
      'a microsecond',
      [`UPDATE audit_entries SET at = at + interval '1 microsecond' WHERE id = 4`],
      broken('entry_altered', 4, 4),
    ],
    [
      'an entry put out of sight of its province',
      [`UPDATE audit_entries SET province_code = '01' WHERE id = 4`],
      broken('entry_altered', 4, 4),
    ],
    ['a deleted entry', [`DELETE FROM audit_entries WHERE id = 4`], broken('entry_missing', 4, 4)],
    [
      'a deleted entry with its place',
      [`DELETE FROM audit_entries WHERE id = 4`, `DELETE FROM audit_seals WHERE entry_id = 4`],
      broken('position_missing', 4, null),
    ],
    ['two entries in each other’s place', swapped('audit_entries', 'id'), broken('entry_altered', 4, 4)],
    ['two places that changed their entries', swapped('audit_seals', 'entry_id'), broken('entry_altered', 4, 5)],
    ['two places that changed their numbers', swapped('audit_seals', 'position'), broken('entry_altered', 4, 5)],
    [
      'another hash',
      [`UPDATE audit_seals SET hash = sha256('x') WHERE position = 10`],
      broken('entry_altered', 10, 10),
    ],
    [
      'another time of sealing',
      [`UPDATE audit_seals SET sealed_at = sealed_at - interval '1 day' WHERE position = 4`],
      broken('entry_altered', 4, 4),
    ],
    ['no beginning', [`DELETE FROM audit_seals WHERE position = 1`], broken('position_missing', 1, null)],
  ])('%s', async (_name, statements, outcome) => {
    await tamper(...statements);
    expect(await verifier.verify()).toMatchObject(outcome);
  });

  it('and the entry is named as it stands now', async () => {
    await tamper(`UPDATE audit_entries SET actor_id = 'mai' WHERE id = 4`);
    expect((await verifier.verify()).entry).toEqual({
      at: '2026-11-22T02:00:00.000000Z',
      actorKind: 'system',
      actorId: 'mai',
      action: 'market_changed',
      subjectType: 'market',
      subjectId: '92ST004',
    });
  });

  it('a cut tail, by a checkpoint from outside', async () => {
    await tamper(`DELETE FROM audit_entries WHERE id > 7`, `DELETE FROM audit_seals WHERE position > 7`);
    expect(await verifier.verify()).toMatchObject({ ok: true, position: '7' });
    expect(await verifier.verify([kept])).toMatchObject({ ...broken('tail_missing', 8, null), position: '7' });
  });

  it('a cut tail, by the run of the day', async () => {
    await watch.lookOver();
    await tamper(`DELETE FROM audit_entries WHERE id > 7`, `DELETE FROM audit_seals WHERE position > 7`);
    expect(await verifier.verify()).toMatchObject(broken('tail_missing', 8, null));
  });

  it('everything gone', async () => {
    await tamper(`TRUNCATE audit_entries, audit_seals, audit_verifications`);
    expect(await verifier.verify([kept])).toMatchObject({
      ok: false,
      problem: { code: 'tail_missing', position: '1' },
    });
  });

  it('a chain that was altered and written anew: sound in itself, and another one', async () => {
    await tamper(`UPDATE audit_entries SET actor_id = 'mai' WHERE id = 4`);
    await writeAnew();
    expect(await verifier.verify()).toMatchObject({ ok: true });
    expect(await verifier.verify([kept])).toMatchObject(broken('chain_replaced', 10, 10));
  });

  it('a run of the day that was written to fit: its stamp needs the key', async () => {
    await watch.lookOver();
    await tamper(`UPDATE audit_entries SET actor_id = 'mai' WHERE id = 4`);
    await writeAnew();
    await tamper(`UPDATE audit_verifications SET hash = (SELECT hash FROM audit_seals WHERE position = 10)`);
    expect(await verifier.verify()).toMatchObject({
      ok: false,
      problem: { code: 'checkpoint_forged', position: '10' },
    });
  });

  it('a forged checkpoint', async () => {
    const forged = { ...kept, position: '3', entries: '3' };
    expect(await verifier.verify([forged])).toMatchObject({ ok: false, problem: { code: 'checkpoint_forged' } });
  });
});

it('is looked over once a Vietnamese day, and what was found is kept', async () => {
  expect(await watch.isDue()).toBe(false);
  await recordMany(3);
  await sealer.seal();
  expect(await watch.isDue()).toBe(false);
  clock.advanceMs(DAY_MS);
  expect(await watch.isDue()).toBe(true);
  expect(await watch.lookOver()).toMatchObject({ ok: true, position: '3' });
  expect(await watch.isDue()).toBe(false);
  clock.advanceMs(DAY_MS);
  await tamper(`DELETE FROM audit_entries WHERE id = 2`);
  await watch.lookOver();
  expect(await watch.state()).toMatchObject({
    head: { position: '3' },
    last: { ok: false, position: '1', problem: { code: 'entry_missing', position: '2', entryId: '2' } },
  });
});
