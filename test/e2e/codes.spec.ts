import { runAs } from '../../src/platform/http/actor';
import { execute, sql, sqlOne } from '../../src/platform/db/database';
import { QrIssuesService } from '../../src/qr/qr-issues.service';
import { isSerial } from '../../src/qr/qr-issue.rules';
import { A6_CARD } from '../../src/qr/sheet-layout';
import { decodeVietQr } from '../../src/vietqr/decode-strict';
import { type SavedMarket, type SavedStall, saveMarket, saveStall } from '../factories/market.factory';
import { saveAccount, saveAssignment, saveLease, saveOccupiedStall, saveVendor } from '../factories/vendor.factory';
import type { Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { changeAccount, changeVendor, codesOfPdf, codesOfPicture, saveReadyStalls, TODAY } from './codes';
import { type ConsoleClient, signInAs } from './console-client';
import { problemOf } from './problems';

interface Issue {
  readonly serial: string;
  readonly issueNo: number;
  readonly stallCode: string;
  readonly state: string;
  readonly retiredReason: string | null;
}

let testApp: TestApp;
let client: ConsoleClient;

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  client = await signInAs(testApp);
});
afterAll(() => testApp.stop());

/** A market of its own for every test, with stalls that may have a code. */
async function marketWith(count: number): Promise<{ market: SavedMarket; stalls: SavedStall[] }> {
  return testApp.database.write(async (tx) => {
    const market = await saveMarket(tx);
    return { market, stalls: await saveReadyStalls(tx, market, count) };
  });
}

const issueFor = (market: SavedMarket, stallCodes?: string[]): Promise<Answer> =>
  client.post(`/api/v1/markets/${market.code}/qr-issues`, { stallCodes });

const reissue = (stall: SavedStall, reason = 'Thẻ bị mất'): Promise<Answer> =>
  client.post(`/api/v1/stalls/${stall.code}/qr-issues`, { reason });

async function issuesOf(market: SavedMarket, query = ''): Promise<Issue[]> {
  const { body } = await client.get(`/api/v1/markets/${market.code}/qr-issues?limit=200${query}`);
  return body.items as unknown as Issue[];
}

const sweep = (): Promise<number> =>
  runAs({ kind: 'system', id: 'test' }, () => testApp.app.get(QrIssuesService, { strict: false }).retireOutdated());

async function payloadOf(serial: string): Promise<string> {
  const row = await testApp.database.read((tx) =>
    sqlOne<{ payload: string }>(tx, 'SELECT payload FROM qr_issues WHERE serial = $1', [serial]),
  );
  return row?.payload ?? '';
}

describe('issuing for a market', () => {
  it('gives every stall that may have one a code, and names the others with the reason', async () => {
    const { market, stalls } = await marketWith(2);
    const skipped = await testApp.database.write(async (tx) => {
      const stall = (overrides = {}): Promise<SavedStall> => saveStall(tx, market, overrides);
      const paused = await stall({ state: 'paused' });
      await saveOccupiedStall(tx, paused);
      const empty = await stall();
      const withoutAccount = await stall();
      await saveLease(tx, withoutAccount, await saveVendor(tx));
      const ofFormer = await stall();
      const former = await saveVendor(tx);
      await saveLease(tx, ofFormer, await saveVendor(tx));
      await saveAssignment(tx, ofFormer, await saveAccount(tx, former));
      const unverified = await stall();
      await saveOccupiedStall(tx, unverified, { verified: false });
      await stall({ state: 'closed', closedOn: TODAY });
      return [
        [paused.code, 'stall_not_operating'],
        [empty.code, 'stall_not_let'],
        [withoutAccount.code, 'account_missing'],
        [ofFormer.code, 'account_of_other_vendor'],
        [unverified.code, 'account_unverified'],
      ];
    });
    const { status, body } = await issueFor(market);
    expect([status, body.issued]).toEqual([200, 2]);
    const named = body.skipped as unknown as { stallCode: string; code: string; message: string; messageEn: string }[];
    expect(named.map(({ stallCode, code }) => [stallCode, code])).toEqual(skipped);
    expect(named.every(({ message, messageEn }) => message.length > 5 && messageEn.length > 5)).toBe(true);
    expect((await issuesOf(market)).map(({ stallCode }) => stallCode)).toEqual(stalls.map(({ code }) => code));
  });

  it('writes a payload that pays the stall’s account and names the stall', async () => {
    const { market, stalls } = await marketWith(1);
    await issueFor(market);
    const [issue] = await issuesOf(market);
    expect(isSerial(issue?.serial ?? '')).toBe(true);
    const account = await testApp.database.read((tx) =>
      sqlOne<{ account: string; bin: string }>(
        tx,
        `SELECT p.account_number AS account, p.bank_bin AS bin FROM payout_accounts p
         JOIN payout_assignments a ON a.payout_account_id = p.id WHERE a.stall_id = $1`,
        [stalls[0]?.id],
      ),
    );
    const decoded = decodeVietQr(await payloadOf(issue?.serial ?? ''));
    expect(decoded).toMatchObject({ ...account, additional: { '08': stalls[0]?.code } });
    const { body } = await client.get(`/api/v1/qr-issues/${issue?.serial}`);
    expect(JSON.stringify(body)).not.toContain(account?.account);
    expect(body.accountMasked).toBe(`•••• ${account?.account.slice(-4)}`);
  });

  it('repeated, issues nothing', async () => {
    const { market } = await marketWith(2);
    await issueFor(market);
    const { body } = await issueFor(market);
    expect(body.issued).toBe(0);
    const named = body.skipped as unknown as { code: string }[];
    expect(named.map(({ code }) => code)).toEqual(['already_issued', 'already_issued']);
  });

  it('takes only the stalls it is told, and refuses strangers whole', async () => {
    const { market, stalls } = await marketWith(3);
    const other = await marketWith(1);
    const [first, second] = stalls.map(({ code }) => code as string) as [string, string];
    const stranger = await issueFor(market, [first, other.stalls[0]?.code ?? '']);
    expect(problemOf(stranger)).toEqual({ status: 404, code: 'stall_not_found' });
    expect(await issuesOf(market)).toEqual([]);
    expect((await issueFor(market, [second, second])).body.issued).toBe(1);
    expect((await issuesOf(market)).map(({ stallCode }) => stallCode)).toEqual([second]);
  });

  it('by several people at once gives every stall one code', async () => {
    const { market, stalls } = await marketWith(8);
    const answers = await Promise.all(Array.from({ length: 6 }, () => issueFor(market)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(answers.reduce((sum, { body }) => sum + Number(body.issued), 0)).toBe(8);
    const issues = await issuesOf(market);
    expect(new Set(issues.map(({ serial }) => serial)).size).toBe(8);
    expect(issues.map(({ stallCode }) => stallCode)).toEqual(stalls.map(({ code }) => code));
  });

  it.each([['NOWHERE'], ['92st001']])('of %s finds no market', async (code) => {
    const answer = await client.post(`/api/v1/markets/${code}/qr-issues`);
    expect(problemOf(answer)).toEqual({ status: 404, code: 'market_not_found' });
  });
});

describe('an issued code', () => {
  let serial: string;
  beforeAll(async () => {
    const { market } = await marketWith(1);
    await issueFor(market);
    serial = (await issuesOf(market))[0]?.serial ?? '';
  });

  it.each([
    `payload = payload || '0'`,
    `face = face || '{"holderName":"X"}'`,
    `serial = '1'`,
    'issue_no = 2',
    'payout_account_id = gen_random_uuid()',
    'vendor_id = gen_random_uuid()',
    `issued_by = 'nobody'`,
    `issued_on = '2020-01-01'`,
  ])('is frozen in the database: %s', async (change) => {
    const changing = testApp.database.write((tx) =>
      execute(tx, `UPDATE qr_issues SET ${change} WHERE serial = $1`, [serial]),
    );
    await expect(changing).rejects.toMatchObject({ code: '42501' });
  });

  it('cannot be deleted', async () => {
    const deleting = testApp.database.write((tx) => execute(tx, 'DELETE FROM qr_issues WHERE serial = $1', [serial]));
    await expect(deleting).rejects.toMatchObject({ code: '42501' });
  });

  it('is drawn as PNG, SVG and card that say what was issued', async () => {
    const payload = await payloadOf(serial);
    const [png, svg, pdf] = await Promise.all(
      ['code.png', 'code.svg', 'card.pdf'].map((file) => client.get(`/api/v1/qr-issues/${serial}/${file}`)),
    );
    expect([png, svg, pdf].map((answer) => answer?.headers.get('content-type'))).toEqual([
      'image/png',
      'image/svg+xml',
      'application/pdf',
    ]);
    expect(await codesOfPicture(png?.bytes ?? Buffer.of())).toEqual([payload]);
    expect(await codesOfPicture(svg?.bytes ?? Buffer.of())).toEqual([payload]);
    const [page = [], ...more] = await codesOfPdf(pdf?.bytes ?? Buffer.of(), A6_CARD.page);
    expect(more).toEqual([]);
    expect(page.sort()).toEqual([payload, `http://cho40.test/v/${serial}`].sort());
  });
});

describe('a code ends', () => {
  it('when it is re-issued: the next number, the former retired with the reason, never to return', async () => {
    const { market, stalls } = await marketWith(2);
    await issueFor(market);
    const [stall] = stalls as [SavedStall];
    const [before] = await issuesOf(market);
    const answer = await reissue(stall, '  Thẻ   bị mất ');
    expect([answer.status, answer.body.issueNo, answer.body.state]).toEqual([201, 2, 'active']);
    const [active, former] = await issuesOf(market);
    expect([active?.issueNo, former?.issueNo, former?.state]).toEqual([2, 1, 'retired']);
    expect(former).toMatchObject({ serial: before?.serial, retiredReason: 'Thẻ bị mất' });
    for (const file of ['code.png', 'code.svg', 'card.pdf']) {
      const again = await client.get(`/api/v1/qr-issues/${former?.serial}/${file}`);
      expect(problemOf(again)).toEqual({ status: 409, code: 'qr_issue_retired' });
    }
    const reviving = testApp.database.write((tx) =>
      execute(tx, `UPDATE qr_issues SET state = 'active', retired_at = NULL WHERE serial = $1`, [former?.serial]),
    );
    await expect(reviving).rejects.toMatchObject({ code: '42501' });
  });

  it.each<[string, (stall: SavedStall) => Promise<unknown>, string]>([
    [
      'the account changes',
      (stall) => testApp.database.write((tx) => changeAccount(tx, stall, TODAY)),
      'account_changed',
    ],
    ['the vendor changes', (stall) => testApp.database.write((tx) => changeVendor(tx, stall, TODAY)), 'vendor_changed'],
    [
      'the stall closes',
      (stall) =>
        testApp.database.write((tx) =>
          execute(tx, `UPDATE stalls SET state = 'closed', closed_on = $2 WHERE id = $1`, [stall.id, TODAY]),
        ),
      'stall_closed',
    ],
  ])('when %s, and no other with it', async (_name, change, reason) => {
    const { market, stalls } = await marketWith(2);
    await issueFor(market);
    expect(await sweep()).toBe(0);
    await change(stalls[0] as SavedStall);
    expect([await sweep(), await sweep()]).toEqual([1, 0]);
    const issues = await issuesOf(market, '&state=retired');
    expect(issues.map(({ stallCode, retiredReason }) => [stallCode, retiredReason])).toEqual([
      [stalls[0]?.code, reason],
    ]);
    expect(await issuesOf(market, '&state=active')).toHaveLength(1);
  });

  it('before the sweep comes by: issuing again replaces what is outdated', async () => {
    const { market, stalls } = await marketWith(1);
    await issueFor(market);
    const account = await testApp.database.write((tx) => changeAccount(tx, stalls[0] as SavedStall, TODAY));
    expect((await issueFor(market)).body.issued).toBe(1);
    const [active, former] = await issuesOf(market);
    expect([active?.issueNo, former?.retiredReason]).toEqual([2, 'account_changed']);
    expect(await payloadOf(active?.serial ?? '')).toContain(account);
  });

  it('by two people at once: both get a card, one is active', async () => {
    const { market, stalls } = await marketWith(1);
    await issueFor(market);
    const answers = await Promise.all([1, 2, 3].map(() => reissue(stalls[0] as SavedStall)));
    expect(answers.map(({ body }) => Number(body.issueNo)).sort()).toEqual([2, 3, 4]);
    expect((await issuesOf(market)).map(({ state }) => state)).toEqual(['active', 'retired', 'retired', 'retired']);
  });
});

it('a stall that may have no code is not re-issued one', async () => {
  const { market } = await marketWith(0);
  const empty = await testApp.database.write((tx) => saveStall(tx, market));
  expect(problemOf(await reissue(empty))).toEqual({ status: 409, code: 'stall_not_let' });
});

it('codes are listed page by page in stall order, newest issue first', async () => {
  const { market, stalls } = await marketWith(3);
  await issueFor(market);
  await reissue(stalls[1] as SavedStall);
  const seen: Issue[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await client.get(`/api/v1/markets/${market.code}/qr-issues?limit=1${cursor && `&cursor=${cursor}`}`);
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
  const { market, stalls } = await marketWith(1);
  await issueFor(market);
  await reissue(stalls[0] as SavedStall);
  await testApp.database.write((tx) => changeVendor(tx, stalls[0] as SavedStall, TODAY));
  await sweep();
  const rows = await testApp.database.read((tx) =>
    sql<{ action: string; actor: string }>(
      tx,
      `SELECT action, actor_id AS actor FROM audit_entries
       WHERE subject_id IN ($1, $2) OR subject_id IN (SELECT serial FROM qr_issues WHERE stall_id = $3) ORDER BY id`,
      [market.code, stalls[0]?.code, stalls[0]?.id],
    ),
  );
  expect(rows).toEqual([
    { action: 'qr_issued', actor: client.staff.id },
    { action: 'qr_reissued', actor: client.staff.id },
    { action: 'qr_retired', actor: 'test' },
  ]);
});
