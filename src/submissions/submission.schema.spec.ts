import * as fc from 'fast-check';
import { z } from 'zod';
import { brief, check } from '../../test/factories/submission-text';
import { jsonReader } from './readers/json.reader';
import { submissionBodySchema } from './submission.schema';

const HEADER = {
  version: 1,
  bankBin: '970436',
  reference: 'VCB-1',
  businessDate: '2026-10-10',
  part: 1,
  revision: 1,
  granularity: 'stall',
};
const LINE = { account: '0011004411223', channel: 'CARD', transactionCount: 1, amount: '45000' };
const TRAILER = { lineCount: 1, transactionCount: 1, amount: '45000', reversalCount: 0, reversalAmount: 0 };

/** What only the rules know: facts about the day, about several lines, or about the totals of all of them. */
const BEYOND_THE_SCHEMA = [
  'business_date_in_future',
  'business_date_too_old',
  'duplicate_line',
  'control_total_mismatch',
];

async function agree(body: unknown): Promise<void> {
  const { problems } = await check(jsonReader, JSON.stringify(body));
  const found = problems.filter(({ code }) => !BEYOND_THE_SCHEMA.includes(code));
  const parsed = submissionBodySchema.safeParse(JSON.parse(JSON.stringify(body)));
  expect({ valid: parsed.success, found: brief(found) }).toEqual({
    valid: found.length === 0,
    found: parsed.success ? [] : brief(found),
  });
}

/** Values at and around every border, of every JSON type. */
const VALUE = fc.constantFrom<unknown>(
  undefined, null, true, {}, [], '', '0', '1', 0, 1, 2, -1, '-1', '01', '1.5', 1.5, 999, 1000, '999', '1000',
  2_147_483_647, 2_147_483_648, '2147483647', '2147483648', 999_999_999_999_999, 1_000_000_000_000_000,
  '999999999999999', '1000000000000000', '9'.repeat(18), '9'.repeat(19), 'stall', 'market', 'CARD', 'card',
  '0011004411223', 'KioT662A', '12345', '1'.repeat(19), '1'.repeat(20), 'CHO7K2M9QX1', 'CHO7K2M9QX4', '92ST001',
  '2026-10-10', '2026-02-30', '10/10/2026', '970436', '97043', 970436, 'VCB-1', 'VCB 1', 'x'.repeat(64), 'x'.repeat(65),
); // prettier-ignore

const changed = (record: object, names: readonly string[]): fc.Arbitrary<object> =>
  fc
    .array(fc.tuple(fc.constantFrom(...names), VALUE), { maxLength: 2 })
    .map((changes) => ({ ...record, ...Object.fromEntries(changes) }));

describe('the schema of the JSON form', () => {
  it('agrees with the rules on bodies with wrong and border values', async () => {
    const body = fc.record({
      header: changed(HEADER, [...Object.keys(HEADER), 'x']),
      lines: fc.array(
        changed(LINE, [...Object.keys(LINE), 'stallCode', 'marketCode', 'reversalCount', 'reversalAmount', 'x']),
        { maxLength: 3 },
      ),
      trailer: changed(TRAILER, [...Object.keys(TRAILER), 'x']),
    });
    await fc.assert(fc.asyncProperty(body, agree), { numRuns: 3_000, seed: 20261122 });
  });

  it('agrees with the rules on every single value of every field', async () => {
    const values = fc.sample(VALUE, { numRuns: 500, seed: 1 });
    for (const value of new Set(values)) {
      for (const field of Object.keys(HEADER)) {
        await agree({ header: { ...HEADER, [field]: value }, lines: [], trailer: TRAILER });
      }
      for (const field of [...Object.keys(LINE), 'stallCode', 'marketCode', 'reversalCount', 'reversalAmount']) {
        await agree({ header: HEADER, lines: [{ ...LINE, [field]: value }], trailer: TRAILER });
      }
      for (const field of Object.keys(TRAILER)) {
        await agree({ header: HEADER, lines: [LINE], trailer: { ...TRAILER, [field]: value } });
      }
    }
  });

  it.each([
    [
      'by market',
      {
        header: { ...HEADER, granularity: 'market' },
        lines: [{ ...LINE, account: undefined, marketCode: '92ST001' }],
        trailer: TRAILER,
      },
    ],
    ['no lines', { header: HEADER, trailer: TRAILER }],
    ['no header', { lines: [], trailer: TRAILER }],
    ['no trailer', { header: HEADER, lines: [] }],
    ['a property more', { header: HEADER, lines: [], trailer: TRAILER, x: 1 }],
    ['lines that are none', { header: HEADER, lines: [null, 'L', []], trailer: TRAILER }],
    ['1 001 lines', { header: HEADER, lines: Array(1_001).fill(LINE), trailer: TRAILER }],
  ])('agrees with the rules: %s', async (_name, body) => {
    await agree(body);
  });

  it('has an example that passes both, and reads as JSON Schema', async () => {
    const { example } = submissionBodySchema.meta() as { example: unknown };
    expect(submissionBodySchema.safeParse(example).success).toBe(true);
    expect((await check(jsonReader, JSON.stringify(example))).verdict).toBe('ACCEPTED');
    expect(z.toJSONSchema(submissionBodySchema)).toMatchObject({
      additionalProperties: false,
      required: ['header', 'lines', 'trailer'],
    });
  });
});
