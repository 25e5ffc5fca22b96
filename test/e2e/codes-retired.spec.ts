import { execute, sql } from '../../src/platform/db/database';
import { type SavedStall, saveStall } from '../factories/market.factory';
import { changeAccount, changeVendor, CodesDesk, type Issue, TODAY } from './codes';
import { problemOf } from './problems';

let desk: CodesDesk;
beforeAll(async () => {
  desk = await CodesDesk.open();
});
afterAll(() => desk.close());

describe('a code ends', () => {
  it('when it is re-issued: the next number, the former retired with the reason, never to return', async () => {
    const { market, stalls } = await desk.marketWith(2);
    await desk.issueFor(market);
    const [stall] = stalls as [SavedStall];
    const [before] = await desk.issuesOf(market);
    const answer = await desk.reissue(stall, '  Thẻ   bị mất ');
    expect([answer.status, answer.body.issueNo, answer.body.state]).toEqual([201, 2, 'active']);
    const [active, former] = await desk.issuesOf(market);
    expect([active?.issueNo, former?.issueNo, former?.state]).toEqual([2, 1, 'retired']);
    expect(former).toMatchObject({ serial: before?.serial, retiredReason: 'Thẻ bị mất' });
    for (const file of ['code.png', 'code.svg', 'card.pdf']) {
      const again = await desk.client.get(`/api/v1/qr-issues/${former?.serial}/${file}`);
      expect(problemOf(again)).toEqual({ status: 409, code: 'qr_issue_retired' });
    }
    const reviving = desk.write((tx) =>
      execute(tx, `UPDATE qr_issues SET state = 'active', retired_at = NULL WHERE serial = $1`, [former?.serial]),
    );
    await expect(reviving).rejects.toMatchObject({ code: '42501' });
  });

  it.each<[string, (stall: SavedStall) => Promise<unknown>, string]>([
    ['the account changes', (stall) => desk.write((tx) => changeAccount(tx, stall, TODAY)), 'account_changed'],
    ['the vendor changes', (stall) => desk.write((tx) => changeVendor(tx, stall, TODAY)), 'vendor_changed'],
    [
      'the stall closes',
      (stall) =>
        desk.write((tx) =>
          execute(tx, `UPDATE stalls SET state = 'closed', closed_on = $2 WHERE id = $1`, [stall.id, TODAY]),
        ),
      'stall_closed',
    ],
  ])('when %s, and no other with it', async (_name, change, reason) => {
    const { market, stalls } = await desk.marketWith(2);
    await desk.issueFor(market);
    expect(await desk.sweep()).toBe(0);
    await change(stalls[0] as SavedStall);
    expect([await desk.sweep(), await desk.sweep()]).toEqual([1, 0]);
    const issues = await desk.issuesOf(market, '&state=retired');
    expect(issues.map(({ stallCode, retiredReason }) => [stallCode, retiredReason])).toEqual([
      [stalls[0]?.code, reason],
    ]);
    expect(await desk.issuesOf(market, '&state=active')).toHaveLength(1);
  });

  it('before the sweep comes by: issuing again replaces what is outdated', async () => {
    const { market, stalls } = await desk.marketWith(1);
    await desk.issueFor(market);
    const account = await desk.write((tx) => changeAccount(tx, stalls[0] as SavedStall, TODAY));
    expect((await desk.issueFor(market)).body.issued).toBe(1);
    const [active, former] = await desk.issuesOf(market);
    expect([active?.issueNo, former?.retiredReason]).toEqual([2, 'account_changed']);
    expect(await desk.payloadOf(active?.serial ?? '')).toContain(account);
  });

  it('by two people at once: both get a card, one is active', async () => {
    const { market, stalls } = await desk.marketWith(1);
    await desk.issueFor(market);
    const answers = await Promise.all([1, 2, 3].map(() => desk.reissue(stalls[0] as SavedStall)));
    expect(answers.map(({ body }) => Number(body.issueNo)).sort()).toEqual([2, 3, 4]);
    expect((await desk.issuesOf(market)).map(({ state }) => state)).toEqual([
      'active',
      'retired',
      'retired',
      'retired',
    ]);
  });
});

it('a stall that may have no code is not re-issued one', async () => {
  const { market } = await desk.marketWith(0);
  const empty = await desk.write((tx) => saveStall(tx, market));
  expect(problemOf(await desk.reissue(empty))).toEqual({ status: 409, code: 'stall_not_let' });
});

it('codes are listed page by page in stall order, newest issue first', async () => {
  const { market, stalls } = await desk.marketWith(3);
  await desk.issueFor(market);
  await desk.reissue(stalls[1] as SavedStall);
  const seen: Issue[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await desk.client.get(
      `/api/v1/markets/${market.code}/qr-issues?limit=1${cursor && `&cursor=${cursor}`}`,
    );
    expect(page.body.total).toBe(4);
    seen.push(...(page.body.items as unknown as Issue[]));
    cursor = page.body.nextCursor as unknown as string | null;
  }
  const [a, b, c] = stalls.map(({ code }) => code);
  expect(seen.map(({ stallCode, issueNo }) => [stallCode, issueNo])).toEqual([
    [a, 1],
    [b, 2],
    [b, 1],
    [c, 1],
  ]);
});

it('who did what stands in the audit trail', async () => {
  const { market, stalls } = await desk.marketWith(1);
  await desk.issueFor(market);
  await desk.reissue(stalls[0] as SavedStall);
  await desk.write((tx) => changeVendor(tx, stalls[0] as SavedStall, TODAY));
  await desk.sweep();
  const rows = await desk.testApp.database.read((tx) =>
    sql<{ action: string; actor: string }>(
      tx,
      `SELECT action, actor_id AS actor FROM audit_entries
       WHERE subject_id IN ($1, $2) OR subject_id IN (SELECT serial FROM qr_issues WHERE stall_id = $3) ORDER BY id`,
      [market.code, stalls[0]?.code, stalls[0]?.id],
    ),
  );
  expect(rows).toEqual([
    { action: 'qr_issued', actor: desk.client.staff.id },
    { action: 'qr_reissued', actor: desk.client.staff.id },
    { action: 'qr_retired', actor: 'test' },
  ]);
});
