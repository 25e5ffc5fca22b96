import { z } from 'zod';
import { bankBinSchema } from '../kernel/bank-bin';
import { businessDaySchema } from '../kernel/business-day';
import { vndSchema } from '../kernel/vnd';

export const TOTALS_BY = ['market', 'commune', 'bank', 'channel', 'day', 'month'] as const;
export type TotalsBy = (typeof TOTALS_BY)[number];

const count = (example: string) =>
  z
    .string()
    .regex(/^[0-9]+$/)
    .meta({ description: 'A count, as a string of digits', example });
const instant = z.iso.datetime().meta({ description: 'UTC instant', example: '2026-10-11T03:00:00.000Z' });

export const totalsQuerySchema = z.strictObject({
  from: businessDaySchema,
  to: businessDaySchema,
  by: z.enum(TOTALS_BY).default('market').meta({ example: 'market' }),
  marketCode: z.string().max(16).optional().meta({ description: 'Only this market', example: '92ST041' }),
});

export const coverageSchema = z
  .object({
    expectedBanks: z.int().meta({ description: 'Institutions with an agreement in the period', example: 3 }),
    expectedReports: z.int().meta({ description: 'Bank-days that were due', example: 180 }),
    receivedReports: z.int().meta({ description: 'Of those, how many are complete', example: 179 }),
    missing: z.array(
      z.object({
        bankBin: bankBinSchema,
        bankName: z.string().meta({ example: 'Vietcombank' }),
        days: z.array(businessDaySchema),
      }),
    ),
    suspenseAmount: vndSchema,
    suspenseShare: z
      .string()
      .meta({ description: 'Share of the declared amount that waits in suspense, as a decimal', example: '0.0123' }),
    asOf: instant,
  })
  .meta({ id: 'Coverage', description: 'How complete a total is; part of every total' });

const figures = {
  lineCount: count('900'),
  transactionCount: count('10996'),
  amount: vndSchema.describe('Declared: attributed + market-only + suspense, whole đồng'),
  reversalCount: count('34'),
  reversalAmount: vndSchema,
  attributedAmount: vndSchema,
  marketOnlyAmount: vndSchema,
  suspenseAmount: vndSchema,
};
export const figuresSchema = z.object(figures).meta({ id: 'Figures' });

export const totalsSchema = z
  .object({
    from: businessDaySchema,
    to: businessDaySchema,
    by: z.enum(TOTALS_BY),
    coverage: coverageSchema,
    rows: z.array(
      z.object({
        key: z.string().nullable().meta({
          description: 'Code of the market, commune, bank or channel, or the day; null: suspense',
          example: '92ST041',
        }),
        name: z.string().nullable().meta({ example: 'Chợ Nhu Gia' }),
        complete: z.boolean().optional().meta({ description: 'By day: every expected bank has reported' }),
        ...figures,
      }),
    ),
    total: figuresSchema,
  })
  .meta({ id: 'Totals' });

export const overviewQuerySchema = z.strictObject({
  day: businessDaySchema.optional().describe('Last day of the 30 that are shown; default yesterday'),
});

export const overviewSchema = z
  .object({
    day: businessDaySchema,
    markets: z.object({
      total: z.int().meta({ example: 124 }),
      launched: z.int().meta({ description: 'Launched or operating', example: 9 }),
      byState: z.array(z.object({ state: z.string().meta({ example: 'planned' }), count: z.int() })),
    }),
    stalls: z.object({
      operating: z.int().meta({ example: 1600 }),
      withVerifiedAccount: z.int().meta({ example: 1550 }),
      withQr: z.int().meta({ description: 'Operating stalls with an active code', example: 1540 }),
      withCredit30Days: z
        .int()
        .meta({ description: 'Of those, with a stall-level credit in the 30 days', example: 1210 }),
    }),
    takings: z.object({
      from: businessDaySchema,
      to: businessDaySchema,
      ...figures,
      previousAmount: vndSchema.describe('The 30 days before'),
      coverage: coverageSchema,
    }),
    attention: z.array(
      z.object({
        kind: z
          .enum(['suspense_lines', 'missing_reports', 'rejected_submissions', 'accounts_to_verify'])
          .meta({ example: 'suspense_lines' }),
        count: z.int().meta({ example: 29 }),
      }),
    ),
  })
  .meta({ id: 'Overview' });

export const calendarQuerySchema = z.strictObject({ from: businessDaySchema, to: businessDaySchema });

export const bankCalendarSchema = z
  .object({
    from: businessDaySchema,
    to: businessDaySchema,
    banks: z.array(
      z.object({
        bankBin: bankBinSchema,
        bankName: z.string().meta({ example: 'Vietcombank' }),
        days: z.array(
          z.object({
            day: businessDaySchema,
            status: z
              .enum(['on_time', 'late', 'corrected', 'missing', 'pending', 'not_expected'])
              .meta({ example: 'on_time' }),
            parts: z.int().meta({ description: 'Parts accepted', example: 1 }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'BankCalendar' });

export type TotalsQuery = z.infer<typeof totalsQuerySchema>;
export type Totals = z.infer<typeof totalsSchema>;
export type TotalsFigures = z.infer<typeof figuresSchema>;
export type Coverage = z.infer<typeof coverageSchema>;
export type Overview = z.infer<typeof overviewSchema>;
export type BankCalendar = z.infer<typeof bankCalendarSchema>;
