import { Client } from 'pg';
import { saveMarket, saveStall } from '../factories/market.factory';
import { makeSubmission } from '../factories/submission-lines';
import { saveOccupiedStall } from '../factories/vendor.factory';
import { startTestApp, type TestApp } from './app';
import { type BankClient, bankWithKey } from './bank-client';
import { book, prove } from './posting';

let testApp: TestApp;
let bank: BankClient;
let market: string;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  bank = await bankWithKey(testApp, '970436');
  const stall = await testApp.database.write(async (tx) => {
    const saved = await saveMarket(tx);
    market = saved.code;
    const own = await saveStall(tx, saved);
    await saveOccupiedStall(tx, own);
    return own;
  });
  await book(testApp, bank, makeSubmission({ reference: 'A', lines: [{ stall: stall.code }, { account: 'NOBODY1' }] }));
});
afterAll(() => testApp.stop());

/** Does by hand what nobody should, as the owner of the schema; undone at the end. */
async function tamper(statement: string, look: () => Promise<void>): Promise<void> {
  const owner = new Client({ connectionString: testApp.urls.ownerUrl });
  await owner.connect();
  const tables = ['day_totals', 'month_totals', 'stall_month_totals', 'submission_lines', 'current_submissions'];
  try {
    await owner.query(`SET cho40.scope = 'system'`);
    await owner.query(tables.map((table) => `CREATE TABLE kept_${table} AS TABLE ${table}`).join(';'));
    await owner.query(statement);
    await look();
  } finally {
    const restore = (table: string): string =>
      `DELETE FROM ${table}; INSERT INTO ${table} TABLE kept_${table}; DROP TABLE kept_${table}`;
    await owner.query(tables.map(restore).join(';'));
    await owner.query(`UPDATE submissions SET state = 'ACCEPTED', amount = 2000`);
    await owner.end();
  }
}

it('finds nothing wrong with what was booked', async () => {
  expect(await prove(testApp)).toEqual({ ok: true, lines: '2', differences: [] });
});

it.each<[string, string, string[]]>([
  ['a đồng more in a day', 'UPDATE day_totals SET amount = amount + 1 WHERE bucket = 1', ['day_totals']],
  ['a month that is gone', 'DELETE FROM month_totals WHERE bucket = 3', ['month_totals']],
  ['a day nobody reported', `UPDATE day_totals SET business_date = '2026-10-11'`, Array<string>(4).fill('day_totals')],
  ['a stall’s month', 'UPDATE stall_month_totals SET credit_days = 0', ['stall_month_totals']],
  [
    'a line’s amount',
    'UPDATE submission_lines SET amount = amount + 1 WHERE bucket = 3',
    ['control_totals', 'ledger_entries', 'day_totals', 'month_totals'],
  ],
  ['a submission that counts beside its state', `UPDATE submissions SET state = 'SUPERSEDED'`, ['control_totals']],
  [
    'an accepted one that does not count',
    'DELETE FROM current_submissions',
    [
      'control_totals',
      ...['ledger_entries', 'day_totals', 'month_totals'].flatMap((name) => [name, name]),
      'stall_month_totals',
    ],
  ],
  ['a declared total', 'UPDATE submissions SET amount = amount + 1', ['control_totals']],
])('finds %s', async (_name, statement, rollups) => {
  await tamper(statement, async () => {
    const { ok, differences } = await prove(testApp);
    expect(ok).toBe(false);
    expect(differences.map(({ rollup }) => rollup).sort()).toEqual([...rollups].sort());
  });
  expect((await prove(testApp)).ok).toBe(true);
});

it('names market, bank and day', async () => {
  await tamper('UPDATE day_totals SET amount = amount + 1 WHERE bucket = 1', async () => {
    const { differences } = await prove(testApp);
    expect(differences).toEqual([
      {
        rollup: 'day_totals',
        period: '2026-10-10',
        bankBin: '970436',
        market,
        expected: '1/1/1000/0/0',
        found: '1/1/1001/0/0',
      },
    ]);
  });
});
