import { Confidential } from '../../src/kernel/confidential';
import { businessDay } from '../../src/kernel/business-day';
import { execute, sqlOne, type Tx } from '../../src/platform/db/database';
import { SuspenseRepository } from '../../src/submissions/suspense.repository';
import { TEST_INDEX } from '../database/test-secrets';
import { type SavedMarket, saveMarket, saveStall } from '../factories/market.factory';
import { type LineToBe, makeSubmission } from '../factories/submission-lines';
import {
  saveAccount,
  saveAssignment,
  saveConsent,
  saveLease,
  saveOccupiedStall,
  saveVendor,
} from '../factories/vendor.factory';
import { startTestApp, type TestApp } from './app';
import { type BankClient, bankWithKey } from './bank-client';
import { book, prove, resolveSuspense } from './posting';

let testApp: TestApp;
let bank: BankClient;
let market: SavedMarket;
let other: SavedMarket;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  bank = await bankWithKey(testApp, '970436');
  [market, other] = await save(async (tx) => [await saveMarket(tx), await saveMarket(tx)]);
});
afterAll(() => testApp.stop());
afterEach(async () => {
  expect(await prove(testApp)).toMatchObject({ ok: true, differences: [] });
  const suspense = testApp.app.get(SuspenseRepository, { strict: false });
  const open = await testApp.database.read((tx) => suspense.explainable(tx));
  expect(open).toEqual([]);
});

function save<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return testApp.database.write(work);
}

let drawn = 0;
/** Posts one line on a part of its own, and tells where it went. */
async function placeOf(line: LineToBe): Promise<string> {
  drawn += 1;
  const { id } = await book(testApp, bank, makeSubmission({ reference: `P-${drawn}`, part: drawn, lines: [line] }));
  return standing(id);
}

async function standing(id: string): Promise<string> {
  const { body } = await bank.get(`/api/v1/bank/submissions/${id}/lines`);
  const [line] = body.items as unknown as Record<string, string | null>[];
  return [line?.status, line?.reason, line?.marketCode, line?.stallCode, line?.target]
    .map((text) => text ?? '-')
    .join(' ');
}

describe('a line finds its place', () => {
  const DAY = businessDay('2026-10-10');
  const BEFORE = businessDay('2026-10-09');
  const AFTER = businessDay('2026-10-11');

  it('by stall code', async () => {
    const stall = await save(async (tx) => {
      const saved = await saveStall(tx, market);
      await saveOccupiedStall(tx, saved);
      return saved;
    });
    expect(await placeOf({ stall: stall.code })).toBe(`attributed none ${market.code} ${stall.code} -`);
  });

  it('by account, letter case and bank included', async () => {
    const [upper, lower] = await save(async (tx) => {
      const stalls = [await saveStall(tx, market), await saveStall(tx, other), await saveStall(tx, market)] as const;
      await saveOccupiedStall(tx, stalls[0], { accountNumber: 'KioT0001' });
      await saveOccupiedStall(tx, stalls[1], { accountNumber: 'kiot0001' });
      await saveOccupiedStall(tx, stalls[2], { accountNumber: 'OTHERBANK', bankBin: '970405' });
      return stalls;
    });
    expect(await placeOf({ account: 'KioT0001' })).toBe(`attributed none ${market.code} ${upper.code} -`);
    expect(await placeOf({ account: 'kiot0001' })).toBe(`attributed none ${other.code} ${lower.code} -`);
    expect(await placeOf({ account: 'OTHERBANK' })).toBe('suspense unknown_account - - OTHERBANK');
  });

  it('by market', async () => {
    expect(await placeOf({ market: other.code })).toBe(`market_only market_granularity ${other.code} - -`);
    expect(await placeOf({ market: 'NOWHERE' })).toBe('suspense unknown_market - - NOWHERE');
  });

  it.each<[string, Parameters<typeof saveStall>[2], Parameters<typeof saveLease>[3] | null, boolean]>([
    ['open and let', {}, {}, true],
    ['opened on the day', { openedOn: DAY }, { fromDay: DAY }, true],
    ['on its last day', { closedOn: DAY }, { toDay: DAY }, true],
    ['opened the day after', { openedOn: AFTER }, {}, false],
    ['closed the day before', { closedOn: BEFORE }, {}, false],
    ['let from the day after', {}, { fromDay: AFTER }, false],
    ['let until the day before', {}, { toDay: BEFORE }, false],
    ['never let', {}, null, false],
  ])('of a stall %s', async (_name, stallOf, lease, occupied) => {
    const stall = await save(async (tx) => {
      const saved = await saveStall(tx, market, stallOf);
      const vendor = await saveVendor(tx);
      await saveConsent(tx, vendor);
      if (lease) await saveLease(tx, saved, vendor, lease);
      return saved;
    });
    const expected = occupied
      ? `attributed none ${market.code} ${stall.code} -`
      : `suspense stall_not_open - - ${stall.code}`;
    expect(await placeOf({ stall: stall.code })).toBe(expected);
  });

  it.each<[string, boolean | 'withdrawn', string]>([
    ['given', true, 'attributed none'],
    ['never given', false, 'market_only no_consent'],
    ['withdrawn', 'withdrawn', 'market_only no_consent'],
  ])('of a vendor whose consent was %s', async (_name, consent, expected) => {
    const stall = await save(async (tx) => {
      const saved = await saveStall(tx, market);
      const { vendor } = await saveOccupiedStall(tx, saved, { consent: consent === true });
      if (consent === 'withdrawn') await saveConsent(tx, vendor, { withdrawnAt: new Date('2026-01-01T00:00:00Z') });
      return saved;
    });
    const code = consent === true ? stall.code : '-';
    expect(await placeOf({ stall: stall.code })).toBe(`${expected} ${market.code} ${code} -`);
  });

  it.each([
    ['of one market: the market', true, 'market_only shared_account'],
    ['of two markets: suspense', false, 'suspense ambiguous_account'],
  ])('when two stalls share an account, %s', async (_name, same, expected) => {
    const account = `SHARED${String(same).toUpperCase()}`;
    await save(async (tx) => {
      await saveOccupiedStall(tx, await saveStall(tx, market), { accountNumber: account });
      await saveOccupiedStall(tx, await saveStall(tx, same ? market : other), { accountNumber: account });
    });
    const rest = same ? `${market.code} - -` : `- - ${account}`;
    expect(await placeOf({ account })).toBe(`${expected} ${rest}`);
  });
});

describe('suspense empties itself when the register learns', () => {
  /** Posts a line that nothing explains, teaches the register, sweeps; tells where the line stands before and after. */
  async function learning(line: LineToBe, learn: (tx: Tx) => Promise<unknown>): Promise<string[]> {
    drawn += 1;
    const nobody = `NOBODY${drawn}`;
    const lines = [line, { ...(line.market ? { market: nobody } : { account: nobody }), count: 7 }];
    const { id } = await book(
      testApp,
      bank,
      makeSubmission({ reference: `S-${drawn}`, part: drawn, lines, day: '2026-09-30' }),
    );
    const before = await standing(id);
    await save(learn);
    const moved = await resolveSuspense(testApp);
    expect(await resolveSuspense(testApp)).toBe(0);
    const { body } = await bank.get(`/api/v1/bank/submissions/${id}`);
    const { declared, buckets } = body as unknown as {
      declared: { amount: string };
      buckets: Record<string, { amount: string }>;
    };
    const sum = Object.values(buckets).reduce((total, { amount }) => total + BigInt(amount), 0n);
    expect(sum.toString()).toBe(declared.amount);
    return [before, `${moved} moved`, await standing(id)];
  }

  it('an account', async () => {
    const account = 'LEARNT001';
    const stall = await save((tx) => saveStall(tx, market));
    const found = await learning({ account }, (tx) => saveOccupiedStall(tx, stall, { accountNumber: account }));
    expect(found).toEqual([
      `suspense unknown_account - - ${account}`,
      '1 moved',
      `attributed none ${market.code} ${stall.code} -`,
    ]);
  });

  it('a stall', async () => {
    const code = (await save((tx) => saveStall(tx, market))).code;
    await save((tx) => execute(tx, 'DELETE FROM stalls WHERE code = $1', [code]));
    const found = await learning({ stall: code }, async (tx) =>
      saveOccupiedStall(tx, await saveStall(tx, other, { code }), { consent: false }),
    );
    expect(found).toEqual([
      `suspense unknown_stall - - ${code}`,
      '1 moved',
      `market_only no_consent ${other.code} - -`,
    ]);
  });

  it('a market', async () => {
    const found = await learning({ market: 'LEARNT01' }, (tx) => saveMarket(tx, { code: 'LEARNT01' }));
    expect(found).toEqual([
      'suspense unknown_market - - LEARNT01',
      '1 moved',
      'market_only market_granularity LEARNT01 - -',
    ]);
  });

  it('a lease that covers the day, and nothing for one that does not', async () => {
    const stall = await save((tx) => saveStall(tx, market));
    const vendor = await save((tx) => saveVendor(tx));
    const late = { fromDay: businessDay('2026-10-01') };
    const found = await learning({ stall: stall.code }, (tx) => saveLease(tx, stall, vendor, late));
    expect(found.slice(1)).toEqual(['0 moved', `suspense stall_not_open - - ${stall.code}`]);
    await save((tx) => saveLease(tx, stall, vendor, { toDay: businessDay('2026-09-30') }));
    expect(await resolveSuspense(testApp)).toBe(1);
  });

  it('a stall closed before the day stays, and its reason follows what is known', async () => {
    const account = 'CLOSED001';
    const closedOn = businessDay('2026-09-29');
    const found = await learning({ account }, async (tx) =>
      saveOccupiedStall(tx, await saveStall(tx, market, { closedOn }), { accountNumber: account }),
    );
    expect(found).toEqual([
      `suspense unknown_account - - ${account}`,
      '0 moved',
      `suspense stall_not_open - - ${account}`,
    ]);
  });

  it('an account of two markets that loses one of them', async () => {
    const account = 'TWOMARKETS';
    const stall = await save(async (tx) => {
      const saved = await saveStall(tx, market);
      await saveOccupiedStall(tx, saved, { accountNumber: account });
      await saveOccupiedStall(tx, await saveStall(tx, other), { accountNumber: account });
      return saved;
    });
    const found = await learning({ account }, (tx) =>
      execute(
        tx,
        `UPDATE payout_assignments SET to_day = '2026-09-29' WHERE market_id = $1 AND payout_account_id IN
           (SELECT id FROM payout_accounts WHERE account_number_index = $2)`,
        [other.id, TEST_INDEX.of(Confidential.of('account', account))],
      ),
    );
    expect(found).toEqual([
      `suspense ambiguous_account - - ${account}`,
      '1 moved',
      `attributed none ${market.code} ${stall.code} -`,
    ]);
  });

  it('lands on its business date, in day and month, beside what stays', async () => {
    const account = 'LATEKNOWN';
    const stall = await save((tx) => saveStall(tx, other));
    const before = await amountOn('2026-08-31');
    await book(testApp, bank, makeSubmission({ reference: 'LATE', day: '2026-08-31', lines: [{ account, count: 3 }] }));
    testApp.clock.advanceMs(86_400_000);
    await save(async (tx) => {
      const vendor = await saveVendor(tx);
      await saveLease(tx, stall, vendor);
      await saveConsent(tx, vendor);
      await saveAssignment(tx, stall, await saveAccount(tx, vendor, { accountNumber: account }));
    });
    expect(await amountOn('2026-08-31')).toBe(before);
    expect(await resolveSuspense(testApp)).toBe(1);
    expect(await amountOn('2026-08-31')).toBe(before + 3_000n);
  });

  async function amountOn(day: string): Promise<bigint> {
    const row = await testApp.database.read((tx) =>
      sqlOne<{ amount: bigint }>(
        tx,
        `SELECT coalesce(sum(amount), 0)::bigint AS amount FROM day_totals WHERE business_date = $1 AND market_no = $2`,
        [day, other.no],
      ),
    );
    return row?.amount ?? 0n;
  }
});
