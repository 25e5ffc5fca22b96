import { saveMarket, saveStall, type SavedMarket, type SavedStall } from '../factories/market.factory';
import { makeSubmission } from '../factories/submission-lines';
import { saveLease, saveOccupiedStall, saveVendor } from '../factories/vendor.factory';
import type { Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { type BankClient, bankWithKey } from './bank-client';
import { type ConsoleClient, signInAs } from './console-client';
import { runAs } from '../../src/platform/actor';
import { ClosedPeriodService } from '../../src/submissions/closed-period.service';
import { book, judge, prove, resolveSuspense } from './posting';
import { problemOf } from './problems';

let testApp: TestApp;
let leader: ConsoleClient;
let bank: BankClient;
let market: SavedMarket;
let stall: SavedStall;

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  leader = await signInAs(testApp, { role: 'department_leader', fullName: 'Trần Văn Minh' });
  bank = await bankWithKey(testApp, '970436');
  await testApp.database.write(async (tx) => {
    market = await saveMarket(tx);
    stall = await saveStall(tx, market);
    await saveOccupiedStall(tx, stall);
  });
});
afterAll(() => testApp.stop());

const close = (month: string, calendar = 'calendar', by = leader): Promise<Answer> =>
  by.post('/api/v1/periods/closings', { calendar, month, note: 'Theo báo cáo đã ký' });

const amountOf = async (day: string, by = leader): Promise<string> => {
  const { body } = await by.get(`/api/v1/totals?from=${day}&to=${day}&by=market`);
  return (body.total as unknown as { amount: string }).amount;
};

let drawn = 0;
const report = (day: string, amount: number, more: { revision?: number; part?: number; stallCode?: string } = {}) => {
  const { stallCode = stall.code, ...header } = more;
  drawn += 1;
  const lines = [{ stall: stallCode, count: 1, amount }];
  return book(testApp, bank, makeSubmission({ reference: `CP-${drawn}`, day, lines, ...header }));
};

describe('closing', () => {
  it('is recorded with days, name and note, and listed the latest first', async () => {
    const answer = await close('2026-05', 'administrative');
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      calendar: 'administrative',
      month: '2026-05',
      from: '2026-04-15',
      to: '2026-05-14',
      note: 'Theo báo cáo đã ký',
      closedBy: 'Trần Văn Minh',
      closedAt: '2026-11-22T02:00:00.000Z',
      reopenedAt: null,
    });
    const listed = await leader.get('/api/v1/periods?from=2026-05-10&to=2026-05-20');
    expect(listed.body).toMatchObject({ total: 1, items: [answer.body] });
    expect((await leader.get('/api/v1/periods?from=2026-05-15&to=2026-05-20')).body.items).toEqual([]);
  });

  it.each([
    ['a month that is not over', '2026-11', 422, 'period_not_over'],
    ['a month to come', '2027-01', 422, 'period_not_over'],
    ['a month closed already', '2026-04', 409, 'period_already_closed'],
    ['no month', '2026-13', 422, 'request_invalid'],
  ])('%s is refused', async (_name, month, status, code) => {
    if (status === 409) await close(month);
    expect(problemOf(await close(month))).toEqual({ status, code });
  });

  it('is for leaders; who reads totals reads what is closed', async () => {
    const officer = await signInAs(testApp);
    const board = await signInAs(testApp, { role: 'market_board', area: { kind: 'markets', codes: [market.code] } });
    expect(problemOf(await close('2026-03', 'calendar', officer))).toEqual({ status: 403, code: 'not_permitted' });
    const id = (await close('2026-03')).body.id as unknown as string;
    for (const [client, status] of [
      [officer, 200],
      [board, 200],
      [await signInAs(testApp, { role: 'department_leader', area: { kind: 'province', codes: ['01'] } }), 404],
      [await signInAs(testApp, { role: 'system_admin' }), 403],
    ] as const) {
      const answers = [`/api/v1/periods/${id}`, `/api/v1/periods/${id}/restatements`].map((path) => client.get(path));
      expect((await Promise.all(answers)).map((answer) => answer.status)).toEqual([status, status]);
    }
  });

  it.each(['not-an-id', '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11'])('%s is no period', async (id) => {
    expect(problemOf(await leader.get(`/api/v1/periods/${id}`))).toEqual({ status: 404, code: 'period_not_found' });
  });
});

describe('a closed month', () => {
  it('holds corrections and late files back, while broken ones are still rejected at once', async () => {
    await report('2026-06-10', 100_000);
    await close('2026-06');
    const correction = await report('2026-06-10', 70_000, { revision: 2 });
    const late = await report('2026-06-11', 50_000);
    expect([correction.state, late.state]).toEqual(['held', 'held']);
    expect([await amountOf('2026-06-10'), await amountOf('2026-06-11')]).toEqual(['100000', '0']);
    const broken = await book(
      testApp,
      bank,
      makeSubmission({ reference: 'CP-broken', day: '2026-06-12', lines: [] }) + '\n',
    );
    expect(broken.state).toBe('REJECTED');

    const seen = await bank.get(`/api/v1/bank/submissions/${correction.id}`);
    expect(seen.body).toMatchObject({
      state: 'RECEIVED',
      heldAt: '2026-11-22T02:00:00.000Z',
      declared: { amount: '70000' },
    });
    expect(await prove(testApp)).toMatchObject({ ok: true });
  });

  it('does not hold other months back', async () => {
    await close('2026-07');
    expect((await report('2026-08-01', 10_000)).state).toBe('ACCEPTED');
    expect((await report('2026-06-30', 10_000, { part: 9 })).state).toBe('held');
  });

  it('takes what leaves suspense as a restatement: the sum stays, where it stands changes', async () => {
    const unknown = await testApp.database.write((tx) => saveStall(tx, market));
    await report('2026-09-10', 80_000);
    await report('2026-09-11', 25_000, { stallCode: unknown.code });
    const { id } = (await close('2026-09')).body as unknown as { id: string };
    await testApp.database.write(async (tx) => saveLease(tx, unknown, await saveVendor(tx)));
    expect(await resolveSuspense(testApp)).toBe(1);

    const period = (await leader.get(`/api/v1/periods/${id}`)).body;
    expect(period).toMatchObject({
      asClosed: { amount: '105000', attributedAmount: '80000', suspenseAmount: '25000' },
      restated: { amount: '0', lineCount: '0', marketOnlyAmount: '25000', suspenseAmount: '-25000' },
      now: { amount: '105000', attributedAmount: '80000', marketOnlyAmount: '25000', suspenseAmount: '0' },
    });
    const restatements = (await leader.get(`/api/v1/periods/${id}/restatements`)).body;
    expect(restatements).toMatchObject({
      total: 1,
      items: [
        { cause: 'resolved', businessDate: '2026-09-11', bankBin: '970436', amount: '0', suspenseAmount: '-25000' },
      ],
    });
  });
});

describe('the second person', () => {
  /** What the sweeper does for submissions that wait. */
  const remind = (): Promise<number> => {
    const held = testApp.app.get(ClosedPeriodService, { strict: false });
    return runAs({ kind: 'system', id: 'held-submissions' }, () => held.remind());
  };

  /** The waiting request about a submission, as the inbox shows it. */
  const requestFor = async (id: string, by = leader): Promise<Answer['body'] & { readonly id: string }> => {
    const { body } = await by.get('/api/v1/approvals?waiting=for_me&kind=closed_period_supersede');
    const items = body.items as unknown as (Answer['body'] & { id: string; subjectId: string })[];
    const found = items.find(({ subjectId }) => subjectId === id);
    if (!found) throw new Error('nothing waits about it');
    return found;
  };
  const decide = (request: { id: string }, how: 'approval' | 'refusal', by = leader): Promise<Answer> =>
    by.post(`/api/v1/approvals/${request.id}/${how}`, { reason: 'Đã đối chiếu với ngân hàng' });
  const stateOf = async (id: string) => (await bank.get(`/api/v1/bank/submissions/${id}`)).body;
  const run = (id: string): Promise<string> => judge(testApp, { body: { id } });

  beforeAll(async () => {
    for (const day of ['2025-12-01', '2025-12-02', '2025-12-03', '2025-12-04']) await report(day, 100_000);
    await close('2025-12');
  });

  it('lets a correction in: booked once, whatever is repeated, and shown as a restatement', async () => {
    const { id } = await report('2025-12-01', 60_000, { revision: 2 });
    const request = await requestFor(id);
    expect(request).toMatchObject({
      requestedBy: '970436',
      facts: [
        { before: '1', after: '1' },
        { before: '100.000', after: '60.000' },
      ],
      mayDecide: true,
    });
    expect([await run(id), await amountOf('2025-12-01')]).toEqual(['nothing_to_do', '100000']);

    expect((await decide(request, 'approval')).status).toBe(200);
    expect(await amountOf('2025-12-01')).toBe('100000');
    expect(await run(id)).toBe('ACCEPTED');
    expect((await decide(request, 'approval')).body.state).toBe('approved');
    expect([await run(id), await amountOf('2025-12-01')]).toEqual(['nothing_to_do', '60000']);
    expect(await stateOf(id)).toMatchObject({ state: 'ACCEPTED', heldAt: null });

    const { items } = (await leader.get('/api/v1/periods?from=2025-12-01&to=2025-12-01')).body;
    const period = `/api/v1/periods/${(items as unknown as { id: string }[])[0]?.id}`;
    expect((await leader.get(period)).body).toMatchObject({
      asClosed: { amount: '400000' },
      restated: { amount: '-40000', lineCount: '0' },
      now: { amount: '360000' },
    });
    const first = (await leader.get(`${period}/restatements?limit=1`)).body;
    const second = (await leader.get(`${period}/restatements?limit=1&cursor=${first.nextCursor as unknown as string}`))
      .body;
    const all = [first, second].flatMap((page) => page.items as unknown as { cause: string; amount: string }[]);
    expect(all.map(({ cause, amount }) => `${cause} ${amount}`).sort()).toEqual([
      'accepted 60000',
      'superseded -100000',
    ]);
    expect([first.total, second.nextCursor]).toEqual([2, null]);
  });

  it('refuses: REJECTED with its reason, the closed figures stay, reference and revision are free again', async () => {
    const { id } = await report('2025-12-02', 1_000, { revision: 2 });
    const request = await requestFor(id);
    expect((await decide(request, 'refusal')).body.state).toBe('refused');
    expect(await stateOf(id)).toMatchObject({ state: 'REJECTED', problemCount: 1, heldAt: null });
    const { items } = (await bank.get(`/api/v1/bank/submissions/${id}/problems`)).body;
    expect(items).toMatchObject([{ code: 'closed_period_refused', line: null, value: null }]);
    expect([await run(id), await amountOf('2025-12-02')]).toEqual(['nothing_to_do', '100000']);
    expect((await report('2025-12-02', 2_000, { revision: 2 })).state).toBe('held');
  });

  it('is asked again when nobody decided in time; until then nothing counts', async () => {
    const { id } = await report('2025-12-03', 1_000, { revision: 2 });
    const request = await requestFor(id);
    expect(await remind()).toBe(0);
    testApp.clock.advanceMs(8 * 86_400_000);
    const again = await signInAs(testApp, { role: 'department_leader' });
    expect(problemOf(await decide(request, 'approval', again))).toMatchObject({
      status: 409,
      code: 'approval_expired',
    });
    expect(await stateOf(id)).toMatchObject({ state: 'RECEIVED' });
    await remind();
    expect((await requestFor(id, again)).id).not.toBe(request.id);
    expect(await amountOf('2025-12-03', again)).toBe('100000');
    leader = again;
  });

  it('approves what was asked and nothing else: outrun by another revision, the request fails and is made anew', async () => {
    const second = await report('2025-12-04', 20_000, { revision: 2 });
    const third = await report('2025-12-04', 30_000, { revision: 3 });
    await decide(await requestFor(third.id), 'approval');
    expect(await run(third.id)).toBe('ACCEPTED');
    const outrun = await decide(await requestFor(second.id), 'approval');
    expect(outrun.status).toBe(409);
    await remind();
    expect([await run(second.id), await amountOf('2025-12-04')]).toEqual(['SUPERSEDED', '30000']);
  });

  it('is nobody who may not decide', async () => {
    const { id } = await report('2025-12-09', 1_000);
    const auditor = await signInAs(testApp, { role: 'auditor' });
    expect(problemOf(await decide(await requestFor(id), 'approval', auditor))).toEqual({
      status: 403,
      code: 'not_permitted',
    });
    expect(await prove(testApp)).toMatchObject({ ok: true });
  });
});
