import { execute, sql } from '../../src/platform/db/database';
import { LAUNCH_NEXT, LAUNCH_STATES, type LaunchState } from '../../src/launches/launch.rules';
import { type SavedMarket, saveMarket } from '../factories/market.factory';
import type { Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { type ConsoleClient, signInAs } from './console-client';
import { fieldsOf, problemOf } from './problems';

let testApp: TestApp;
let client: ConsoleClient;

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  client = await signInAs(testApp, { fullName: 'Lê Thị Đào' });
});
afterAll(() => testApp.stop());

/** In its state since 1 July 2025. */
const marketIn = (state: LaunchState): Promise<SavedMarket> =>
  testApp.database.write((tx) => saveMarket(tx, { state }));

const STEP = {
  onDay: '2026-11-22',
  leadAgency: 'Sở Công Thương',
  reason: 'Theo kế hoạch',
  decisionNumber: '12/QĐ-UBND',
};

const move = (
  { code }: SavedMarket,
  toState: string,
  change: Record<string, unknown> = {},
  by = client,
): Promise<Answer> => by.post(`/api/v1/markets/${code}/launch/transitions`, { ...STEP, toState, ...change });

const launchOf = async ({ code }: SavedMarket): Promise<Answer['body']> =>
  (await client.get(`/api/v1/markets/${code}/launch`)).body;

describe('steps', () => {
  it.each(LAUNCH_STATES)('from %s: those that are allowed are taken, all others refused', async (from) => {
    for (const to of LAUNCH_STATES) {
      const market = await marketIn(from);
      const answer = await move(market, to);
      if (LAUNCH_NEXT[from].includes(to)) {
        expect([to, answer.status, answer.body.state]).toEqual([to, 201, to]);
        expect(answer.body.allowedNext).toEqual(LAUNCH_NEXT[to]);
      } else {
        expect([to, problemOf(answer)]).toEqual([to, { status: 409, code: 'launch_not_allowed' }]);
        expect(await launchOf(market)).toMatchObject({ state: from, stateSince: '2025-07-01', history: [] });
      }
    }
  });

  it.each<[string, Record<string, unknown>, number, string]>([
    ['tomorrow', { onDay: '2026-11-23' }, 422, 'launch_in_future'],
    ['before the present state', { onDay: '2025-06-30' }, 422, 'launch_before_current'],
    ['launched without a decision', { decisionNumber: undefined }, 422, 'launch_decision_missing'],
  ])('%s is refused, and nothing recorded', async (_name, change, status, code) => {
    const market = await marketIn('scheduled');
    expect(problemOf(await move(market, 'launched', change))).toEqual({ status, code });
    expect((await launchOf(market)).history).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a state that does not exist', { toState: 'open' }, '/toState not_allowed'],
    ['a day that does not exist', { onDay: '2026-02-30' }, '/onDay invalid'],
    ['an instant for a day', { onDay: '2026-11-22T00:00:00Z' }, '/onDay invalid'],
    ['no agency', { leadAgency: undefined }, '/leadAgency required'],
    ['a reason nobody can see', { reason: '\u200B \u00A0' }, '/reason too_small'],
    ['a reason without end', { reason: 'x'.repeat(1_001) }, '/reason too_big'],
    ['a decision without end', { decisionNumber: '1'.repeat(61) }, '/decisionNumber too_big'],
    ['a state to begin with', { fromState: 'scheduled' }, '/fromState unknown_property'],
  ])('%s is named', async (_name, change, field) => {
    const answer = await move(await marketIn('scheduled'), 'launched', change);
    expect(problemOf(answer)).toEqual({ status: 422, code: 'request_invalid' });
    expect(fieldsOf(answer)).toEqual([field]);
  });

  it('of a market that does not exist are refused', async () => {
    const nowhere = { id: '', no: 0, code: 'NOWHERE', name: '' };
    expect(problemOf(await move(nowhere, 'launched'))).toEqual({ status: 404, code: 'market_not_found' });
    expect((await launchOf(nowhere)).code).toBe('market_not_found');
  });
});

it('the history tells who did what when and why, newest first, as it was typed', async () => {
  const market = await marketIn('eligible');
  await move(market, 'scheduled', {
    onDay: '2026-10-01',
    leadAgency: ' Ban  quản lý\u200B ',
    decisionNumber: undefined,
  });
  testApp.clock.advanceMs(1_000);
  await move(market, 'launched', { onDay: '2026-11-20', reason: '<b>=1+1</b> 🍜', place: 'Cổng chính' });
  expect(await launchOf(market)).toEqual({
    marketCode: market.code,
    state: 'launched',
    stateSince: '2026-11-20',
    allowedNext: LAUNCH_NEXT.launched,
    overrides: [],
    pendingOverride: null,
    history: [
      {
        fromState: 'scheduled',
        toState: 'launched',
        onDay: '2026-11-20',
        leadAgency: 'Sở Công Thương',
        reason: '<b>=1+1</b> 🍜',
        decisionNumber: '12/QĐ-UBND',
        place: 'Cổng chính',
        actor: 'Lê Thị Đào',
        recordedAt: '2026-11-22T02:00:01.000Z',
      },
      expect.objectContaining({ toState: 'scheduled', leadAgency: 'Ban quản lý', decisionNumber: null, place: null }),
    ],
  });
  const changing = testApp.database.write((tx) => execute(tx, `UPDATE launch_transitions SET reason = 'x'`));
  await expect(changing).rejects.toMatchObject({ code: '42501' });
});

describe('past the criteria', () => {
  const overrideReason = 'UBND tỉnh yêu cầu ra mắt trước ngày 10/10';
  const approve = (asked: Answer, by: ConsoleClient): Promise<Answer> =>
    by.post(`/api/v1/approvals/${asked.body.id as unknown as string}/approval`, {});

  it('takes a reason and a second person, and stands in the history with both', async () => {
    const leader = await signInAs(testApp, { role: 'department_leader', fullName: 'Trần Văn Minh' });
    const market = await marketIn('preparing');
    expect(problemOf(await move(market, 'launched'))).toEqual({ status: 409, code: 'launch_not_allowed' });
    const asked = await move(market, 'launched', { overrideReason });
    expect(asked).toMatchObject({ status: 202, body: { kind: 'launch_override', subjectId: market.code } });
    expect(await launchOf(market)).toMatchObject({
      ...{ state: 'preparing', overrides: ['scheduled', 'launched'], pendingOverride: asked.body.id, history: [] },
    });
    expect(problemOf(await approve(asked, client))).toEqual({ status: 409, code: 'same_person' });
    expect(await approve(asked, leader)).toMatchObject({ status: 200, body: { state: 'approved' } });
    expect(await launchOf(market)).toMatchObject({
      ...{ state: 'launched', pendingOverride: null },
      history: [{ fromState: 'preparing', reason: `${STEP.reason} – ${overrideReason}`, actor: 'Trần Văn Minh' }],
    });
  });

  it('is not taken from another state than it was asked for', async () => {
    const colleague = await signInAs(testApp);
    const market = await marketIn('preparing');
    const asked = await move(market, 'scheduled', { overrideReason });
    await move(market, 'planned');
    expect(problemOf(await approve(asked, colleague))).toEqual({ status: 409, code: 'approval_outdated' });
    expect(await launchOf(market)).toMatchObject({ state: 'planned', history: [{ toState: 'planned' }] });
  });

  it.each<[string, Record<string, unknown>, number, string]>([
    ['without a decision', { decisionNumber: undefined }, 422, 'launch_decision_missing'],
    ['tomorrow', { onDay: '2026-11-23' }, 422, 'launch_in_future'],
  ])('%s is refused before anybody is asked', async (_name, change, status, code) => {
    const market = await marketIn('preparing');
    expect(problemOf(await move(market, 'launched', { overrideReason, ...change }))).toEqual({ status, code });
    expect((await launchOf(market)).pendingOverride).toBeNull();
  });

  it('a step that needs no override is taken as always', async () => {
    const market = await marketIn('eligible');
    expect((await move(market, 'scheduled', { overrideReason })).status).toBe(201);
  });
});

it('a withdrawn market may begin again; a re-launch starts at planned', async () => {
  const market = await marketIn('operating');
  for (const to of ['suspended', 'planned', 'withdrawn', 'proposed']) {
    expect([to, (await move(market, to)).status]).toEqual([to, 201]);
  }
  expect((await launchOf(market)).history).toHaveLength(4);
});

it('of two people who move a market at once one does, and the other is told', async () => {
  const market = await marketIn('scheduled');
  const colleague = await signInAs(testApp);
  const answers = await Promise.all(
    [client, colleague, client, colleague].map((by) => move(market, 'launched', {}, by)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  expect((await launchOf(market)).history).toHaveLength(1);
});

it('a step makes a new version of the market, for who is changing it meanwhile', async () => {
  const market = await marketIn('operating');
  const etag = async (): Promise<string | null> =>
    (await client.get(`/api/v1/markets/${market.code}`)).headers.get('etag');
  const before = await etag();
  await move(market, 'suspended');
  expect([before, await etag()]).toEqual(['"1"', '"2"']);
});

it('every step stands in the audit trail, with what was before', async () => {
  const market = await marketIn('scheduled');
  await move(market, 'eligible', { reason: 'Hoãn vì mưa' });
  await move(market, 'launched');
  const rows = await testApp.database.read((tx) =>
    sql(
      tx,
      `SELECT action, actor_id, before, after, reason, address FROM audit_entries
       WHERE subject_type = 'market' AND subject_id = $1`,
      [market.code],
    ),
  );
  expect(rows).toEqual([
    {
      action: 'launch_moved',
      actor_id: client.staff.id,
      before: { state: 'scheduled', since: '2025-07-01' },
      after: { state: 'eligible', since: '2026-11-22' },
      reason: 'Hoãn vì mưa',
      address: '127.0.0.1',
    },
  ]);
});

it('the board has a column for every state, in the order of the way, and every market once', async () => {
  const names = ['Chợ Ổi', 'Chợ Đầm', 'Chợ Âu'];
  for (const name of names) {
    await testApp.database.write((tx) => saveMarket(tx, { name, state: 'surveyed', officialClass: 2 }));
  }
  const { status, body } = await client.get('/api/v1/launches/board');
  expect(status).toBe(200);
  const columns = body.columns as unknown as {
    state: string;
    total: number;
    markets: { code: string; name: string }[];
  }[];
  expect(columns.map(({ state }) => state)).toEqual(LAUNCH_STATES);
  expect(columns.every(({ total, markets }) => total === markets.length)).toBe(true);
  const codes = columns.flatMap(({ markets }) => markets.map(({ code }) => code));
  expect(new Set(codes).size).toBe(codes.length);
  const surveyed = columns.find(({ state }) => state === 'surveyed')?.markets.map(({ name }) => name) ?? [];
  expect(surveyed.filter((name) => names.includes(name))).toEqual(['Chợ Âu', 'Chợ Đầm', 'Chợ Ổi']);
});
