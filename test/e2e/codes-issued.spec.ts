import { execute, sqlOne } from '../../src/platform/db/database';
import { isSerial } from '../../src/qr/qr-issue.rules';
import { A6_CARD } from '../../src/qr/sheet-layout';
import { decodeVietQr } from '../../src/vietqr/decode-strict';
import { SEALED } from '../../src/platform/secrets/sealed-columns';
import { TEST_FIELDS } from '../database/test-secrets';
import { type SavedStall, saveStall } from '../factories/market.factory';
import { saveAccount, saveAssignment, saveLease, saveOccupiedStall, saveVendor } from '../factories/vendor.factory';
import { CodesDesk, codesOfPdf, codesOfPicture, TODAY } from './codes';
import { problemOf } from './problems';

let desk: CodesDesk;
beforeAll(async () => {
  desk = await CodesDesk.open();
});
afterAll(() => desk.close());

describe('issuing for a market', () => {
  it('gives every stall that may have one a code, and names the others with the reason', async () => {
    const { market, stalls } = await desk.marketWith(2);
    const skipped = await desk.write(async (tx) => {
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
    const { status, body } = await desk.issueFor(market);
    expect([status, body.issued]).toEqual([200, 2]);
    const named = body.skipped as unknown as { stallCode: string; code: string; message: string; messageEn: string }[];
    expect(named.map(({ stallCode, code }) => [stallCode, code])).toEqual(skipped);
    expect(named.every(({ message, messageEn }) => message.length > 5 && messageEn.length > 5)).toBe(true);
    expect((await desk.issuesOf(market)).map(({ stallCode }) => stallCode)).toEqual(stalls.map(({ code }) => code));
  });

  it('writes a payload that pays the stall’s account and names the stall', async () => {
    const { market, stalls } = await desk.marketWith(1);
    await desk.issueFor(market);
    const [issue] = await desk.issuesOf(market);
    expect(isSerial(issue?.serial ?? '')).toBe(true);
    const stored = await desk.testApp.database.read((tx) =>
      sqlOne<{ id: string; number: Buffer; bin: string }>(
        tx,
        `SELECT p.id, p.account_number_sealed AS number, p.bank_bin AS bin FROM payout_accounts p
         JOIN payout_assignments a ON a.payout_account_id = p.id WHERE a.stall_id = $1`,
        [stalls[0]?.id],
      ),
    );
    const account = TEST_FIELDS.open(SEALED.accountNumber, stored?.id ?? '', stored?.number ?? null)?.reveal() ?? '';
    const decoded = decodeVietQr(await desk.payloadOf(issue?.serial ?? ''));
    expect(decoded).toMatchObject({ account, bin: stored?.bin, additional: { '08': stalls[0]?.code } });
    const { body } = await desk.client.get(`/api/v1/qr-issues/${issue?.serial}`);
    expect(JSON.stringify(body)).not.toContain(account);
    expect(body.accountMasked).toBe(`****${account.slice(-4)}`);
  });

  it('repeated, issues nothing', async () => {
    const { market } = await desk.marketWith(2);
    await desk.issueFor(market);
    const { body } = await desk.issueFor(market);
    expect(body.issued).toBe(0);
    const named = body.skipped as unknown as { code: string }[];
    expect(named.map(({ code }) => code)).toEqual(['already_issued', 'already_issued']);
  });

  it('takes only the stalls it is told, and refuses strangers whole', async () => {
    const { market, stalls } = await desk.marketWith(3);
    const other = await desk.marketWith(1);
    const [first, second] = stalls.map(({ code }) => code as string) as [string, string];
    const stranger = await desk.issueFor(market, [first, other.stalls[0]?.code ?? '']);
    expect(problemOf(stranger)).toEqual({ status: 404, code: 'stall_not_found' });
    expect(await desk.issuesOf(market)).toEqual([]);
    expect((await desk.issueFor(market, [second, second])).body.issued).toBe(1);
    expect((await desk.issuesOf(market)).map(({ stallCode }) => stallCode)).toEqual([second]);
  });

  it('by several people at once gives every stall one code', async () => {
    const { market, stalls } = await desk.marketWith(8);
    const answers = await Promise.all(Array.from({ length: 6 }, () => desk.issueFor(market)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(answers.reduce((sum, { body }) => sum + Number(body.issued), 0)).toBe(8);
    const issues = await desk.issuesOf(market);
    expect(new Set(issues.map(({ serial }) => serial)).size).toBe(8);
    expect(issues.map(({ stallCode }) => stallCode)).toEqual(stalls.map(({ code }) => code));
  });

  it.each([['NOWHERE'], ['92st001']])('of %s finds no market', async (code) => {
    const answer = await desk.client.post(`/api/v1/markets/${code}/qr-issues`);
    expect(problemOf(answer)).toEqual({ status: 404, code: 'market_not_found' });
  });
});

describe('an issued code', () => {
  let serial: string;
  beforeAll(async () => {
    const { market } = await desk.marketWith(1);
    await desk.issueFor(market);
    serial = (await desk.issuesOf(market))[0]?.serial ?? '';
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
    const changing = desk.write((tx) => execute(tx, `UPDATE qr_issues SET ${change} WHERE serial = $1`, [serial]));
    await expect(changing).rejects.toMatchObject({ code: '42501' });
  });

  it('cannot be deleted', async () => {
    const deleting = desk.write((tx) => execute(tx, 'DELETE FROM qr_issues WHERE serial = $1', [serial]));
    await expect(deleting).rejects.toMatchObject({ code: '42501' });
  });

  it('is drawn as PNG, SVG and card that say what was issued', async () => {
    const payload = await desk.payloadOf(serial);
    const [png, svg, pdf] = await Promise.all(
      ['code.png', 'code.svg', 'card.pdf'].map((file) => desk.client.get(`/api/v1/qr-issues/${serial}/${file}`)),
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
