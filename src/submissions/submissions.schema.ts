import { z } from 'zod';
import { bankBinSchema } from '../kernel/bank-bin';
import { businessDaySchema } from '../kernel/business-day';
import { stallCodeSchema } from '../kernel/stall-code';
import { vndSchema } from '../kernel/vnd';
import { pageQuery } from '../platform/http/page';
import { BUCKETS, REASONS } from './attribution.rules';
import { FORMATS } from './readers/reader-of-format';
import { CHANNELS, GRANULARITIES } from './submission.types';

export const SUBMISSION_STATES = ['RECEIVED', 'PROCESSING', 'ACCEPTED', 'REJECTED', 'SUPERSEDED'] as const;

const id = z.uuid().meta({ example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' });
const instant = z.iso.datetime().meta({ description: 'UTC instant', example: '2026-10-11T00:12:30.000Z' });
const count = (example: string) =>
  z
    .string()
    .regex(/^[0-9]+$/)
    .meta({ description: 'A count, as a string of digits', example });
const names = <T extends object>(table: T) => Object.keys(table) as [keyof T & string, ...(keyof T & string)[]];

const identity = {
  id,
  bankBin: bankBinSchema,
  reference: z.string().meta({ example: 'VCB-20261010-0001' }),
  businessDate: businessDaySchema,
  part: z.int().meta({ example: 1 }),
  revision: z.int().meta({ example: 1 }),
  granularity: z.enum(GRANULARITIES),
  format: z.enum(FORMATS).meta({ example: 'csv' }),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({
      description: 'SHA-256 of the body as received',
      example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    }),
  byteCount: count('38254'),
  bodyLineCount: z.int().meta({ description: 'Physical lines of the body', example: 902 }),
  receivedAt: instant,
};

/** Proof that a submission is held; answered only once it is durable. */
export const receiptSchema = z
  .object({
    ...identity,
    duplicateOf: id.optional().describe('The same file was received before: this is its first receipt'),
  })
  .meta({ id: 'SubmissionReceipt' });

export const figuresSchema = z
  .object({
    lineCount: count('900'),
    transactionCount: count('10996'),
    amount: vndSchema,
    reversalCount: count('34'),
    reversalAmount: vndSchema,
  })
  .meta({ id: 'SubmissionFigures' });

export const problemItemSchema = z
  .object({
    line: z
      .int()
      .nullable()
      .meta({ description: 'Physical line of a text file or index of a JSON line, from 1', example: 79 }),
    field: z.string().nullable().meta({ example: 'amount' }),
    value: z
      .string()
      .nullable()
      .meta({ description: 'As sent, for the bank that sent it; to others identifiers are masked', example: '-5' }),
    code: z.string().meta({ example: 'invalid_number' }),
    message: z.string().meta({ description: 'Vietnamese', example: 'Không phải số nguyên hợp lệ.' }),
    messageEn: z.string().meta({ description: 'English', example: 'Not a whole number.' }),
  })
  .meta({ id: 'SubmissionProblem' });

export const dryRunSchema = z
  .object({
    verdict: z.enum(['ACCEPTED', 'REJECTED']),
    totals: figuresSchema,
    problemCount: z.int().meta({ example: 0 }),
    problems: z.array(problemItemSchema),
    duplicateOf: id.optional().describe('The same file was received before: it would be answered with that receipt'),
  })
  .meta({ id: 'SubmissionDryRun' });

export const submissionSchema = z
  .object({
    ...identity,
    bankName: z.string().meta({ example: 'Vietcombank' }),
    state: z.enum(SUBMISSION_STATES).meta({ example: 'ACCEPTED' }),
    declared: figuresSchema.nullable().meta({ description: 'Control totals; null until judged right' }),
    buckets: z
      .object({ attributed: figuresSchema, marketOnly: figuresSchema, suspense: figuresSchema })
      .nullable()
      .meta({ description: 'Where the declared figures stand; they add up to declared. Null unless ACCEPTED' }),
    problemCount: z.int().meta({ example: 0 }),
    heldAt: instant
      .nullable()
      .meta({ description: 'Its day lies in a closed period: since when it waits for approval', example: null }),
    acceptedAt: instant.nullable(),
    rejectedAt: instant.nullable(),
    supersededAt: instant.nullable(),
    supersededBy: id.nullable(),
  })
  .meta({ id: 'Submission' });

export const lineItemSchema = z
  .object({
    line: z.int().meta({ example: 2 }),
    status: z.enum(names(BUCKETS)).meta({ example: 'suspense' }),
    reason: z.enum(names(REASONS)).meta({ example: 'unknown_account' }),
    target: z.string().nullable().meta({
      description: 'Code or account as reported, kept in suspense only; the account masked, save to its bank',
      example: '****4385',
    }),
    stallCode: z.string().nullable().meta({ description: 'When attributed', example: null }),
    marketCode: z.string().nullable().meta({ example: null }),
    channel: z.enum(CHANNELS),
    transactionCount: count('12'),
    amount: vndSchema,
    reversalCount: count('0'),
    reversalAmount: vndSchema,
  })
  .meta({ id: 'SubmissionLineItem' });

export const suspenseItemSchema = lineItemSchema
  .extend({
    submissionId: id,
    reference: z.string().meta({ example: 'VCB-20261010-0001' }),
    bankBin: bankBinSchema,
    bankName: z.string().meta({ example: 'Vietcombank' }),
    businessDate: businessDaySchema,
  })
  .meta({ id: 'SuspenseItem' });

export const bankStallSchema = z
  .object({
    stallCode: stallCodeSchema,
    account: z.string().meta({ example: '0011004411223' }),
    marketCode: z.string().meta({ example: '92ST041' }),
    stallNumber: z.string().meta({ example: 'Ô 12A' }),
    holderName: z.string().nullable().meta({ example: 'QUACH KIM SEN' }),
    verified: z.boolean(),
  })
  .meta({ id: 'BankStall' });

export const postQuerySchema = z.strictObject({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'true: run every check and keep nothing', example: 'false' }),
});
export const submissionsQuerySchema = z.strictObject({
  ...pageQuery,
  bankBin: bankBinSchema.optional(),
  state: z.enum(SUBMISSION_STATES).optional(),
  from: businessDaySchema.optional(),
  to: businessDaySchema.optional(),
  q: z.string().max(64).optional().meta({ description: 'Part of the reference', example: 'VCB-2026' }),
});
export const problemsQuerySchema = z.strictObject({ ...pageQuery });
export const linesQuerySchema = z.strictObject({ ...pageQuery, status: z.enum(names(BUCKETS)).optional() });
export const suspenseQuerySchema = z.strictObject({
  ...pageQuery,
  bankBin: bankBinSchema.optional(),
  reason: z.enum(names(REASONS)).optional(),
  from: businessDaySchema.optional(),
  to: businessDaySchema.optional(),
});
export const stallsQuerySchema = z.strictObject({ ...pageQuery });

export type Receipt = z.infer<typeof receiptSchema>;
export type SubmissionAnswer = z.infer<typeof submissionSchema>;
export type ProblemItem = z.infer<typeof problemItemSchema>;
export type LineItem = z.infer<typeof lineItemSchema>;
export type SuspenseItem = z.infer<typeof suspenseItemSchema>;
export type BankStall = z.infer<typeof bankStallSchema>;
export type SubmissionsQuery = z.infer<typeof submissionsQuerySchema>;
export type LinesQuery = z.infer<typeof linesQuerySchema>;
export type SuspenseQuery = z.infer<typeof suspenseQuerySchema>;
export type PageQuery = z.infer<typeof problemsQuerySchema>;
