import { addDays, businessDay, type BusinessDay } from '../../src/kernel/business-day';
import { CHANNELS } from '../../src/submissions/submission.types';
import { seeded } from '../drills/drill-submissions';
import { saveMarket, type SavedStall, saveStall } from '../factories/market.factory';
import { type LineToBe, makeSubmission } from '../factories/submission-lines';
import { saveOccupiedStall } from '../factories/vendor.factory';
import { startTestApp, type TestApp } from './app';
import { type BankClient, bankWithKey } from './bank-client';
import { type ConsoleClient, signInAs } from './console-client';
import { five, type FiveFigures, recount } from './ledger-figures';
import { judge, post, prove, resolveSuspense } from './posting';

/** Change it to look for more; a failure names it. */
const SEED = 20_261_122;
const COMMANDS = 120;
const FROM = businessDay('2026-07-20');
const DAYS = 100;

interface Held {
  readonly revision: number;
  readonly amount: bigint;
}

let testApp: TestApp;
let officer: ConsoleClient;
const random = seeded(SEED);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

/** Of every bank, day and part the highest revision that was accepted: all that should count. */
const model = new Map<string, Held>();

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  const banks = [await bankWithKey(testApp, '970436'), await bankWithKey(testApp, '970405')];
  const stalls = await saveStalls();
  await play(banks, stalls);
  officer = await signInAs(testApp);
}, 60_000);
afterAll(() => testApp.stop());

async function saveStalls(): Promise<SavedStall[]> {
  return testApp.database.write(async (tx) => {
    const markets = [await saveMarket(tx), await saveMarket(tx, { communeCode: '31513' }), await saveMarket(tx)];
    const stalls: SavedStall[] = [];
    for (let i = 0; i < 12; i += 1) {
      const stall = await saveStall(tx, pick(markets));
      await saveOccupiedStall(tx, stall, { accountNumber: `MODEL${100 + i}`, consent: random() < 0.7 });
      stalls.push(stall);
    }
    return stalls;
  });
}

/** Posts, some of it wrong or stale; judges in whatever order, some of it late; the register learns in between. */
async function play(banks: readonly BankClient[], stalls: readonly SavedStall[]): Promise<void> {
  const waiting: (() => Promise<void>)[] = [];
  for (let i = 0; i < COMMANDS; i += 1) {
    const bank = pick(banks);
    const day = addDays(FROM, Math.floor(random() * 12) * 9);
    const part = 1 + Math.floor(random() * 2);
    const revision = 1 + Math.floor(random() * 4);
    const lines = linesOf(stalls);
    const wrong = random() < 0.15;
    const text = makeSubmission({ bank: bank.bin, reference: `M-${i}`, day, part, revision, lines });
    const receipt = await post(bank, wrong ? text.replace('\nT,', '\nT,9') : text);
    if (receipt.status === 202) {
      const key = `${bank.bin} ${day} ${part}`;
      waiting.push(async () => {
        const state = await judge(testApp, receipt);
        expect(state).toBe(wrong ? 'REJECTED' : revision < (model.get(key)?.revision ?? 0) ? 'SUPERSEDED' : 'ACCEPTED');
        const amount = lines.reduce((sum, line) => sum + BigInt(line.amount ?? 0), 0n);
        if (state === 'ACCEPTED') model.set(key, { revision, amount });
      });
    }
    while (waiting.length > 0 && random() < 0.45) {
      await waiting.splice(Math.floor(random() * waiting.length), 1)[0]?.();
    }
    if (i % 40 === 39) await learn(`LATER${i}`);
  }
  for (const work of waiting) await work();
}

function linesOf(stalls: readonly SavedStall[]): LineToBe[] {
  const lines = new Map<string, LineToBe>();
  for (let i = Math.floor(random() * 14); i > 0; i -= 1) {
    const channel = pick(CHANNELS);
    const account = pick([`MODEL${100 + Math.floor(random() * 14)}`, 'LATER39', 'LATER79', 'NOBODY']);
    const target = random() < 0.4 ? { stall: pick(stalls).code } : { account };
    const count = Math.floor(random() * 5);
    const amount = count === 0 ? 0 : count * (1 + Math.floor(random() * 1e13));
    lines.set(`${Object.values(target)[0]} ${channel}`, { ...target, channel, count, amount });
  }
  return [...lines.values()];
}

/** An account that was in suspense gets its stall. */
async function learn(accountNumber: string): Promise<void> {
  await testApp.database.write(async (tx) => {
    for (const bankBin of ['970436', '970405']) {
      await saveOccupiedStall(tx, await saveStall(tx, await saveMarket(tx)), { accountNumber, bankBin });
    }
  });
  await resolveSuspense(testApp);
  expect(await resolveSuspense(testApp)).toBe(0);
}

async function totals(by: string, from: BusinessDay, to: BusinessDay): Promise<Record<string, FiveFigures>> {
  const { body } = await officer.get(`/api/v1/totals?by=${by}&from=${from}&to=${to}`);
  const { rows, total } = body as unknown as { rows: (FiveFigures & { key: string | null })[]; total: FiveFigures };
  const shown = rows.filter(({ lineCount }) => lineCount !== '0');
  return Object.fromEntries([...shown.map((row) => [String(row.key), five(row)]), ['total', five(total)]]);
}

const CHANNEL = `(ARRAY['VIETQR_TRANSFER', 'VIETQR_PAY', 'CARD', 'WALLET', 'MOBILE_MONEY'])[l.channel]`;
const DIMENSIONS: Readonly<Record<string, string>> = {
  market: 'm.code',
  commune: 'm.commune_code',
  bank: 'c.bank_bin',
  channel: CHANNEL,
  day: 'l.business_date::text',
  month: `to_char(l.business_date, 'YYYY-MM')`,
};

describe(`commands of seed ${SEED}`, () => {
  it('come to what the highest accepted revisions declare', async () => {
    const { total } = await totals('month', FROM, addDays(FROM, DAYS + 20));
    const amount = [...model.values()].reduce((sum, held) => sum + held.amount, 0n);
    expect(model.size).toBeGreaterThan(20);
    expect(total?.amount).toBe(amount.toString());
    expect(await prove(testApp)).toMatchObject({ ok: true, differences: [] });
  });

  it.each(Object.entries(DIMENSIONS))('give the same as a recount, by %s over any range', async (by, expression) => {
    for (let i = 0; i < 12; i += 1) {
      const from = addDays(FROM, Math.floor(random() * DAYS));
      const to = addDays(from, Math.floor(random() * DAYS));
      const where = 'l.business_date BETWEEN $1::date AND $2::date';
      const { total, ...rows } = await totals(by, from, to);
      expect(rows).toEqual(await recount(testApp, expression, where, [from, to]));
      const sum = Object.values(rows).reduce((all, { amount }) => all + BigInt(amount), 0n);
      expect(total?.amount).toBe(sum.toString());
    }
  });
});
