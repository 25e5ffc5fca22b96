import { randomUUID } from 'node:crypto';
import { saveSampleRegister } from '../factories/register.factory';
import { makeCsv } from '../factories/submission-text';
import type { Answer, Json } from './answers';
import { startTestApp, type TestApp } from './app';
import { type BankClient, bankWithKey } from './bank-client';
import { type ConsoleClient, signInAs } from './console-client';
import { EXPECTED } from './ledger-figures';
import { book, fixture } from './posting';

let testApp: TestApp;
let bank: BankClient;
let other: BankClient;
let officer: ConsoleClient;
let accepted: string;
let rejected: string;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  await testApp.database.write((tx) => saveSampleRegister(tx));
  bank = await bankWithKey(testApp, '970436');
  other = await bankWithKey(testApp, '970405');
  officer = await signInAs(testApp);
  accepted = (await book(testApp, bank, fixture('submissions/submission.csv'))).id;
  testApp.clock.advanceMs(1_000);
  const lines = Array.from({ length: 1_200 }, (_, i) => `L,,${10_000_000 + i},CARD,1,0,0,0`);
  rejected = (await book(testApp, bank, makeCsv({ header: 'H,1,970436,WRONG_1.x,2026-10-09,1,1,stall', lines }))).id;
  testApp.clock.advanceMs(1_000);
  await book(testApp, other, fixture('submissions/second-bank.csv'));
});
afterAll(() => testApp.stop());

/** Walks all pages of a list; `get` is a signed or a session's GET. */
async function walk(get: (path: string) => Promise<Answer>, path: string, limit: number): Promise<Json[]> {
  const items: Json[] = [];
  for (let cursor = ''; ;) {
    const { status, body } = await get(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor}`);
    expect(status).toBe(200);
    items.push(...(body.items as unknown as Json[]));
    const next = body.nextCursor as unknown as string | null;
    if (next === null) {
      expect(items).toHaveLength(body.total as unknown as number);
      return items;
    }
    cursor = `&cursor=${next}`;
  }
}
const byBank = (path: string): Promise<Answer> => bank.get(path);
const byOfficer = (path: string): Promise<Answer> => officer.get(path);

describe('a bank sees its own submissions only', () => {
  it.each(['', '/problems', '/lines'])('submissions/{id}%s', async (rest) => {
    expect((await bank.get(`/api/v1/bank/submissions/${accepted}${rest}`)).status).toBe(200);
    const told = async (id: string) => {
      const { status, body } = await other.get(`/api/v1/bank/submissions/${id}${rest}`);
      const { instance, traceId, ...problem } = body;
      expect([instance, typeof traceId]).toEqual([`/api/v1/bank/submissions/${id}${rest}`, 'string']);
      return { status, problem };
    };
    const foreign = await told(accepted);
    expect(foreign.status).toBe(404);
    for (const id of [randomUUID(), 'undefined', 'NaN', '1e3', '9223372036854775808']) {
      expect(await told(id)).toEqual(foreign);
    }
  });

  it('and its own stalls', async () => {
    const stalls = await walk(byBank, '/api/v1/bank/stalls', 200);
    const foreign = await walk((path) => other.get(path), '/api/v1/bank/stalls', 200);
    expect(stalls.length + foreign.length).toBe(882);
    const accounts = new Set(stalls.map(({ account }) => account));
    expect(foreign.some(({ account }) => accounts.has(account))).toBe(false);
    expect(stalls[0]).toMatchObject({ stallCode: expect.any(String), marketCode: '92ST001', verified: true });
  });

  it.each([
    ['no signature', '/api/v1/bank/stalls'],
    ['no session', '/api/v1/submissions'],
    ['no session', '/api/v1/suspense'],
    ['no session', '/api/v1/totals?from=2026-10-10&to=2026-10-10'],
  ])('nothing with %s: %s', async (_name, path) => {
    expect((await fetch(testApp.url + path)).status).toBe(401);
  });
});

describe('pages', () => {
  it('problems: the first 1 000 in the order of the file, with their number in all', async () => {
    const first = await bank.get(`/api/v1/bank/submissions/${rejected}/problems?limit=200`);
    expect(first.body.total).toBe(1_200);
    const items: { line: number; code: string; message: string; messageEn: string }[] = [];
    for (let path = ''; ;) {
      const { body } = await bank.get(`/api/v1/bank/submissions/${rejected}/problems?limit=200${path}`);
      items.push(...(body.items as unknown as typeof items));
      if ((body.nextCursor as unknown) === null) break;
      path = `&cursor=${body.nextCursor as unknown as string}`;
    }
    expect(items.map(({ line }) => line)).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 2));
    expect(items[0]).toMatchObject({
      code: 'count_without_amount',
      message: expect.any(String),
      messageEn: expect.any(String),
    });
  });

  it.each([
    ['', 900],
    ['?status=attributed', Number(EXPECTED.first.known.lineCount)],
    ['?status=market_only', 0],
    ['?status=suspense', Number(EXPECTED.first.suspense.lineCount)],
  ])('lines%s', async (query, count) => {
    const lines = await walk(byBank, `/api/v1/bank/submissions/${accepted}/lines${query}`, 173);
    expect(lines).toHaveLength(count);
    const numbers = lines.map(({ line }) => Number(line));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  it.each([
    ['', 3],
    ['?bankBin=970436', 2],
    ['?state=REJECTED', 1],
    ['?from=2026-10-10&to=2026-10-10', 2],
    ['?q=wrong_', 1],
    ['?q=%25', 0],
    ['?q=_', 1],
    ['?q=WRONG.1', 0],
    ['?q=1.x', 1],
    ['?q=VCB%25', 0],
    ['?q=vcb-2026', 1],
  ])('submissions%s', async (query, count) => {
    expect(await walk(byOfficer, `/api/v1/submissions${query}`, 1)).toHaveLength(count);
  });

  it('suspense: by bank, by reason, page by page', async () => {
    const all = await walk(byOfficer, '/api/v1/suspense', 7);
    expect(all).toHaveLength(Number(EXPECTED.first.suspense.lineCount) + Number(EXPECTED.second.suspense.lineCount));
    expect(
      new Set(all.map(({ submissionId, line }) => `${String(submissionId as unknown)} ${Number(line)}`)).size,
    ).toBe(all.length);
    expect(await walk(byOfficer, '/api/v1/suspense?bankBin=970405', 3)).toHaveLength(7);
    expect(await walk(byOfficer, '/api/v1/suspense?reason=unknown_stall', 3)).toHaveLength(0);
  });
});

describe('altered cursors and queries are refused', () => {
  const encode = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');
  const ID = '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11';

  it.each([
    ['/api/v1/submissions', ['2026-19-39T29:59:59.000Z', ID]],
    ['/api/v1/submissions', ['2026-02-30T00:00:00.000Z', ID]],
    ['/api/v1/submissions', ['2026-10-10T00:00:00.000Z', 'x']],
    ['/api/v1/submissions', ['2026-10-10T00:00:00.000Z']],
    ['/api/v1/submissions', { 0: 'a', 1: 'b', length: 2 }],
    ['/api/v1/suspense', ['2026-02-31', '1', '1']],
    ['/api/v1/suspense', ['2026-02-01', '99999999999999999999', '1']],
    ['/api/v1/suspense', ['2026-02-01', '1', '-1']],
  ])('%s after %j', async (path, key) => {
    const answer = await officer.get(`${path}?cursor=${encode(key)}`);
    expect([answer.status, answer.body.code]).toEqual([400, 'cursor_invalid']);
  });

  it.each([
    ['problems', ["1'; DROP TABLE submissions"]],
    ['lines', ['1e3']],
    ['lines', [1]],
  ])('%s after %j', async (list, key) => {
    const answer = await bank.get(`/api/v1/bank/submissions/${accepted}/${list}?cursor=${encode(key)}`);
    expect([answer.status, answer.body.code]).toEqual([400, 'cursor_invalid']);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=1e2',
    'limit=',
    'state=LOST',
    'from=2026-13-01',
    'colour=red',
    'limit=1&limit=2',
  ])('submissions?%s', async (query) => {
    expect((await officer.get(`/api/v1/submissions?${query}`)).status).toBe(422);
  });
});
