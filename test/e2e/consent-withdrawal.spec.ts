import { execute, sql, type Tx } from '../../src/platform/db/database';
import { type SavedMarket, type SavedStall, saveMarket, saveStall } from '../factories/market.factory';
import { makeSubmission } from '../factories/submission-lines';
import { type SavedVendor, saveConsent, saveOccupiedStall } from '../factories/vendor.factory';
import { startTestApp, type TestApp } from './app';
import { type BankClient, bankWithKey } from './bank-client';
import { applyWithdrawals, book, prove, resolveSuspense } from './posting';

let testApp: TestApp;
let bank: BankClient;
let market: SavedMarket;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  bank = await bankWithKey(testApp, '970436');
  market = await save((tx) => saveMarket(tx));
});
afterAll(() => testApp.stop());
afterEach(async () => expect(await prove(testApp)).toMatchObject({ ok: true, differences: [] }));

function save<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return testApp.database.write(work);
}

/** Takes a vendor's consent back, as their own request would. */
function withdraw(vendor: SavedVendor): Promise<number> {
  return save((tx) =>
    execute(tx, `UPDATE consents SET withdrawn_at = $2 WHERE vendor_id = $1 AND withdrawn_at IS NULL`, [
      vendor.id,
      testApp.clock.now(),
    ]),
  );
}

/** Where each line of a submission stands: status, stall and amount. */
async function places(id: string): Promise<string[]> {
  const { body } = await bank.get(`/api/v1/bank/submissions/${id}/lines`);
  const lines = body.items as unknown as { status: string; stallCode: string | null; amount: string }[];
  return lines.map(({ status, stallCode, amount }) => `${status} ${stallCode ?? '-'} ${amount}`);
}

async function stallMonths(stall: SavedStall): Promise<object[]> {
  return testApp.database.read((tx) =>
    sql(
      tx,
      `SELECT month, transaction_count::int AS count, credit_days AS "creditDays" FROM stall_month_totals
       WHERE stall_no = $1 ORDER BY 1`,
      [stall.no],
    ),
  );
}

async function twoStalls() {
  const [one, other] = await save(async (tx) => [await saveStall(tx, market), await saveStall(tx, market)] as const);
  const { vendor } = await save((tx) => saveOccupiedStall(tx, one));
  await save((tx) => saveOccupiedStall(tx, other));
  return { one, other, vendor };
}

it('turns what was attributed to the stall into figures of the market, revisions that count no more included', async () => {
  const { one, other, vendor } = await twoStalls();
  const lines = [{ stall: one.code, count: 2 }, { stall: other.code }];
  const former = await book(testApp, bank, makeSubmission({ reference: 'W-1', lines }));
  const corrected = [{ stall: one.code, count: 5 }, { stall: one.code, channel: 'CARD' }, { stall: other.code }];
  const current = await book(testApp, bank, makeSubmission({ reference: 'W-2', revision: 2, lines: corrected }));
  expect(await stallMonths(one)).toEqual([{ month: '2026-10-01', count: 6, creditDays: 1 << 9 }]);

  expect(await applyWithdrawals(testApp)).toBe(0);
  await withdraw(vendor);
  expect(await applyWithdrawals(testApp)).toBe(3);
  expect(await applyWithdrawals(testApp)).toBe(0);

  expect(await places(former.id)).toEqual(['market_only - 2000', `attributed ${other.code} 1000`]);
  expect(await places(current.id)).toEqual([
    'market_only - 5000',
    'market_only - 1000',
    `attributed ${other.code} 1000`,
  ]);
  expect(await stallMonths(one)).toEqual([]);
  const { body } = await bank.get(`/api/v1/bank/submissions/${current.id}`);
  expect(body).toMatchObject({
    declared: { amount: '7000' },
    buckets: {
      attributed: { amount: '1000' },
      marketOnly: { amount: '6000', lineCount: '2' },
      suspense: { amount: '0' },
    },
  });
});

it('can still be replaced afterwards, and a new consent brings back nothing but new figures', async () => {
  const { one, vendor } = await twoStalls();
  const day = '2026-09-15';
  const first = await book(testApp, bank, makeSubmission({ reference: 'W-3', day, lines: [{ stall: one.code }] }));
  await withdraw(vendor);
  await applyWithdrawals(testApp);
  testApp.clock.advanceMs(1_000);
  await save((tx) => saveConsent(tx, vendor, { givenAt: testApp.clock.now() }));
  expect(await applyWithdrawals(testApp)).toBe(0);
  expect(await resolveSuspense(testApp)).toBe(0);
  expect(await places(first.id)).toEqual(['market_only - 1000']);
  const lines = [{ stall: one.code, count: 3 }];
  const next = await book(testApp, bank, makeSubmission({ reference: 'W-4', day, revision: 2, lines }));
  expect(await places(next.id)).toEqual([`attributed ${one.code} 3000`]);
  expect(await stallMonths(one)).toEqual([{ month: '2026-09-01', count: 3, creditDays: 1 << 14 }]);
});
