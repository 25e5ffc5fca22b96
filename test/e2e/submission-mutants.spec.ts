import { gunzipSync } from 'node:zlib';
import { saveSampleRegister } from '../factories/register.factory';
import { startTestApp, type TestApp } from './app';
import { type BankClient, bankWithKey } from './bank-client';
import { fixture, idOf, judge, post, prove, rowCounts } from './posting';

interface Mutant {
  readonly file: string;
  readonly verdict: 'ACCEPTED' | 'REJECTED';
  readonly line: number | null;
  readonly field: string | null;
  readonly why: string;
}
interface Found {
  readonly line?: number | null;
  readonly field?: string | null;
  readonly column?: string;
}

const MUTANTS = JSON.parse(fixture('mutants/expected.json').toString()) as Mutant[];

let testApp: TestApp;
let bank: BankClient;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  await testApp.database.write((tx) => saveSampleRegister(tx));
  bank = await bankWithKey(testApp, '970436');
});
afterAll(() => testApp.stop());

function bytesOf(file: string): Buffer {
  const bytes = fixture(`mutants/${file}`);
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

async function lineTotal(): Promise<number> {
  const { submission_lines: lines } = await rowCounts(testApp);
  return lines ?? 0;
}

describe('the mutants, posted for real', () => {
  it('are 71', () => expect(MUTANTS).toHaveLength(71));

  it.each(MUTANTS.map((mutant) => [mutant.file, mutant] as const))('%s', async (file, { verdict, line, field }) => {
    const before = await lineTotal();
    const answer = await post(bank, bytesOf(file));
    const found = answer.status === 202 ? await foundByJudging(answer) : foundAtOnce(answer);
    expect(found === null ? 'ACCEPTED' : 'REJECTED').toBe(verdict);
    const after = await lineTotal();
    if (found === null) return expect(after).toBeGreaterThan(before);
    expect(after).toBe(before);
    const fits = (place: Found): boolean =>
      (line === null || place.line === line) && (field === null || (place.field ?? place.column) === field);
    expect(found.filter(fits)).not.toEqual([]);
  });

  it('leave totals that are the accepted ones’ alone', async () => {
    expect(await prove(testApp)).toEqual({ ok: true, lines: String(await lineTotal()), differences: [] });
  });
});

/** What a refusal names: the request came to nothing. */
function foundAtOnce({ status, body }: Awaited<ReturnType<typeof post>>): Found[] {
  expect([status, body.code]).toEqual([422, 'header_invalid']);
  return body.errors as unknown as Found[];
}

/** The problems that the bank reads; null when there are none because it was accepted. */
async function foundByJudging(answer: Awaited<ReturnType<typeof post>>): Promise<Found[] | null> {
  if ((await judge(testApp, answer)) === 'ACCEPTED') return null;
  const page = await bank.get(`/api/v1/bank/submissions/${idOf(answer)}/problems?limit=200`);
  return page.body.items as unknown as Found[];
}
