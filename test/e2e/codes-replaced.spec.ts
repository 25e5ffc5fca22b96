import type { SavedMarket, SavedStall } from '../factories/market.factory';
import type { Answer } from './answers';
import { CodesDesk, type Issue } from './codes';
import { type ConsoleClient, signInAs } from './console-client';
import { problemOf } from './problems';

const REASON = 'Thẻ in sai khổ';

let desk: CodesDesk;
let leader: ConsoleClient;
beforeAll(async () => {
  desk = await CodesDesk.open();
  leader = await signInAs(desk.testApp, { role: 'department_leader' });
});
afterAll(() => desk.close());

const replace = (market: SavedMarket, stalls?: readonly SavedStall[]): Promise<Answer> =>
  desk.client.post(`/api/v1/markets/${market.code}/qr-reissues`, {
    stallCodes: stalls?.map(({ code }) => code),
    reason: REASON,
  });
const approve = (asked: Answer, by: ConsoleClient): Promise<Answer> =>
  by.post(`/api/v1/approvals/${asked.body.id as unknown as string}/approval`, {});
const serialsOf = async (market: SavedMarket, state: string): Promise<string[]> =>
  (await desk.issuesOf(market, `&state=${state}`)).map(({ serial }: Issue) => serial);

async function issuedMarket(count: number): Promise<{ market: SavedMarket; stalls: SavedStall[] }> {
  const made = await desk.marketWith(count);
  await desk.issueFor(made.market);
  return made;
}

describe('codes of many stalls', () => {
  it('up to twenty are replaced by one person', async () => {
    const { market, stalls } = await issuedMarket(3);
    expect(await replace(market, stalls.slice(0, 2))).toMatchObject({
      status: 200,
      body: { reissued: 2, skipped: [] },
    });
    expect([await serialsOf(market, 'active'), await serialsOf(market, 'retired')].map((all) => all.length)).toEqual([
      3, 2,
    ]);
  });

  it('of a whole market take two, however small it is', async () => {
    const { market } = await issuedMarket(2);
    const before = await serialsOf(market, 'active');
    const asked = await replace(market);
    expect(asked).toMatchObject({
      status: 202,
      body: { kind: 'mass_reissue', subjectId: market.code, sentence: { vi: expect.stringContaining('2 thẻ QR') } },
    });
    expect(await serialsOf(market, 'active')).toEqual(before);
    expect(problemOf(await approve(asked, desk.client))).toEqual({ status: 409, code: 'same_person' });
    const approved = await approve(asked, leader);
    expect(approved.body).toMatchObject({ state: 'approved', outcome: { asked: 2, reissued: 2 } });
    expect(await serialsOf(market, 'retired')).toEqual(before);
    expect((await approve(asked, leader)).bytes.equals(approved.bytes)).toBe(true);
    expect(await serialsOf(market, 'active')).toHaveLength(2);
  });

  it('the twenty-first of a day takes two, in whatever portions', async () => {
    const { market, stalls } = await issuedMarket(21);
    expect((await replace(market, stalls)).status).toBe(202);
    const [first] = stalls as [SavedStall];
    expect((await replace(market, stalls.slice(1))).status).toBe(200);
    expect(problemOf(await desk.reissue(first))).toEqual({ status: 409, code: 'approval_pending' });
    desk.testApp.clock.advanceMs(86_400_001);
    const tomorrow = await signInAs(desk.testApp);
    const answer = await tomorrow.post(`/api/v1/stalls/${first.code}/qr-issues`, { reason: REASON });
    expect(answer.status).toBe(201);
    desk.testApp.clock.advanceMs(-86_400_001);
  });

  it('what was replaced meanwhile stays as it is', async () => {
    const { market, stalls } = await issuedMarket(2);
    const asked = await replace(market);
    await desk.reissue(stalls[0] as SavedStall);
    const [kept] = await serialsOf(market, 'active');
    expect((await approve(asked, leader)).body).toMatchObject({ outcome: { asked: 2, reissued: 1 } });
    expect(await serialsOf(market, 'active')).toContain(kept);
  });

  it('nothing is asked where there is nothing to replace', async () => {
    const { market, stalls } = await desk.marketWith(1);
    expect(problemOf(await replace(market, stalls))).toEqual({ status: 409, code: 'nothing_to_reissue' });
  });
});
