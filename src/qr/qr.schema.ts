import { z } from 'zod';
import { businessDaySchema } from '../kernel/business-day';
import { stallCodeSchema } from '../kernel/stall-code';
import { textField } from '../kernel/text-field';
import { pageQuery } from '../platform/http/page';

const instant = z.iso.datetime().meta({ description: 'UTC instant', example: '2026-10-10T02:00:00.000Z' });
const serial = z.string().meta({ description: 'Serial on the card, with a check digit', example: '0000000018' });

export const issueInputSchema = z
  .strictObject({
    stallCodes: z
      .array(stallCodeSchema)
      .min(1)
      .max(5_000)
      .optional()
      .meta({ description: 'Only these stalls; absent: every stall that may have a code and has none' }),
  })
  .meta({ id: 'QrIssueInput' });

export const reissueInputSchema = z
  .strictObject({ reason: textField(500, 'Thẻ bị mất') })
  .meta({ id: 'QrReissueInput' });

export const massReissueInputSchema = z
  .strictObject({
    stallCodes: z
      .array(stallCodeSchema)
      .min(1)
      .max(5_000)
      .optional()
      .meta({ description: 'Only these stalls; absent: every stall of the market that has a code' }),
    reason: textField(500, 'Thẻ in sai khổ'),
  })
  .meta({ id: 'QrMassReissueInput' });

const skippedSchema = z.array(
  z.object({
    stallCode: stallCodeSchema,
    stallNumber: z.string().meta({ example: 'Ô 12A' }),
    code: z.string().meta({ example: 'account_unverified' }),
    message: z.string().meta({ example: 'Tài khoản thụ hưởng chưa được xác minh.' }),
    messageEn: z.string().meta({ example: 'The payout account is not verified.' }),
  }),
);

export const issueResultSchema = z
  .object({ issued: z.int().meta({ example: 45 }), skipped: skippedSchema })
  .meta({ id: 'QrIssueResult' });

export const massReissueResultSchema = z
  .object({ reissued: z.int().meta({ example: 12 }), skipped: skippedSchema })
  .meta({ id: 'QrMassReissueResult' });

export const qrIssueSchema = z
  .object({
    serial,
    issueNo: z.int().meta({ description: 'First, second … code of the stall', example: 1 }),
    stallCode: z.string().meta({ example: 'CHO7K2M9QX1' }),
    stallNumber: z.string().meta({ example: 'Ô 12A' }),
    marketCode: z.string().meta({ example: '92ST041' }),
    vendorName: z.string().meta({ example: 'Hộ kinh doanh Quách Kim Sen' }),
    bankName: z.string().meta({ example: 'Vietcombank' }),
    accountMasked: z.string().meta({ example: '****2582' }),
    holderName: z.string().meta({ example: 'QUACH KIM SEN' }),
    issuedOn: businessDaySchema,
    state: z.enum(['active', 'retired']),
    retiredAt: instant.nullable(),
    retiredReason: z.string().nullable().meta({ example: null }),
  })
  .meta({ id: 'QrIssue' });

export const issuesQuerySchema = z.strictObject({ ...pageQuery, state: z.enum(['active', 'retired']).optional() });

export const cardPackInputSchema = z
  .strictObject({
    layout: z.enum(['a4_sheet', 'a6_card']).meta({
      description: 'a4_sheet: cards to cut, several on a page; a6_card: one card a page',
      example: 'a4_sheet',
    }),
  })
  .meta({ id: 'CardPackInput' });

export const cardPackSchema = z
  .object({
    id: z.uuid().meta({ example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' }),
    marketCode: z.string().meta({ example: '92ST041' }),
    layout: z.enum(['a4_sheet', 'a6_card']),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']).meta({ example: 'done' }),
    phase: z.enum(['drawing', 'checking']).meta({ description: 'What the job is doing', example: 'checking' }),
    done: z.int().meta({ description: 'Cards done in this phase', example: 45 }),
    total: z.int().meta({ example: 45 }),
    errorCode: z.string().nullable().meta({ example: null }),
    errorDetail: z.string().nullable().meta({ example: null }),
    fileName: z.string().nullable().meta({ example: 'the-qr-92ST041-20261010.pdf' }),
    byteCount: z.string().nullable().meta({ example: '184320' }),
    requestedAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'CardPack' });

export const packsQuerySchema = z.strictObject({ ...pageQuery });

export type IssueInput = z.infer<typeof issueInputSchema>;
export type ReissueInput = z.infer<typeof reissueInputSchema>;
export type IssueResult = z.infer<typeof issueResultSchema>;
export type MassReissueInput = z.infer<typeof massReissueInputSchema>;
export type MassReissueResult = z.infer<typeof massReissueResultSchema>;
export type QrIssue = z.infer<typeof qrIssueSchema>;
export type IssuesQuery = z.infer<typeof issuesQuerySchema>;
export type CardPackInput = z.infer<typeof cardPackInputSchema>;
export type CardPack = z.infer<typeof cardPackSchema>;
export type PacksQuery = z.infer<typeof packsQuerySchema>;
