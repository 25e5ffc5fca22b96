import { z } from 'zod';
import { bankBinSchema } from '../kernel/bank-bin';
import { businessDaySchema } from '../kernel/business-day';
import { stallCodeSchema } from '../kernel/stall-code';
import { MAX_LINE_VND, vndSchema } from '../kernel/vnd';
import { MAX_JSON_LINES } from './readers/json.reader';
import { ACCOUNT, MARKET_CODE, MAX_COUNT, MAX_PART, REFERENCE } from './submission.rules';
import { CHANNELS, GRANULARITIES } from './submission.types';

/**
 * The JSON form of a submission, for the OpenAPI document and for clients. What is received is judged by the readers and
 * `submission.rules`, which also see what JSON.parse hides (`1.0`, duplicate keys); `submission.schema.spec` proves that
 * both agree on everything else.
 */

const MAX_LITERAL = Number(MAX_LINE_VND);

/** A whole number `min` … `max`: an integer literal of at most 15 digits, or a string of digits. */
function wholeNumberSchema(min: number, max: number, description: string, example: string | number) {
  const integer = z.int().min(min).max(max);
  const digits = z
    .string()
    .regex(/^(?:0|[1-9][0-9]*)$/)
    .max(15)
    .refine((text) => Number(text) >= min && Number(text) <= max, { message: `must be ${min} to ${max}` });
  return z.union([integer, digits]).meta({ description, example });
}

function countSchema(description: string, example: number) {
  return wholeNumberSchema(0, MAX_COUNT, description, example);
}

function amountSchema(description: string, example: string) {
  return wholeNumberSchema(0, MAX_LITERAL, `${description}, whole đồng, 0 … ${MAX_LITERAL}`, example);
}

/** Up to 18 digits; as an integer literal at most 15. */
function totalSchema(description: string, example: string) {
  const literal = z.int().min(0).max(MAX_LITERAL);
  return z.union([literal, vndSchema.max(18)]).meta({ description, example });
}

const submissionHeaderSchema = z
  .strictObject({
    version: z.union([z.literal(1), z.literal('1')]).meta({ description: 'Version of this contract', example: 1 }),
    bankBin: bankBinSchema.meta({ description: 'BIN of the bank that signed the request', example: '970436' }),
    reference: z
      .string()
      .regex(REFERENCE)
      .meta({ description: 'The bank’s own id of this file, unique per bank for ever', example: 'VCB-20261010-0001' }),
    businessDate: businessDaySchema.meta({
      description: 'The reported day in Asia/Ho_Chi_Minh; not in the future, not older than the horizon (400 days)',
      format: 'date',
      example: '2026-10-10',
    }),
    part: wholeNumberSchema(1, MAX_PART, 'Part of the day, 1–999', 1).optional(),
    revision: wholeNumberSchema(1, MAX_PART, 'A higher revision replaces the lower one whole, 1–999', 1).optional(),
    granularity: z
      .enum(GRANULARITIES)
      .meta({ description: 'stall: lines name stalls or accounts; market: lines name markets', example: 'stall' }),
  })
  .meta({ description: 'Who reports which day' });

const submissionLineSchema = z
  .strictObject({
    stallCode: stallCodeSchema.optional(),
    account: z
      .string()
      .regex(ACCOUNT)
      .meta({
        description: 'Beneficiary or virtual account at the header’s BIN; case matters',
        example: '0011004411223',
      })
      .optional(),
    marketCode: z
      .string()
      .regex(MARKET_CODE)
      .meta({ description: 'Only with granularity "market", instead of stallCode and account', example: '92ST001' })
      .optional(),
    channel: z.enum(CHANNELS).meta({ description: 'How the credits came', example: 'VIETQR_TRANSFER' }),
    transactionCount: countSchema('Successful credits', 12),
    amount: amountSchema('Sum of those credits; zero exactly when the count is zero', '1850000'),
    reversalCount: countSchema('Reversals; reported beside the credits, never netted', 0).optional(),
    reversalAmount: amountSchema('Sum of those reversals; zero exactly when their count is zero', '0').optional(),
  })
  .refine(namesOneKey, { message: 'exactly one of stallCode, account and marketCode is needed' })
  .refine((line) => zeroTogether(line.transactionCount, line.amount), {
    path: ['amount'],
    message: 'count and amount are zero only together',
  })
  .refine((line) => zeroTogether(line.reversalCount ?? 0, line.reversalAmount ?? 0), {
    path: ['reversalAmount'],
    message: 'count and amount are zero only together',
  })
  .meta({ description: 'One (stall, account or market) and channel; each pair at most once per submission' });

const submissionTrailerSchema = z
  .strictObject({
    lineCount: totalSchema('Number of lines', '2'),
    transactionCount: totalSchema('Sum over the lines', '13'),
    amount: totalSchema('Sum over the lines, whole đồng', '1895000'),
    reversalCount: totalSchema('Sum over the lines', '0'),
    reversalAmount: totalSchema('Sum over the lines, whole đồng', '0'),
  })
  .meta({ description: 'Control totals: must equal the lines, to the đồng' });

export const submissionBodySchema = z
  .strictObject({
    header: submissionHeaderSchema,
    lines: z
      .array(submissionLineSchema)
      .max(MAX_JSON_LINES)
      .meta({ description: 'Empty on a day on which nothing happened; more than 1 000 lines: NDJSON or CSV' }),
    trailer: submissionTrailerSchema,
  })
  .refine(keysFitGranularity, {
    path: ['lines'],
    message: 'granularity "stall" takes stallCode or account, granularity "market" takes marketCode',
  })
  .meta({
    description: 'A submission as application/json: one bank’s report for one business date',
    example: {
      header: {
        version: 1,
        bankBin: '970436',
        reference: 'VCB-20261010-0001',
        businessDate: '2026-10-10',
        part: 1,
        revision: 1,
        granularity: 'stall',
      },
      lines: [
        { stallCode: 'CHO7K2M9QX1', channel: 'VIETQR_TRANSFER', transactionCount: 12, amount: '1850000' },
        { account: '0011004411223', channel: 'CARD', transactionCount: 1, amount: '45000' },
      ],
      trailer: {
        lineCount: '2',
        transactionCount: '13',
        amount: '1895000',
        reversalCount: '0',
        reversalAmount: '0',
      },
    },
  });

interface NamedKeys {
  readonly stallCode?: string;
  readonly account?: string;
  readonly marketCode?: string;
}

function namesOneKey(line: NamedKeys): boolean {
  return [line.stallCode, line.account, line.marketCode].filter((key) => key !== undefined).length === 1;
}

function zeroTogether(count: number | string, amount: number | string): boolean {
  return (Number(count) === 0) === (Number(amount) === 0);
}

function keysFitGranularity(body: { header: { granularity: string }; lines: readonly NamedKeys[] }): boolean {
  const byMarket = body.header.granularity === 'market';
  return body.lines.every((line) => (line.marketCode !== undefined) === byMarket);
}
