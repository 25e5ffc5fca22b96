import { z } from 'zod';
import { ApprovalDecisions } from '../../src/approvals/approval-decisions.service';
import type { ApprovalKind } from '../../src/approvals/approval-kind';
import { ApprovalKinds } from '../../src/approvals/approval-kinds';
import { ApprovalLists } from '../../src/approvals/approval-lists.service';
import { ApprovalsRepository } from '../../src/approvals/approvals.repository';
import type { Approval } from '../../src/approvals/approvals.schema';
import { Approvals } from '../../src/approvals/approvals.service';
import { ApprovalsSweeper } from '../../src/approvals/approvals.sweeper';
import { AuditService } from '../../src/audit/audit.service';
import { ManualClock } from '../../src/kernel/clock';
import { DomainError } from '../../src/kernel/errors';
import { RandomIds } from '../../src/kernel/ids';
import type { AreaScope } from '../../src/kernel/scope';
import { type Actor, runAs } from '../../src/platform/actor';
import { execute, sql, sqlOne, type Tx } from '../../src/platform/db/database';
import { JobHandlers } from '../../src/platform/queue/job-handlers';
import { Sweepers } from '../../src/platform/queue/sweepers';
import { createTestDatabase, type TestDatabase } from '../database/test-database';
import { saveMarket } from '../factories/market.factory';
import { type SavedStaff, saveStaff, type StaffOverrides } from '../factories/staff.factory';

const NOW = new Date('2026-11-22T02:00:00.000Z');
const DAY_MS = 86_400_000;
const PROVINCE: AreaScope = { kind: 'province', codes: ['92'] };

class Outdated extends DomainError {
  constructor() {
    super('conflict', 'counter_moved', { vi: 'Số đã đổi.', en: 'The counter has moved.' });
  }
}

/** A counter in the settings: asks for "from n to n + 1". */
const COUNTER: ApprovalKind<{ from: number; broken?: boolean }> = {
  kind: 'counter',
  payload: z.strictObject({ from: z.int(), broken: z.boolean().optional() }),
  request: 'account.assign',
  decide: 'vendor.read',
  see: 'vendor.read',
  describe: async () => ({ sentence: { vi: 'Tăng số.', en: 'Counts up.' }, facts: [] }),
  check: async (tx, { payload, subject }) => {
    if ((await counter(tx, subject.id)) !== payload.from) throw new Outdated();
  },
  apply: async (tx, { payload, subject }) => {
    const value = JSON.stringify(payload.from + 1);
    await execute(
      tx,
      `INSERT INTO settings (key, value) VALUES ($1, $2::jsonb) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      [subject.id, value],
    );
    if (payload.broken) throw new Outdated();
    return { counted: payload.from + 1 };
  },
};

async function counter(tx: Tx, key: string): Promise<number> {
  const row = await sqlOne<{ value: number }>(tx, 'SELECT value FROM settings WHERE key = $1 FOR UPDATE', [key]);
  return row?.value ?? 0;
}

let db: TestDatabase;
let approvals: Approvals;
let decisions: ApprovalDecisions;
let lists: ApprovalLists;
let sweeper: ApprovalsSweeper;
let marketId: string;
let marketCode: string;
const clock = new ManualClock(NOW);
const people: Record<'lan' | 'hoa' | 'minh' | 'admin' | 'board' | 'elsewhere', Actor> = {} as never;

beforeAll(async () => {
  db = await createTestDatabase({ poolSize: 8 });
  const { database } = db;
  const rows = new ApprovalsRepository();
  const kinds = new ApprovalKinds();
  const audit = new AuditService(clock);
  approvals = new Approvals(kinds, rows, audit, clock, new RandomIds());
  approvals.register(COUNTER);
  decisions = new ApprovalDecisions(database, rows, kinds, approvals, audit, clock);
  lists = new ApprovalLists(database, rows, kinds, clock);
  sweeper = new ApprovalsSweeper(database, rows, approvals, clock, new Sweepers(new JobHandlers()));
  await database.write(async (tx) => {
    ({ id: marketId, code: marketCode } = await saveMarket(tx));
    people.lan = await actor(tx, {});
    people.hoa = await actor(tx, { fullName: 'Trần Thị Hoa' });
    people.minh = await actor(tx, { role: 'department_leader' });
    people.admin = await actor(tx, { role: 'system_admin' });
    people.board = await actor(tx, { role: 'market_board', area: { kind: 'markets', codes: [marketCode] } });
    people.elsewhere = await actor(tx, { area: { kind: 'province', codes: ['01'] } });
  });
});
afterAll(() => db.drop());
beforeEach(() => clock.set(NOW));

async function actor(tx: Tx, overrides: StaffOverrides): Promise<Actor> {
  const { id }: SavedStaff = await saveStaff(tx, overrides);
  return { kind: 'staff', id, scope: overrides.area ?? PROVINCE };
}

let subjects = 0;

function ask(
  by: Actor,
  payload: { from: number; broken?: boolean } = { from: 0 },
  subject?: string,
): Promise<Approval> {
  const id = subject ?? `counter-${(subjects += 1)}`;
  const request = { subject: { type: 'counter', id }, area: { marketId }, payload, reason: 'Cần tăng' };
  return runAs(by, () => db.database.write((tx) => approvals.request(tx, COUNTER, request)));
}

const approve = (id: string, by: Actor): Promise<Approval> => runAs(by, () => decisions.approve(id, 'Đã xem'));
const refuse = (id: string, by: Actor): Promise<Approval> => runAs(by, () => decisions.refuse(id, 'Không cần'));
const withdraw = (id: string, by: Actor): Promise<Approval> => runAs(by, () => decisions.withdraw(id));
const valueOf = (key: string): Promise<number> => db.database.write((tx) => counter(tx, key));

async function trailOf(subject: string): Promise<string[]> {
  const rows = await db.database.read((tx) =>
    sql<{ action: string }>(tx, `SELECT action FROM audit_entries WHERE subject_id = $1 ORDER BY id`, [subject]),
  );
  return rows.map(({ action }) => action);
}

describe('asking', () => {
  it('changes nothing, waits a week, and is one request however often it is said', async () => {
    const asked = await ask(people.lan);
    expect(asked).toMatchObject({
      state: 'pending',
      mine: true,
      mayDecide: false,
      marketCode,
      sentence: { en: 'Counts up.' },
    });
    expect(asked.expiresAt).toBe('2026-11-29T02:00:00.000Z');
    expect(await ask(people.lan, { from: 0 }, asked.subjectId)).toMatchObject({ id: asked.id });
    await expect(ask(people.hoa, { from: 0 }, asked.subjectId)).rejects.toMatchObject({ code: 'approval_pending' });
    expect(await valueOf(asked.subjectId)).toBe(0);
    expect(await trailOf(asked.subjectId)).toEqual(['approval_requested']);
  });

  it('waits as long as the setting says', async () => {
    await db.database.write((tx) => execute(tx, `INSERT INTO settings (key, value) VALUES ('approval_days', '2')`));
    expect(await ask(people.lan)).toMatchObject({ expiresAt: '2026-11-24T02:00:00.000Z' });
    await db.database.write((tx) => execute(tx, `DELETE FROM settings WHERE key = 'approval_days'`));
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['what is not possible already', () => ask(people.lan, { from: 3 }), 'counter_moved'],
    ['who may not ask', () => ask(people.minh), 'not_permitted'],
    [
      'an account that was disabled',
      () => ask({ ...people.lan, id: '00000000-0000-7000-8000-00000000dead' }),
      'not_permitted',
    ],
  ])('refuses %s', async (_name, request, code) => {
    await expect(request()).rejects.toMatchObject({ code });
  });

  it('at once, by two: one request', async () => {
    const both = await Promise.allSettled([
      ask(people.lan, { from: 0 }, 'raced'),
      ask(people.hoa, { from: 0 }, 'raced'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await trailOf('raced')).toEqual(['approval_requested']);
  });
});

describe('deciding', () => {
  it('takes another person; the same answer for the same person again, one effect', async () => {
    const { id, subjectId } = await ask(people.lan);
    await expect(approve(id, people.lan)).rejects.toMatchObject({ code: 'same_person' });
    await expect(refuse(id, people.lan)).rejects.toMatchObject({ code: 'same_person' });
    const approved = await approve(id, people.hoa);
    expect(approved).toMatchObject({ state: 'approved', decidedBy: 'Trần Thị Hoa', outcome: { counted: 1 } });
    expect(await approve(id, people.hoa)).toEqual(approved);
    await expect(approve(id, people.minh)).rejects.toMatchObject({ code: 'approval_closed' });
    await expect(refuse(id, people.hoa)).rejects.toMatchObject({ code: 'approval_closed' });
    expect(await valueOf(subjectId)).toBe(1);
    expect(await trailOf(subjectId)).toEqual(['approval_requested', 'approval_approved']);
  });

  it.each<[string, keyof typeof people, string]>([
    ['whoever sees such requests and may not decide them', 'board', 'approval_not_found'],
    ['whoever is told of other kinds', 'admin', 'approval_not_found'],
    ['another province', 'elsewhere', 'approval_not_found'],
  ])('is not for %s', async (_name, who, code) => {
    const { id } = await ask(people.lan);
    await expect(approve(id, people[who])).rejects.toMatchObject({ code });
    await expect(runAs(people[who], () => lists.read(id))).rejects.toMatchObject({ code: 'approval_not_found' });
  });

  it.each<[string, Actor]>([
    ['the shell', { kind: 'cli', id: 'root' }],
    ['a job', { kind: 'system', id: 'sweep' }],
    ['a bank', { kind: 'bank', id: '970436', scope: { kind: 'bank', bin: '970436' } }],
  ])('is never done by %s', async (_name, who) => {
    const { id } = await ask(people.lan);
    await expect(approve(id, who)).rejects.toMatchObject({ code: 'not_permitted' });
  });

  it('refuses with a reason, which the requester reads', async () => {
    const { id, subjectId } = await ask(people.board);
    expect(await refuse(id, people.hoa)).toMatchObject({ state: 'refused', decisionReason: 'Không cần' });
    expect(await runAs(people.board, () => lists.read(id))).toMatchObject({ mine: true, decisionReason: 'Không cần' });
    expect(await valueOf(subjectId)).toBe(0);
    expect(await trailOf(subjectId)).toEqual(['approval_requested', 'approval_refused']);
  });

  it('looks again: what has changed meanwhile closes the request, and says so each time', async () => {
    const { id, subjectId } = await ask(people.lan);
    await db.database.write((tx) => execute(tx, `INSERT INTO settings (key, value) VALUES ($1, '7')`, [subjectId]));
    for (const _time of [1, 2]) {
      await expect(approve(id, people.hoa)).rejects.toMatchObject({ code: 'approval_outdated' });
    }
    expect(await runAs(people.lan, () => lists.read(id))).toMatchObject({
      state: 'failed',
      failure: { vi: 'Số đã đổi.' },
    });
    expect(await valueOf(subjectId)).toBe(7);
    expect(await trailOf(subjectId)).toEqual(['approval_requested', 'approval_failed']);
  });

  it('keeps nothing of a change that fails half-way', async () => {
    const { id, subjectId } = await ask(people.lan, { from: 0, broken: true });
    await expect(approve(id, people.hoa)).rejects.toMatchObject({ code: 'approval_outdated' });
    expect(await valueOf(subjectId)).toBe(0);
    expect(await runAs(people.hoa, () => lists.read(id))).toMatchObject({ state: 'failed', outcome: null });
  });

  it('at once, by two: one effect, one told that it is closed', async () => {
    const { id, subjectId } = await ask(people.lan);
    const both = await Promise.allSettled([approve(id, people.hoa), approve(id, people.minh)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'approval_closed' } });
    expect(await valueOf(subjectId)).toBe(1);
    expect(await trailOf(subjectId)).toEqual(['approval_requested', 'approval_approved']);
  });

  it('races a withdrawal: one of both, never both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, subjectId } = await ask(people.lan);
      const [approved, withdrawn] = await Promise.allSettled([approve(id, people.hoa), withdraw(id, people.lan)]);
      const isApproved = approved.status === 'fulfilled';
      expect(withdrawn.status).toBe(isApproved ? 'rejected' : 'fulfilled');
      expect(await valueOf(subjectId)).toBe(isApproved ? 1 : 0);
    }
  });
});

describe('withdrawing', () => {
  it('is for whoever asked, once or again, and frees the subject', async () => {
    const { id, subjectId } = await ask(people.lan);
    await expect(withdraw(id, people.hoa)).rejects.toMatchObject({ code: 'not_the_requester' });
    expect(await withdraw(id, people.lan)).toMatchObject({ state: 'withdrawn' });
    expect(await withdraw(id, people.lan)).toMatchObject({ state: 'withdrawn' });
    await expect(approve(id, people.hoa)).rejects.toMatchObject({ code: 'approval_closed' });
    expect(await ask(people.hoa, { from: 0 }, subjectId)).toMatchObject({ state: 'pending' });
  });
});

describe('time', () => {
  it('closes what nobody decided: by whoever comes too late', async () => {
    const { id, subjectId } = await ask(people.lan);
    clock.advanceMs(7 * DAY_MS);
    await expect(approve(id, people.hoa)).rejects.toMatchObject({ code: 'approval_expired' });
    expect(await runAs(people.lan, () => lists.read(id))).toMatchObject({ state: 'expired', decidedBy: null });
    expect(await valueOf(subjectId)).toBe(0);
  });

  it('by the sweeper', async () => {
    const { id, subjectId } = await ask(people.lan);
    clock.advanceMs(7 * DAY_MS);
    const sweep = (): Promise<number> => runAs({ kind: 'system', id: 'approvals' }, () => sweeper.sweep());
    expect(await sweep()).toBeGreaterThanOrEqual(1);
    expect(await sweep()).toBe(0);
    expect(await runAs(people.lan, () => lists.read(id))).toMatchObject({ state: 'expired' });
    expect(await trailOf(subjectId)).toEqual(['approval_requested', 'approval_expired']);
  });

  it('does not stand in the way of asking again', async () => {
    const first = await ask(people.lan);
    clock.advanceMs(7 * DAY_MS);
    const second = await ask(people.hoa, { from: 0 }, first.subjectId);
    expect(second.id).not.toBe(first.id);
    expect(await approve(second.id, people.lan)).toMatchObject({ state: 'approved' });
  });
});

describe('the inbox', () => {
  it('shows each what is theirs to decide, and what they asked for', async () => {
    const mine = await ask(people.lan);
    const page = { limit: 200 };
    const idsFor = async (who: Actor, work: () => Promise<{ items: Approval[] }>): Promise<string[]> =>
      (await runAs(who, work)).items.map(({ id }) => id);
    const waiting = (): Promise<{ items: Approval[] }> => lists.list({ ...page, waiting: 'for_me' });
    expect(await idsFor(people.hoa, waiting)).toContain(mine.id);
    expect(await idsFor(people.lan, waiting)).not.toContain(mine.id);
    expect(await idsFor(people.lan, () => lists.own(page))).toContain(mine.id);
    expect(await idsFor(people.hoa, () => lists.own(page))).not.toContain(mine.id);
    for (const who of ['admin', 'elsewhere'] as const) {
      expect(await idsFor(people[who], () => lists.list(page))).toEqual([]);
    }
  });

  it('pages without gaps, newest first', async () => {
    const asked = [await ask(people.lan), await ask(people.lan), await ask(people.lan)];
    const first = await runAs(people.hoa, () => lists.list({ limit: 2, kind: 'counter' }));
    const second = await runAs(people.hoa, () => lists.list({ limit: 1, cursor: first.nextCursor ?? '' }));
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(asked.map(({ id }) => id).reverse());
  });
});

describe('the table', () => {
  it.each<[string, string]>([
    ['a decision is changed', `UPDATE approvals SET state = 'refused' WHERE id = $1`],
    ['what was asked is changed', `UPDATE approvals SET payload = '{}' WHERE id = $1`],
    ['a request is deleted', `DELETE FROM approvals WHERE id = $1`],
  ])('refuses that %s', async (_name, statement) => {
    const { id } = await ask(people.lan);
    await refuse(id, people.hoa);
    await expect(db.database.write((tx) => execute(tx, statement, [id]))).rejects.toMatchObject({ code: '42501' });
  });

  it('refuses that one person is both', async () => {
    const { id } = await ask(people.lan);
    const statement = `UPDATE approvals SET state = 'approved', decided_by = $2, decided_at = now() WHERE id = $1`;
    const write = db.database.write((tx) => execute(tx, statement, [id, people.lan.id]));
    await expect(write).rejects.toMatchObject({ constraint: 'approvals_second_person' });
  });
});
