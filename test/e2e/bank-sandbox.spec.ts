import { BankKeyService } from '../../src/banks/bank-key.service';
import { COMMON_HOLDERS, holdersAt, SANDBOX_ACCOUNTS, VACANT_STALL } from '../../src/bank-clients/sandbox.plan';
import { SandboxService } from '../../src/bank-clients/sandbox.service';
import { businessDay } from '../../src/kernel/business-day';
import type { Scope } from '../../src/kernel/scope';
import { runAs } from '../../src/platform/actor';
import { Database, sqlOne } from '../../src/platform/db/database';
import { TotalsService } from '../../src/reports/totals.service';
import { saveMarket, saveStall } from '../factories/market.factory';
import { saveBank, saveOccupiedStall } from '../factories/vendor.factory';
import type { Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { BankClient, bankWithKey } from './bank-client';
import { type ConsoleClient, signInAs } from './console-client';
import { book, post, prove, resolveSuspense } from './posting';

const [CONSENTING, SILENT] = COMMON_HOLDERS.map(({ stalls }) => stalls[0]?.code ?? '');
const DAY = '2026-11-21';

let testApp: TestApp;
let officer: ConsoleClient;
let testing: BankClient;
let live: BankClient;
let realStall: string;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  await testApp.database.write(async (tx) => {
    await saveBank(tx, '970436');
    const stall = await saveStall(tx, await saveMarket(tx, { code: '92THAT1' }));
    await saveOccupiedStall(tx, stall, { bankBin: '970436' });
    realStall = stall.code;
  });
  live = await bankWithKey(testApp, '970436');
  const admin = await signInAs(testApp, { role: 'system_admin' });
  const made = await admin.post('/api/v1/bank-clients/970436/test-keys', { alg: 'hmac-sha256' });
  testing = new BankClient(testApp, '970436', made.body as unknown as BankClient['key']);
  officer = await signInAs(testApp, {});
});
afterAll(() => testApp.stop());

let references = 0;
function fileOf(lines: readonly string[], { day = DAY, revision = 1, granularity = 'stall' } = {}): string {
  references += 1;
  const rows = lines.map((target) => `L,${target},VIETQR_TRANSFER,1,1000,0,0`);
  return [
    `H,1,970436,TEST-${references},${day},${references},${revision},${granularity}`,
    ...rows,
    `T,${rows.length},${rows.length},${rows.length * 1000},0,0`,
    '',
  ].join('\n');
}

interface Lines {
  readonly items: readonly { target: string; status: string; reason: string; stallCode: string | null }[];
}
async function linesOf(bank: BankClient, id: string): Promise<string[][]> {
  const { items } = (await bank.get(`/api/v1/bank/submissions/${id}/lines`)).body as unknown as Lines;
  return items.map(({ status, reason }) => [status, reason]);
}

describe('what a test key sends', () => {
  it('meets every outcome that a real file meets', async () => {
    const { attributed, withoutConsent, shared, ambiguous } = SANDBOX_ACCOUNTS;
    const targets = [
      `${CONSENTING},`,
      `${SILENT},`,
      `${VACANT_STALL.code},`,
      `${realStall},`,
      `,${attributed}`,
      `,${withoutConsent}`,
      `,${shared}`,
      `,${ambiguous}`,
      ',0070000009',
    ];
    const { id, state } = await book(testApp, testing, fileOf(targets));
    expect(state).toBe('ACCEPTED');
    expect(await linesOf(testing, id)).toEqual([
      ['attributed', 'none'],
      ['market_only', 'no_consent'],
      ['suspense', 'stall_not_open'],
      ['suspense', 'unknown_stall'],
      ['attributed', 'none'],
      ['market_only', 'no_consent'],
      ['market_only', 'shared_account'],
      ['suspense', 'ambiguous_account'],
      ['suspense', 'unknown_account'],
    ]);
    expect((await testing.get(`/api/v1/bank/submissions/${id}`)).body).toMatchObject({
      bankBin: '970436',
      state: 'ACCEPTED',
      declared: { lineCount: '9', amount: '9000' },
      buckets: { attributed: { amount: '2000' }, marketOnly: { amount: '3000' }, suspense: { amount: '4000' } },
    });
    expect(await resolveSuspense(testApp)).toBe(0);
  });

  it('by market too, and of the sandbox alone', async () => {
    const { id } = await book(testApp, testing, fileOf(['00CHOTHU1,', '92THAT1,'], { granularity: 'market' }));
    expect(await linesOf(testing, id)).toEqual([
      ['market_only', 'market_granularity'],
      ['suspense', 'unknown_market'],
    ]);
  });

  it('carries the bank’s own BIN: another one, or that of the sandbox, is refused', async () => {
    for (const bin of ['070436', '970415']) {
      const answer = await post(testing, fileOf([]).replace('970436', bin));
      expect([answer.status, answer.body.code]).toEqual([422, 'header_invalid']);
    }
  });

  it('is answered as ever: receipt, repetition, problems, dry run, rejection', async () => {
    const file = fileOf([`${CONSENTING},`]);
    const receipt = await post(testing, file);
    expect([receipt.status, receipt.body.bankBin]).toEqual([202, '970436']);
    expect((await post(testing, file)).body).toMatchObject({ bankBin: '970436', duplicateOf: receipt.body.id });
    expect((await post(testing, file, { query: '?dryRun=true' })).body).toMatchObject({
      verdict: 'ACCEPTED',
      duplicateOf: receipt.body.id,
    });
    const wrong = await book(testApp, testing, fileOf([',0070000001']).replace('T,1,1,', 'T,1,2,'));
    expect(wrong.state).toBe('REJECTED');
    const problems = await testing.get(`/api/v1/bank/submissions/${wrong.id}/problems`);
    expect(problems.body).toMatchObject({ total: 1, items: [{ code: 'control_total_mismatch' }] });
  });

  it('shows in its own calendar and its own list of stalls', async () => {
    const calendar = await testing.get(`/api/v1/bank/calendar?from=${DAY}&to=2026-11-22`);
    expect(calendar.body).toMatchObject({
      banks: [{ bankBin: '970436', days: [{ status: 'on_time' }, { status: 'pending' }] }],
    });
    const { items } = (await testing.get('/api/v1/bank/stalls')).body as unknown as {
      items: { stallCode: string; account: string; verified: boolean }[];
    };
    const expected = holdersAt('970436').flatMap(({ account, stalls }) =>
      stalls.map(({ code }) => ({ stallCode: code, account })),
    );
    expect(items.map(({ stallCode, account }) => ({ stallCode, account }))).toEqual(expect.arrayContaining(expected));
    expect(items).toHaveLength(expected.length);
    expect(items.every(({ verified }) => verified)).toBe(true);
  });
});

describe('what is real', () => {
  it('a live key reaches no stall, account or market of the sandbox', async () => {
    const { id } = await book(testApp, live, fileOf([`${CONSENTING},`, ',0070000001', `${realStall},`]));
    expect(await linesOf(live, id)).toEqual([
      ['suspense', 'unknown_stall'],
      ['suspense', 'unknown_account'],
      ['attributed', 'none'],
    ]);
    const market = await book(testApp, live, fileOf(['00CHOTHU1,'], { granularity: 'market' }));
    expect(await linesOf(live, market.id)).toEqual([['suspense', 'unknown_market']]);
    expect(await resolveSuspense(testApp)).toBe(0);
    expect(JSON.stringify((await live.get('/api/v1/bank/stalls')).body)).not.toContain('00CHOTHU');
  });

  it('neither key reads what the other sent', async () => {
    const real = await book(testApp, live, fileOf([]));
    const test = await book(testApp, testing, fileOf([]));
    const codes = async (bank: BankClient, id: string) =>
      (await bank.get(`/api/v1/bank/submissions/${id}`)).body.code as unknown;
    expect(await codes(testing, real.id)).toBe('submission_not_found');
    expect(await codes(live, test.id)).toBe('submission_not_found');
    expect(await codes(live, real.id)).toBeUndefined();
  });

  it('the same Idempotency-Key and reference serve both', async () => {
    const file = fileOf([]);
    const first = await post(live, file, { idempotencyKey: 'both' });
    const second = await post(testing, file, { idempotencyKey: 'both' });
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body.id).not.toBe(first.body.id);
  });
});

describe('nobody of a province', () => {
  const PATHS = [
    '/api/v1/markets?limit=200',
    '/api/v1/vendors?limit=200',
    '/api/v1/submissions?limit=200',
    '/api/v1/banks?limit=200',
    `/api/v1/totals?from=2026-11-01&to=${DAY}&by=market`,
    `/api/v1/totals?from=2026-11-01&to=${DAY}&by=bank`,
    `/api/v1/totals?from=2026-11-01&to=${DAY}&by=day`,
    `/api/v1/overview?day=${DAY}`,
    `/api/v1/bank-calendar?from=${DAY}&to=${DAY}`,
    '/api/v1/launches/board',
  ];
  const seen = (answer: Answer) => /00CHOTHU|thử nghiệm|070436|CHOZZZZ|Người bán thử/.exec(answer.bytes.toString());

  it.each(PATHS)('meets the sandbox at %s', async (path) => {
    const answer = await officer.get(path);
    expect([answer.status, seen(answer)]).toEqual([200, null]);
  });

  it('finds a submission, market or stall of it', async () => {
    const { id } = await book(testApp, testing, fileOf([',0070000009']).replace('T,1,1,', 'T,1,2,'));
    const paths = [
      `submissions/${id}`,
      `submissions/${id}/problems`,
      `submissions/${id}/lines`,
      'markets/00CHOTHU1',
      `stalls/${CONSENTING}`,
    ];
    const statuses = await Promise.all(paths.map(async (path) => (await officer.get(`/api/v1/${path}`)).status));
    expect(statuses).toEqual(paths.map(() => 404));
  });

  it('sees totals, coverage or suspense other than of what is real', async () => {
    const real = { amount: '4000', attributedAmount: '1000', suspenseAmount: '3000' };
    const totals = (await officer.get(`/api/v1/totals?from=${DAY}&to=${DAY}&by=market`)).body;
    expect(totals).toMatchObject({ total: real, coverage: { expectedBanks: 0 } });
    const ofShell = await runAs({ kind: 'cli', id: 'operator' }, () =>
      testApp.app
        .get(TotalsService, { strict: false })
        .totalsOf({ from: businessDay(DAY), to: businessDay(DAY), by: 'market' }),
    );
    expect(ofShell).toMatchObject({ total: real, coverage: { expectedBanks: 0 } });
    expect((await officer.get('/api/v1/suspense')).body.total).toBe(3);
  });

  it('reaches its rows in the database', async () => {
    const { database, app } = testApp;
    const counts = (scope: Scope) =>
      runAs({ kind: 'staff', id: 'x', scope }, () =>
        app.get(Database).read((tx) =>
          sqlOne(
            tx,
            `SELECT (SELECT count(*)::int FROM submissions WHERE bank_bin < '1') AS submissions,
              (SELECT count(*)::int FROM submission_problems p WHERE p.code = 'control_total_mismatch') AS problems,
              (SELECT count(*)::int FROM submission_body_chunks b WHERE b.submission_id IN (${ofTests})) AS bodies,
              (SELECT count(*)::int FROM current_submissions WHERE bank_bin < '1') AS current,
              (SELECT count(*)::int FROM submission_lines WHERE submission_no = ANY ($1)) AS lines,
              (SELECT count(*)::int FROM ledger_entries WHERE bank_bin < '1') AS entries,
              (SELECT count(*)::int FROM day_totals WHERE bank_bin < '1') AS days,
              (SELECT count(*)::int FROM month_totals WHERE bank_bin < '1') AS months,
              (SELECT count(*)::int FROM reporting_agreements WHERE bank_bin < '1') AS agreements,
              (SELECT count(*)::int FROM markets WHERE province_code = '00') AS markets`,
            [nos],
          ),
        ),
      );
    const ids = await database.read((tx) =>
      sqlOne<{ ids: string[]; nos: bigint[] }>(
        tx,
        `SELECT array_agg(id::text) AS ids, array_agg(no) AS nos FROM submissions WHERE bank_bin < '1'`,
      ),
    );
    const nos = ids?.nos ?? [];
    const ofTests = (ids?.ids ?? []).map((id) => `'${id}'::uuid`).join(', ');
    const everything = await counts({ kind: 'system' });
    expect(Object.values(everything ?? {}).every((count) => Number(count) > 0)).toBe(true);
    for (const scope of [
      { kind: 'province', codes: ['92'] },
      { kind: 'communes', codes: ['31510'] },
      { kind: 'bank', bin: '970436' },
    ] as const) {
      const reached = await counts(scope);
      expect([scope, new Set(Object.values(reached ?? {}))]).toEqual([scope, new Set([0])]);
    }
  });
});

it('is brought in once, however often, and completed where it was cut short', async () => {
  const sandbox = testApp.app.get(SandboxService, { strict: false });
  const rows = () =>
    testApp.database.read((tx) =>
      sqlOne(
        tx,
        `SELECT (SELECT count(*)::int FROM stalls s JOIN markets m ON m.id = s.market_id WHERE m.province_code = '00') AS stalls,
           (SELECT count(*)::int FROM vendors WHERE province_code = '00') AS vendors,
           (SELECT count(*)::int FROM payout_accounts WHERE province_code = '00') AS accounts,
           (SELECT count(*)::int FROM reporting_agreements WHERE bank_bin < '1') AS agreements`,
      ),
    );
  const before = await rows();
  expect(before).toEqual({ stalls: 9, vendors: 6, accounts: 4, agreements: 1 });
  expect(await sandbox.seed()).toEqual(['970436']);
  expect(await rows()).toEqual(before);
  await testApp.database.write((tx) => saveBank(tx, '970415'));
  await Promise.all([sandbox.ensure('970415'), sandbox.ensure('970415')]);
  expect(await rows()).toMatchObject({ stalls: 15, accounts: 8, agreements: 2 });
});

it('is no institution that a person can name', async () => {
  const keys = testApp.app.get(BankKeyService, { strict: false });
  const made = runAs({ kind: 'cli', id: 'test' }, () => keys.create('070436', 'hmac-sha256', 'test'));
  await expect(made).rejects.toMatchObject({ code: 'bank_not_found' });
});

it('the proof of the ledger holds for tests as for what is real', async () => {
  expect(await prove(testApp)).toMatchObject({ ok: true });
});
