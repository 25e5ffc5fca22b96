import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { brief, check, chunksOf, GOOD_HEADER, makeCsv, TODAY, trailerFor } from '../../test/factories/submission-text';
import type { BankBin } from '../kernel/bank-bin';
import { csvReader } from './readers/csv.reader';
import { jsonReader } from './readers/json.reader';
import { checkSteps } from './submission.check';
import type { ControlTotals, SubmissionLine, TotalField, Verdict } from './submission.types';

const FIXTURES = join(__dirname, '../../test/fixtures');
const SIGNED_BY = '970436' as BankBin;

const fixture = (name: string): Buffer => {
  const bytes = readFileSync(join(FIXTURES, name));
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
};
const digits = (totals: ControlTotals): Record<string, string> =>
  Object.fromEntries(Object.entries(totals).map(([field, total]) => [field, total.toString()]));

describe('the mutants of a good file', () => {
  interface Mutant {
    file: string;
    verdict: Verdict;
    line: number | null;
    field: string | null;
    why: string;
  }
  const mutants = JSON.parse(fixture('mutants/expected.json').toString()) as Mutant[];

  it('are all there', () => {
    expect(mutants).toHaveLength(71);
  });

  it.each(mutants)('$file: $verdict, $why', async ({ file, verdict, line, field }) => {
    const bytes = fixture(`mutants/${file}`);
    const result = await check(csvReader, bytes, { signedBy: SIGNED_BY });
    expect(result.verdict).toBe(verdict);
    expect(result.problemCount > 0).toBe(verdict === 'REJECTED');
    if (verdict === 'REJECTED') {
      const place: Record<string, unknown> = {};
      if (line !== null) place.line = line;
      if (field !== null) place.field = field;
      expect(result.problems).toContainEqual(expect.objectContaining(place));
    }
    expect(await check(csvReader, bytes, { signedBy: SIGNED_BY }, [997, 1, 64, 4_096])).toEqual(result);
  });

  it('come out the same byte by byte', async () => {
    for (const { file } of mutants.filter((mutant) => !mutant.file.endsWith('.gz'))) {
      const bytes = fixture(`mutants/${file}`);
      expect(await check(csvReader, bytes, {}, [1])).toEqual(await check(csvReader, bytes));
    }
  });
});

describe('the sample submissions', () => {
  interface Expected {
    header: object;
    formats: string[];
    declared: Record<string, string>;
    byChannel: Record<string, Record<string, string>>;
    /** Not given for the revision, which lists only what differs. */
    accounts?: Record<string, string[]>;
  }
  const expected = JSON.parse(fixture('submissions/expected.json').toString()) as {
    submissions: Record<string, Expected>;
  };
  const readable = Object.values(expected.submissions).flatMap((one) =>
    one.formats.filter((name) => /\.(csv|json)$/.test(name)).map((name) => [name, one] as const),
  );

  const linesOf = async (name: string): Promise<SubmissionLine[]> => {
    const reader = name.endsWith('.csv') ? csvReader : jsonReader;
    const lines: SubmissionLine[] = [];
    for await (const step of checkSteps(reader, chunksOf(fixture(`submissions/${name}`), [1_000]), { today: TODAY })) {
      if (step.kind === 'lines') lines.push(...step.lines);
    }
    return lines;
  };

  it.each(readable)('%s', async (name, { header, declared, byChannel, accounts }) => {
    const reader = name.endsWith('.csv') ? csvReader : jsonReader;
    const result = await check(reader, fixture(`submissions/${name}`));
    expect(brief(result.problems)).toEqual([]);
    expect(result.verdict).toBe('ACCEPTED');
    expect(result.header).toEqual(header);
    expect(digits(result.totals)).toEqual(declared);
    const lines = await linesOf(name);
    const figures = ({ transactionCount, amount, reversalCount, reversalAmount }: SubmissionLine): bigint[] =>
      [transactionCount, amount, reversalCount, reversalAmount].map(BigInt);
    const sums = (group: SubmissionLine[]): string[] =>
      group
        .map(figures)
        .reduce((all, one) => all.map((sum, i) => sum + (one[i] ?? 0n)), [0n, 0n, 0n, 0n])
        .map(String);
    for (const [account, figuresOfAccount] of Object.entries(accounts ?? {})) {
      expect(sums(lines.filter((line) => line.account === account))).toEqual(figuresOfAccount);
    }
    for (const [channel, { lineCount, ...figuresOfChannel }] of Object.entries(byChannel)) {
      const group = lines.filter((line) => line.channel === channel);
      expect([String(group.length), ...sums(group)]).toEqual([lineCount, ...Object.values(figuresOfChannel)]);
    }
  });

  it('hold the same lines as CSV and as JSON', async () => {
    const numbered = (lines: SubmissionLine[], first: number): SubmissionLine[] =>
      lines.map((line) => ({ ...line, line: line.line - first }));
    const [csv, json] = [await linesOf('submission.csv'), await linesOf('submission.json')];
    expect(csv).toHaveLength(900);
    expect(numbered(csv, 2)).toEqual(numbered(json, 1));
  });
});

describe('control totals', () => {
  const A = 'L,,0011004411223,CARD,1,45000,0,0';
  const B = 'L,,KioT662A,WALLET,2,70000,1,5000';

  it.each<[string, string[], string | undefined, string[]]>([
    ['equal', [A, B], undefined, []],
    ['one đồng off', [A, B], 'T,2,3,115001,1,5000', ['4/amount/control_total_mismatch']],
    [
      'several off',
      [A, B],
      'T,1,4,115000,0,5000',
      [
        '4/lineCount/control_total_mismatch',
        '4/transactionCount/control_total_mismatch',
        '4/reversalCount/control_total_mismatch',
      ],
    ],
    ['reversals netted into the amount', [A, B], 'T,2,3,110000,1,5000', ['4/amount/control_total_mismatch']],
    [
      'of a field that a line spoilt: not compared',
      [A, B.replace('70000', '7e4')],
      'T,2,3,1,1,5000',
      ['3/amount/invalid_number'],
    ],
    [
      'of the other fields: compared all the same',
      [A, B.replace('70000', '7e4')],
      'T,2,4,1,1,5000',
      ['3/amount/invalid_number', '4/transactionCount/control_total_mismatch'],
    ],
    [
      'with a line that cannot be split: lines are counted',
      [A, `${B},`],
      'T,3,9,9,9,9',
      ['3/-/field_count', '4/lineCount/control_total_mismatch'],
    ],
    ['with a record of no kind: nothing is compared', [A, `X${B}`], 'T,9,9,9,9,9', ['3/-/unknown_record']],
    ['include both of a pair that stands twice', [A, A], undefined, ['3/-/duplicate_line']],
    [
      'beside a wrong key: compared',
      [A, B.replace('KioT662A', 'Ki')],
      'T,2,3,1,1,5000',
      ['3/account/invalid_account', '4/amount/control_total_mismatch'],
    ],
  ])('%s', async (_name, lines, trailer, expected) => {
    const { problems } = await check(csvReader, makeCsv({ lines, trailer: trailer ?? trailerFor(lines) }));
    expect(brief(problems)).toEqual(expected);
  });

  it('stay exact far beyond 2^53', async () => {
    const nines = 999_999_999_999_999n;
    const lines = Array.from(
      { length: 999 },
      (_, i) => `L,,99${String(i).padStart(6, '0')},CARD,2147483647,${nines},1,${nines}`,
    );
    const exact = await check(csvReader, makeCsv({ lines }));
    expect([exact.verdict, exact.totals.amount]).toEqual(['ACCEPTED', 999n * nines]);
    expect(exact.totals.transactionCount).toBe(999n * 2_147_483_647n);
    const off = trailerFor(lines).replace(String(999n * nines), String(999n * nines + 1n));
    expect(brief((await check(csvReader, makeCsv({ lines, trailer: off }))).problems)).toEqual([
      '1001/amount/control_total_mismatch',
    ]);
  });
});

describe('a check', () => {
  it('lists the first thousand problems and counts them all', async () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => `L,,99${String(i).padStart(6, '0')},CASH,1,1,0,0`);
    const { problems, problemCount } = await check(csvReader, makeCsv({ lines }));
    expect([problems.length, problemCount]).toEqual([1_000, 3_000]);
    expect(problems.at(-1)?.line).toBe(1_001);
  });

  it('says what is wrong in both languages, with the value short and harmless', async () => {
    const { problems } = await check(
      csvReader,
      makeCsv({ lines: [`L,,0011004411,CARD,1,\u202e${'5'.repeat(200)}\u0007,0,0`] }),
    );
    expect(problems).toEqual([
      {
        line: 2,
        field: 'amount',
        value: `\\u202E${'5'.repeat(63)}…`,
        code: 'invalid_number',
        message: { vi: expect.stringContaining('số nguyên'), en: expect.stringContaining('whole number') },
      },
    ]);
  });

  it('goes on with the lines behind a wrong header field, and stops where they cannot be judged', async () => {
    const lines = ['L,,0011004411,CASH,1,1,0,0'];
    const wrongDay = makeCsv({ header: GOOD_HEADER.replace('2026-10-10', '2027-01-01'), lines });
    expect(brief((await check(csvReader, wrongDay)).problems)).toEqual([
      '1/businessDate/business_date_in_future',
      '2/channel/unknown_channel',
    ]);
    const noGranularity = makeCsv({ header: GOOD_HEADER.replace('stall', 'shop'), lines });
    expect(brief((await check(csvReader, noGranularity)).problems)).toEqual(['1/granularity/invalid_granularity']);
  });

  it('gives the header early and the verdict last', async () => {
    const kinds: string[] = [];
    for await (const step of checkSteps(csvReader, chunksOf(makeCsv(), [50]), { today: TODAY })) kinds.push(step.kind);
    expect([kinds[0], kinds.at(-1)]).toEqual(['header', 'verdict']);
    expect(kinds.filter((kind) => kind !== 'lines')).toEqual(['header', 'verdict']);
  });

  it('hands on only lines that break no rule', async () => {
    const lines = ['L,,0011004411,CARD,1,1,0,0', 'L,,0011004411,CARD,1,1,0,0', 'L,,0011004412,CARD,1,0,0,0'];
    for await (const step of checkSteps(csvReader, chunksOf(makeCsv({ lines })), { today: TODAY })) {
      if (step.kind === 'lines') expect(step.lines.map(({ line }) => line)).toEqual([2]);
    }
  });
});

describe('one altered byte', () => {
  const GOOD = makeCsv({
    lines: [
      'L,CHO7K2M9QX1,,VIETQR_TRANSFER,12,1850000,0,0',
      'L,,0011004411223,CARD,1,45000,0,0',
      'L,,"KioT662A",WALLET,2,70000,1,5000',
      'L,,1234567890123456789,MOBILE_MONEY,2147483647,999999999999999,0,0',
    ],
  });

  /** What a spreadsheet's reader would make of it: no rule, no order, only sums. */
  function naiveTotals(bytes: Buffer): Record<TotalField, bigint> {
    const rows = bytes
      .toString('utf8')
      .split(/\r?\n/)
      .filter((row) => /^"?L/.test(row));
    const column = (index: number): bigint =>
      rows.reduce((sum, row) => sum + BigInt((row.split(',')[index] ?? '').replaceAll('"', '') || 0), 0n);
    const [transactionCount = 0n, amount = 0n, reversalCount = 0n, reversalAmount = 0n] = [4, 5, 6, 7].map(column);
    return { lineCount: BigInt(rows.length), transactionCount, amount, reversalCount, reversalAmount };
  }

  async function survives(bytes: Buffer): Promise<void> {
    const { verdict, totals } = await check(csvReader, bytes);
    if (verdict === 'ACCEPTED') expect(totals).toEqual(naiveTotals(bytes));
  }

  it('is never accepted with other totals than anybody would read', async () => {
    const original = Buffer.from(GOOD);
    const change = fc.record({
      at: fc.nat(original.length),
      how: fc.constantFrom('replace', 'insert', 'delete'),
      byte: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(...Buffer.from('0123456789,"\r\nLTH '))),
    });
    const property = fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 2 }), async (changes) => {
      let bytes = original;
      for (const { at, how, byte } of changes) {
        const [before, after] = [bytes.subarray(0, at), bytes.subarray(how === 'insert' ? at : at + 1)];
        bytes = Buffer.concat([before, how === 'delete' ? Buffer.alloc(0) : Buffer.of(byte), after]);
      }
      await survives(bytes);
    });
    await fc.assert(property, { numRuns: 3_000, seed: 20261122 });
  });

  it('is never accepted when the file is cut', async () => {
    for (let length = 0; length < GOOD.length - 1; length += 1) {
      expect((await check(csvReader, GOOD.slice(0, length))).verdict).toBe('REJECTED');
    }
    expect((await check(csvReader, GOOD)).verdict).toBe('ACCEPTED');
  });

  it('never changes a digit of a figure unseen', async () => {
    const body = GOOD.indexOf('\n') + 1;
    for (const { index } of GOOD.slice(body).matchAll(/(?<=,)[0-9]+(?=[,\n])/g)) {
      const at = body + index;
      const other = GOOD.slice(0, at) + (GOOD[at] === '9' ? '8' : '9') + GOOD.slice(at + 1);
      const { verdict, totals } = await check(csvReader, other);
      // An account's digit may change; a figure's may not.
      if (verdict === 'ACCEPTED') expect(totals).toEqual((await check(csvReader, GOOD)).totals);
    }
  });
});
