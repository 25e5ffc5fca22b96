import { execute, sql } from '../../src/platform/db/database';
import { runAs } from '../../src/platform/actor';
import { ClearLedgerService } from '../../src/submissions/clear-ledger.service';
import { saveMarket, saveStall } from '../factories/market.factory';
import { makeSubmission } from '../factories/submission-lines';
import { saveAccount, saveAssignment, saveLease, saveVendor } from '../factories/vendor.factory';
import { startTestApp, type TestApp } from './app';
import { type BankClient, bankWithKey } from './bank-client';
import { type ConsoleClient, signInAs } from './console-client';
import { book, resolveSuspense } from './posting';

const UNKNOWN = '0011004411223';
const LETTERS = 'VNPAY0912345';
/** Where the stall code belongs: the bank has put its columns in the wrong order. */
const MISPLACED = '9704361234567890';

let testApp: TestApp;
let bank: BankClient;
let officer: ConsoleClient;

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  bank = await bankWithKey(testApp, '970436');
  officer = await signInAs(testApp);
});
afterAll(() => testApp.stop());

/** Every row of the tables that hold what banks sent, as text. */
const everything = async (): Promise<string> => {
  const tables = ['submission_lines', 'submission_problems', 'submission_body_chunks', 'submissions', 'audit_entries'];
  const texts = await testApp.database.read(async (tx) => {
    const found: string[] = [];
    for (const table of tables) {
      const rows = await sql<{ text: string }>(tx, `SELECT t::text AS text FROM ${table} t`);
      found.push(...rows.map(({ text }) => text));
    }
    return found;
  });
  return texts.join('\n');
};

/** In clear, and in the hexadecimal in which PostgreSQL spells bytes. */
const spellings = (clear: string): string[] => [clear, Buffer.from(clear).toString('hex')];

const targetsOf = async (id: string) => {
  const seen = async (client: { get(path: string): Promise<{ body: object }> }, path: string) => {
    const { items } = (await client.get(path)).body as { items: { target: string | null }[] };
    return items.map(({ target }) => target);
  };
  return {
    bank: await seen(bank, `/api/v1/bank/submissions/${id}/lines`),
    staff: await seen(officer, `/api/v1/submissions/${id}/lines`),
  };
};

const problemsOf = async (id: string) => {
  const seen = async (client: { get(path: string): Promise<{ body: object }> }, path: string) => {
    const { items } = (await client.get(path)).body as { items: { field: string; value: string }[] };
    return items.map(({ field, value }) => `${field}: ${value}`);
  };
  return {
    bank: await seen(bank, `/api/v1/bank/submissions/${id}/problems`),
    staff: await seen(officer, `/api/v1/submissions/${id}/problems`),
  };
};

it('accounts that nobody knows lie sealed, are masked for staff and in clear for their bank', async () => {
  const lines = [{ account: UNKNOWN }, { account: LETTERS }, { stall: 'CHO7K2M9QX1' }];
  const { id, state } = await book(testApp, bank, makeSubmission({ reference: 'SEAL-1', lines }));
  expect(state).toBe('ACCEPTED');
  expect(await targetsOf(id)).toEqual({
    bank: [UNKNOWN, LETTERS, 'CHO7K2M9QX1'],
    staff: ['****1223', '****2345', 'CHO7K2M9QX1'],
  });
  const text = await everything();
  for (const spelling of [UNKNOWN, LETTERS].flatMap(spellings)) expect(text).not.toContain(spelling);
});

it('what is wrong with a file is told in clear to its bank alone', async () => {
  const lines = [{ stall: MISPLACED }, { account: `${UNKNOWN}-1` }, { account: '001', count: -5 }];
  const { id, state } = await book(testApp, bank, makeSubmission({ reference: 'SEAL-2', part: 2, lines }));
  expect(state).toBe('REJECTED');
  const problems = await problemsOf(id);
  expect(problems.bank).toEqual(expect.arrayContaining([`stallCode: ${MISPLACED}`, `account: ${UNKNOWN}-1`]));
  expect(problems.staff).toEqual(expect.arrayContaining(['stallCode: ****7890', 'account: ****23-1']));
  expect(problems.staff).toEqual(expect.arrayContaining(['transactionCount: -5']));
  const text = await everything();
  for (const spelling of [MISPLACED, UNKNOWN].flatMap(spellings)) expect(text).not.toContain(spelling);
});

it('what an older version left in clear is sealed by the sweep, and suspense still empties itself', async () => {
  const account = '7700112233445';
  const lines = [{ account, amount: 5_000 }, { account: '7700112299999' }];
  const { id } = await book(testApp, bank, makeSubmission({ reference: 'SEAL-3', day: '2026-10-11', lines }));
  const rejected = await book(
    testApp,
    bank,
    makeSubmission({ reference: 'SEAL-4', day: '2026-10-12', lines: [{ account: '77' }] }),
  );
  await testApp.database.write(async (tx) => {
    await execute(
      tx,
      `UPDATE submission_lines l SET target = CASE l.line WHEN 2 THEN $2 ELSE '7700112299999' END,
         target_index = NULL, target_sealed = NULL
       FROM submissions s WHERE s.no = l.submission_no AND s.id = $1`,
      [id, account],
    );
    await execute(tx, `UPDATE submission_problems SET value = $2, value_sealed = NULL WHERE submission_id = $1`, [
      rejected.id,
      `${account}-7`,
    ]);
  });
  expect(await targetsOf(id)).toEqual({ bank: [account, '7700112299999'], staff: ['****3445', '****9999'] });
  expect(await problemsOf(rejected.id)).toMatchObject({
    bank: [expect.stringContaining(`${account}-7`)],
    staff: [expect.stringContaining('****45-7')],
  });
  // Until it is sealed it is not looked at.
  expect(await resolveSuspense(testApp)).toBe(0);

  const seal = (): Promise<number> =>
    runAs({ kind: 'system', id: 'clear-ledger' }, () => testApp.app.get(ClearLedgerService, { strict: false }).seal());
  expect([await seal(), await seal(), await seal()]).toEqual([3, 0, 0]);
  const text = await everything();
  for (const spelling of spellings(account)) expect(text).not.toContain(spelling);
  expect(await targetsOf(id)).toEqual({ bank: [account, '7700112299999'], staff: ['****3445', '****9999'] });
  expect((await problemsOf(rejected.id)).bank).toEqual([expect.stringContaining(`${account}-7`)]);

  await testApp.database.write(async (tx) => {
    const stall = await saveStall(tx, await saveMarket(tx));
    const vendor = await saveVendor(tx);
    await saveLease(tx, stall, vendor);
    await saveAssignment(tx, stall, await saveAccount(tx, vendor, { accountNumber: account }));
  });
  expect([await resolveSuspense(testApp), await resolveSuspense(testApp)]).toEqual([1, 0]);
  expect((await targetsOf(id)).bank).toEqual([null, '7700112299999']);
});
