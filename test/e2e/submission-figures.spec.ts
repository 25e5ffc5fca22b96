import { saveSampleRegister } from '../factories/register.factory';
import { startTestApp } from './app';
import { type BankClient, bankWithKey } from './bank-client';
import { type ConsoleClient, signInAs } from './console-client';
import { EXPECTED, five, type FiveFigures, recount, ZEROS } from './ledger-figures';
import { book, fixture, prove } from './posting';
import { maskAccount } from '../../src/kernel/masking';
import { sql } from '../../src/platform/db/database';

const DAY = 'from=2026-10-10&to=2026-10-10';
const CHANNEL = `(ARRAY['VIETQR_TRANSFER', 'VIETQR_PAY', 'CARD', 'WALLET', 'MOBILE_MONEY'])[l.channel]`;

interface Row extends FiveFigures {
  readonly key: string | null;
}

/** A system with the samples' register, both banks and somebody at the console. */
async function openProvince(consent = true) {
  const testApp = await startTestApp({ workers: false });
  await testApp.database.write((tx) => saveSampleRegister(tx, { consent }));
  const first = await bankWithKey(testApp, '970436');
  const second = await bankWithKey(testApp, '970405', 'ed25519');
  return { testApp, first, second, officer: await signInAs(testApp) };
}

async function totals(officer: ConsoleClient, by: string, range = DAY): Promise<Record<string, FiveFigures>> {
  const { status, body } = await officer.get(`/api/v1/totals?by=${by}&${range}`);
  expect(status).toBe(200);
  const { rows, total } = body as unknown as { rows: Row[]; total: FiveFigures };
  return Object.fromEntries([...rows.map((row) => [String(row.key), five(row)]), ['total', five(total)]]);
}

const submission = async (bank: BankClient, id: string) => (await bank.get(`/api/v1/bank/submissions/${id}`)).body;

describe.each(['csv', 'json'])('the sample submission as %s', (format) => {
  let province: Awaited<ReturnType<typeof openProvince>>;
  let id: string;
  beforeAll(async () => {
    province = await openProvince();
    const contentType = format === 'csv' ? 'text/csv' : 'application/json';
    ({ id } = await book(province.testApp, province.first, fixture(`submissions/submission.${format}`), {
      contentType,
    }));
  });
  afterAll(() => province.testApp.stop());

  it('declared = attributed + market-only + suspense', async () => {
    expect(await submission(province.first, id)).toMatchObject({
      state: 'ACCEPTED',
      declared: EXPECTED.first.declared,
      buckets: { attributed: EXPECTED.first.known, marketOnly: ZEROS, suspense: EXPECTED.first.suspense },
    });
  });

  it('adds up by market and by channel', async () => {
    const { first } = EXPECTED;
    const byMarket = { ...first.byMarket, null: first.suspense, total: first.declared };
    expect(await totals(province.officer, 'market')).toEqual(byMarket);
    expect(await totals(province.officer, 'channel')).toEqual({ ...first.byChannel, total: first.declared });
  });

  it('holds unknown accounts in suspense, and says which: masked, save to the bank that reported them', async () => {
    const { unknownAccounts } = EXPECTED.first;
    const page = await province.officer.get('/api/v1/suspense?limit=200');
    const items = page.body.items as unknown as { target: string; reason: string }[];
    expect(new Set(items.map(({ target }) => target))).toEqual(new Set(unknownAccounts.map(maskAccount)));
    const own = await province.first.get(`/api/v1/bank/submissions/${id}/lines?status=suspense&limit=200`);
    const reported = own.body.items as unknown as { target: string }[];
    expect(new Set(reported.map(({ target }) => target))).toEqual(new Set(unknownAccounts));
    expect(new Set(items.map(({ reason }) => reason))).toEqual(new Set(['unknown_account']));
    expect(page.body.total).toBe(Number(EXPECTED.first.suspense.lineCount));
  });

  it('keeps no account outside of suspense', async () => {
    const kept = await province.testApp.database.read((tx) =>
      sql(tx, 'SELECT FROM submission_lines WHERE bucket <> 3 AND (target IS NOT NULL OR target_kind IS NOT NULL)'),
    );
    expect(kept).toHaveLength(0);
  });

  it('proves itself', async () => {
    expect(await prove(province.testApp)).toEqual({ ok: true, lines: '900', differences: [] });
  });
});

describe('a bank’s day and its correction', () => {
  let province: Awaited<ReturnType<typeof openProvince>>;
  let ids: string[];
  beforeAll(async () => {
    province = await openProvince();
    const { testApp, first, second } = province;
    ids = [];
    for (const [bank, file] of [
      [first, 'submission.csv'],
      [second, 'second-bank.csv'],
      [second, 'empty-day.csv'],
      [first, 'submission-rev2.csv'],
    ] as const) {
      ids.push((await book(testApp, bank, fixture(`submissions/${file}`))).id);
      testApp.clock.advanceMs(60_000);
    }
  });
  afterAll(() => province.testApp.stop());

  it('counts the correction in place of the first', async () => {
    expect(await submission(province.first, ids[0] ?? '')).toMatchObject({
      state: 'SUPERSEDED',
      supersededBy: ids[3],
      declared: EXPECTED.first.declared,
      buckets: null,
    });
    const byBank = await totals(province.officer, 'bank');
    expect(byBank).toMatchObject({ '970436': EXPECTED.revision2.declared, '970405': EXPECTED.second.declared });
    const byMarket = await totals(province.officer, 'market&marketCode=92ST041');
    expect(byMarket['92ST041']?.amount).toBe(String(91_847_578 + 58_240_349));
  });

  it('keeps the history: what was known before the correction can be summed', async () => {
    const rows = await province.testApp.database.read((tx) =>
      sql<{ amount: string }>(
        tx,
        `SELECT sum(amount)::text AS amount FROM ledger_entries WHERE bank_bin = '970436' AND at <= $1`,
        [new Date('2026-11-22T02:02:59Z')],
      ),
    );
    expect(rows).toEqual([{ amount: EXPECTED.first.declared.amount }]);
    const lines = await province.first.get(`/api/v1/bank/submissions/${ids[0]}/lines?limit=1`);
    expect(lines.body.total).toBe(900);
  });

  it('knows an empty day from a missing one', async () => {
    expect(await submission(province.second, ids[2] ?? '')).toMatchObject({ state: 'ACCEPTED', declared: ZEROS });
    const calendar = await province.second.get('/api/v1/bank/calendar?from=2026-10-10&to=2026-10-12');
    const [bank] = calendar.body.banks as unknown as { days: { day: string; parts: number }[] }[];
    expect(bank?.days.map(({ parts }) => parts)).toEqual([1, 1, 0]);
  });

  it.each([
    ['market', 'm.code'],
    ['commune', 'm.commune_code'],
    ['bank', 'c.bank_bin'],
    ['channel', CHANNEL],
    ['month', `to_char(l.business_date, 'YYYY-MM')`],
  ])('equals a recount of its lines by %s', async (by, expression) => {
    const { total, ...rows } = await totals(province.officer, by, 'from=2026-10-01&to=2026-11-15');
    expect(rows).toEqual(await recount(province.testApp, expression));
    expect({ all: total }).toEqual(await recount(province.testApp, `'all'`));
  });

  it('proves itself', async () => {
    expect(await prove(province.testApp)).toEqual({ ok: true, lines: String(897 + 300), differences: [] });
  });
});

describe('without consent', () => {
  it('only the market is recorded', async () => {
    const { testApp, first, officer } = await openProvince(false);
    const { id } = await book(testApp, first, fixture('submissions/submission.csv'));
    expect(await submission(first, id)).toMatchObject({
      buckets: { attributed: ZEROS, marketOnly: EXPECTED.first.known, suspense: EXPECTED.first.suspense },
    });
    expect(await totals(officer, 'market')).toMatchObject(EXPECTED.first.byMarket);
    const stalls = await testApp.database.read((tx) => sql(tx, 'SELECT FROM submission_lines WHERE stall_no <> 0'));
    expect(stalls).toHaveLength(0);
    const months = await testApp.database.read((tx) => sql(tx, 'SELECT FROM stall_month_totals'));
    expect(months).toHaveLength(0);
    expect((await prove(testApp)).ok).toBe(true);
    await testApp.stop();
  });
});
