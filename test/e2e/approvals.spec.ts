import { execute } from '../../src/platform/db/database';
import { ApprovalsSweeper } from '../../src/approvals/approvals.sweeper';
import { runAs } from '../../src/platform/actor';
import { type SavedStall, saveMarket, saveStall } from '../factories/market.factory';
import { saveAccount, saveOccupiedStall } from '../factories/vendor.factory';
import type { Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { type ConsoleClient, signInAs } from './console-client';
import { fieldsOf, problemOf } from './problems';

let testApp: TestApp;
let officer: ConsoleClient;
let colleague: ConsoleClient;

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  officer = await signInAs(testApp, { fullName: 'Nguyễn Thị Lan' });
  colleague = await signInAs(testApp, { fullName: 'Trần Thị Hoa' });
});
afterAll(() => testApp.stop());

async function ask(by = officer): Promise<{ id: string; stall: SavedStall; asked: Answer }> {
  const { stall, accountId } = await testApp.database.write(async (tx) => {
    const saved = await saveStall(tx, await saveMarket(tx));
    const { vendor } = await saveOccupiedStall(tx, saved);
    return { stall: saved, accountId: (await saveAccount(tx, vendor)).id };
  });
  const body = { accountId, fromDay: '2026-11-22', reason: 'Đổi ngân hàng' };
  const asked = await by.post(`/api/v1/stalls/${stall.code}/payout-assignments`, body);
  return { id: asked.body.id as unknown as string, stall, asked };
}

const path = (id: string, step = ''): string => `/api/v1/approvals/${id}${step}`;
const idsOf = (answer: Answer): string[] => (answer.body.items as unknown as { id: string }[]).map(({ id }) => id);

describe('the inbox', () => {
  it('shows a request to whoever may decide it, and to whoever made it', async () => {
    const { id } = await ask();
    const forMe = '/api/v1/approvals?waiting=for_me';
    expect(idsOf(await colleague.get(forMe))).toContain(id);
    expect(idsOf(await officer.get(forMe))).not.toContain(id);
    expect(idsOf(await officer.get('/api/v1/approvals/mine?state=pending'))).toContain(id);
    expect(idsOf(await colleague.get('/api/v1/approvals?state=pending&kind=account_change'))).toContain(id);
    expect(idsOf(await colleague.get('/api/v1/approvals?kind=mass_reissue'))).toEqual([]);
    expect((await colleague.get(path(id))).body).toMatchObject({ mine: false, mayDecide: true });
    expect((await officer.get(path(id))).body).toMatchObject({ mine: true, mayDecide: false });
  });

  it.each<[string, Parameters<typeof signInAs>[1]]>([
    ['who looks after people and keys', { role: 'system_admin' }],
    ['another province', { role: 'department_leader', area: { kind: 'province', codes: ['01'] } }],
  ])('has nothing of it for %s', async (_name, who) => {
    const { id } = await ask();
    const other = await signInAs(testApp, who);
    expect(idsOf(await other.get('/api/v1/approvals'))).toEqual([]);
    for (const answer of [await other.get(path(id)), await other.post(path(id, '/approval'))]) {
      expect(problemOf(answer)).toEqual({ status: 404, code: 'approval_not_found' });
    }
  });

  it('lets the auditor read and not decide', async () => {
    const { id } = await ask();
    const auditor = await signInAs(testApp, { role: 'auditor' });
    expect((await auditor.get(path(id))).body).toMatchObject({ id, mayDecide: false });
    expect(problemOf(await auditor.post(path(id, '/approval')))).toEqual({ status: 403, code: 'not_permitted' });
    expect(idsOf(await auditor.get('/api/v1/approvals?waiting=for_me'))).toEqual([]);
  });
});

describe('a decision', () => {
  it('is refused with a reason, once', async () => {
    const { id, stall } = await ask();
    const refusal = { reason: 'Tiểu thương không đề nghị đổi' };
    const refused = await colleague.post(path(id, '/refusal'), refusal);
    expect(refused).toMatchObject({
      status: 200,
      body: { state: 'refused', decidedBy: 'Trần Thị Hoa', decisionReason: refusal.reason },
    });
    expect((await colleague.post(path(id, '/refusal'), refusal)).bytes.equals(refused.bytes)).toBe(true);
    expect(problemOf(await colleague.post(path(id, '/approval')))).toEqual({ status: 409, code: 'approval_closed' });
    expect((await officer.get(`/api/v1/stalls/${stall.code}`)).body).toMatchObject({ pendingAccountChange: null });
  });

  it('is withdrawn by whoever asked', async () => {
    const { id } = await ask();
    expect(problemOf(await colleague.post(path(id, '/withdrawal')))).toEqual({
      status: 403,
      code: 'not_the_requester',
    });
    const withdrawn = await officer.post(path(id, '/withdrawal'));
    expect(withdrawn).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
    expect((await officer.post(path(id, '/withdrawal'))).bytes.equals(withdrawn.bytes)).toBe(true);
  });

  it('wants a fresh proof of who decides', async () => {
    const { id } = await ask();
    testApp.clock.advanceMs(11 * 60_000);
    expect(problemOf(await colleague.post(path(id, '/approval')))).toMatchObject({ code: 'step_up_required' });
    testApp.clock.advanceMs(-11 * 60_000);
    expect((await colleague.post(path(id, '/approval'))).status).toBe(200);
  });

  it('comes too late after a week', async () => {
    const { id, asked } = await ask();
    expect(asked.body.expiresAt).toBe('2026-11-29T02:00:00.000Z');
    testApp.clock.advanceMs(7 * 86_400_000);
    await runAs({ kind: 'system', id: 'approvals' }, () =>
      testApp.app.get(ApprovalsSweeper, { strict: false }).sweep(),
    );
    testApp.clock.advanceMs(-7 * 86_400_000);
    expect((await officer.get(path(id))).body).toMatchObject({ state: 'expired', decidedBy: null });
    expect(problemOf(await colleague.post(path(id, '/approval')))).toEqual({ status: 409, code: 'approval_closed' });
  });

  it('ends with the account of whoever would decide', async () => {
    const { id } = await ask();
    const leaving = await signInAs(testApp);
    await testApp.database.write((tx) =>
      execute(tx, `UPDATE staff SET state = 'disabled' WHERE id = $1`, [leaving.staff.id]),
    );
    expect((await leaving.post(path(id, '/approval'))).status).toBeGreaterThanOrEqual(401);
    expect((await officer.get(path(id))).body).toMatchObject({ state: 'pending' });
  });

  it.each([
    ['whose account was taken away', `state = 'disabled'`],
    ['who may no longer ask for it', `role = 'auditor'`],
  ])('gives nothing to whoever asked and %s meanwhile', async (_name, change) => {
    const leaving = await signInAs(testApp);
    const { id, stall } = await ask(leaving);
    await testApp.database.write((tx) => execute(tx, `UPDATE staff SET ${change} WHERE id = $1`, [leaving.staff.id]));
    const { status, code } = problemOf(await colleague.post(path(id, '/approval')));
    expect([status, code]).toEqual([409, 'approval_outdated']);
    expect((await colleague.get(path(id))).body).toMatchObject({ state: 'failed', decidedBy: 'Trần Thị Hoa' });
    expect((await officer.get(`/api/v1/stalls/${stall.code}`)).body).toMatchObject({ pendingAccountChange: null });
  });
});

it.each<[string, string, object, string]>([
  ['a refusal without a reason', '/refusal', {}, '/reason required'],
  ['a refusal nobody can read', '/refusal', { reason: '\u200B ' }, '/reason too_small'],
  ['an approval with more than a reason', '/approval', { state: 'approved' }, '/state unknown_property'],
  ['a reason without end', '/approval', { reason: 'x'.repeat(501) }, '/reason too_big'],
])('%s is named', async (_name, step, body, field) => {
  const { id } = await ask();
  const answer = await colleague.post(path(id, step), body);
  expect([problemOf(answer), fieldsOf(answer)]).toEqual([{ status: 422, code: 'request_invalid' }, [field]]);
});

it.each([
  ['no such request', path('019a0000-0000-7000-8000-0000000000ff'), 404, 'approval_not_found'],
  ['no id', path('1'), 422, 'request_invalid'],
  ['no such state', '/api/v1/approvals?state=done', 422, 'request_invalid'],
  ['an altered cursor', '/api/v1/approvals?cursor=WyJ4Il0', 400, 'cursor_invalid'],
])('%s', async (_name, address, status, code) => {
  expect(problemOf(await colleague.get(address))).toEqual({ status, code });
});
