import { BanksService } from '../../src/banks/banks.service';
import { businessDay } from '../../src/kernel/business-day';
import { runAs } from '../../src/platform/actor';
import { saveMarket } from '../factories/market.factory';
import type { StaffOverrides } from '../factories/staff.factory';
import { makeSubmission } from '../factories/submission-lines';
import { saveBank } from '../factories/vendor.factory';
import { startTestApp, type TestApp } from './app';
import { type BankClient, bankWithKey } from './bank-client';
import { type ConsoleClient, signInAs } from './console-client';
import { book } from './posting';

const MINUTE = 60_000;
const FIRST = '970436';
const SECOND = '970405';
const SILENT = '970418';

let testApp: TestApp;
let banks: Record<string, BankClient>;
let officer: ConsoleClient;
let marketCode: string;

/** The clock stands at 09:00 on 22 November, the very moment at which the 21st is due. */
beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  marketCode = (await testApp.database.write((tx) => saveMarket(tx, { code: 'COVERED1' }))).code;
  await testApp.database.write((tx) => saveBank(tx, SILENT));
  banks = { [FIRST]: await bankWithKey(testApp, FIRST), [SECOND]: await bankWithKey(testApp, SECOND) };
  await agree(FIRST, '2026-11-19', null, 1);
  await agree(SECOND, '2026-11-20', '2026-11-21', 2);
  await agree(SILENT, '2026-11-21', null, 1);
  await send(FIRST, '2026-11-21', { count: 1 });
  await send(SECOND, '2026-11-20', { part: 1, count: 2 });
  await send(SECOND, '2026-11-21', { part: 1, count: 3 });
  testApp.clock.advanceMs(MINUTE);
  await send(SECOND, '2026-11-21', { part: 2, count: 4 });
  await send(FIRST, '2026-11-20', { count: 5 });
  await send(FIRST, '2026-11-21', { revision: 2, count: 6, account: 'NOBODY00' });
  officer = await signInAs(testApp);
});
afterAll(() => testApp.stop());

function agree(bin: string, from: string, to: string | null, parts: number): Promise<void> {
  const service = testApp.app.get(BanksService, { strict: false });
  return runAs({ kind: 'cli', id: 'test' }, () =>
    service.agreeOnReporting(bin, businessDay(from), to === null ? null : businessDay(to), parts),
  );
}

interface Sent {
  readonly part?: number;
  readonly revision?: number;
  readonly count: number;
  readonly account?: string;
}

/** One line of `count` thousand đồng on the market, or on an account that nobody knows. */
async function send(bin: string, day: string, { part = 1, revision = 1, count, account }: Sent): Promise<void> {
  const reference = `C-${day}-${part}-${revision}`;
  const lines = [account ? { account, count } : { market: marketCode, count }];
  const text = makeSubmission({ bank: bin, reference, day, part, revision, lines });
  const { state } = await book(testApp, banks[bin] as BankClient, text);
  expect(state).toBe('ACCEPTED');
}

interface Calendar {
  readonly banks: readonly {
    readonly bankBin: string;
    readonly days: readonly { readonly day: string; readonly status: string; readonly parts: number }[];
  }[];
}

const lined = ({ banks: found }: Calendar): Record<string, string> =>
  Object.fromEntries(
    found.map(({ bankBin, days }) => [bankBin, days.map(({ status, parts }) => `${status}/${parts}`).join(' ')]),
  );

describe('the calendar', () => {
  const RANGE = 'from=2026-11-18&to=2026-11-22';
  const EXPECTED = {
    [FIRST]: 'not_expected/0 missing/0 late/1 corrected/1 pending/0',
    [SECOND]: 'not_expected/0 not_expected/0 missing/1 late/2 not_expected/0',
    [SILENT]: 'not_expected/0 not_expected/0 not_expected/0 missing/0 pending/0',
  };

  it('says of every bank and day whether it was reported, whole and in time', async () => {
    const { body } = await officer.get(`/api/v1/bank-calendar?${RANGE}`);
    expect(lined(body as unknown as Calendar)).toEqual(EXPECTED);
  });

  it('shows a bank its own days only', async () => {
    const { body } = await (banks[SECOND] as BankClient).get(`/api/v1/bank/calendar?${RANGE}`);
    expect(lined(body as unknown as Calendar)).toEqual({ [SECOND]: EXPECTED[SECOND] });
  });
});

describe('coverage stands beside every total', () => {
  const coverage = {
    expectedBanks: 3,
    expectedReports: 6,
    receivedReports: 3,
    missing: [
      { bankBin: SECOND, bankName: `BANK${SECOND}`, days: ['2026-11-20'] },
      { bankBin: SILENT, bankName: `BANK${SILENT}`, days: ['2026-11-21'] },
      { bankBin: FIRST, bankName: `BANK${FIRST}`, days: ['2026-11-19'] },
    ],
    suspenseAmount: '6000',
    suspenseShare: '0.3000',
    asOf: '2026-11-22T02:01:00.000Z',
  };
  const sorted = ({ missing, ...rest }: typeof coverage): object => ({
    ...rest,
    missing: [...missing].sort((a, b) => a.bankBin.localeCompare(b.bankBin)),
  });

  it.each(['market', 'bank', 'day'])('by %s', async (by) => {
    const { body } = await officer.get(`/api/v1/totals?by=${by}&from=2026-11-19&to=2026-11-22`);
    expect(sorted(body.coverage as unknown as typeof coverage)).toEqual(sorted(coverage));
    expect(body.total).toMatchObject({ amount: '20000', marketOnlyAmount: '14000', suspenseAmount: '6000' });
  });

  it.each<[string, StaffOverrides]>([
    ['a market’s board', { role: 'market_board', area: { kind: 'markets', codes: ['COVERED1'] } }],
    ['a commune', { role: 'commune_officer', area: { kind: 'communes', codes: ['31510'] } }],
  ])('%s is told the same of the banks, and nothing of suspense', async (_name, person) => {
    const client = await signInAs(testApp, person);
    const { body } = await client.get('/api/v1/totals?by=market&from=2026-11-19&to=2026-11-22');
    const own = { ...coverage, suspenseAmount: '0', suspenseShare: '0.0000' };
    expect(sorted(body.coverage as unknown as typeof coverage)).toEqual(sorted(own));
    expect(body.total).toMatchObject({ amount: '14000', suspenseAmount: '0' });
  });

  it('by day: a day counts as complete when every expected bank is', async () => {
    const { body } = await officer.get('/api/v1/totals?by=day&from=2026-11-18&to=2026-11-21');
    const rows = body.rows as unknown as { key: string; complete: boolean; amount: string }[];
    expect(rows.map(({ key, complete, amount }) => [key, complete, amount])).toEqual([
      ['2026-11-18', true, '0'],
      ['2026-11-19', false, '0'],
      ['2026-11-20', false, '7000'],
      ['2026-11-21', false, '13000'],
    ]);
  });

  it('on the overview, with what needs attention', async () => {
    const { status, body } = await officer.get('/api/v1/overview');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      day: '2026-11-21',
      markets: { total: 1, launched: 1 },
      takings: { from: '2026-10-23', to: '2026-11-21', amount: '20000', previousAmount: '0' },
      attention: [
        { kind: 'missing_reports', count: 3 },
        { kind: 'suspense_lines', count: 1 },
      ],
    });
  });

  it.each([
    ['upside down', 'from=2026-11-20&to=2026-11-19', 422],
    ['eleven years', 'from=2015-01-01&to=2026-01-02', 422],
    ['a day that does not exist', 'from=2026-02-30&to=2026-03-01', 422],
    ['an unknown market', 'from=2026-11-20&to=2026-11-20&marketCode=NOWHERE', 404],
    ['an unknown dimension', 'from=2026-11-20&to=2026-11-20&by=stall', 422],
  ])('refuses %s', async (_name, query, status) => {
    expect((await officer.get(`/api/v1/totals?${query}`)).status).toBe(status);
  });
});
