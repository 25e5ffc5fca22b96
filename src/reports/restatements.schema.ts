import { z } from 'zod';
import { bankBinSchema } from '../kernel/bank-bin';
import { businessDaySchema } from '../kernel/business-day';
import { pageQuery } from '../platform/http/page';
import { closedPeriodSchema } from '../periods/periods.schema';

const difference = (example: string) =>
  z
    .string()
    .regex(/^-?[0-9]+$/)
    .meta({ description: 'A difference, as a string of digits with its sign', example });

const differences = {
  lineCount: difference('0'),
  transactionCount: difference('-12'),
  amount: difference('-1850000').describe('Whole đồng'),
  reversalCount: difference('0'),
  reversalAmount: difference('0'),
  attributedAmount: difference('-1850000'),
  marketOnlyAmount: difference('0'),
  suspenseAmount: difference('0'),
};
export const differencesSchema = z.object(differences).meta({ id: 'FiguresDifference' });

export const closedFiguresSchema = closedPeriodSchema
  .extend({
    asClosed: differencesSchema.describe('The figures that were closed'),
    restated: differencesSchema.describe('What entered since'),
    now: differencesSchema.describe('As closed and restated together'),
  })
  .meta({ id: 'ClosedPeriodFigures' });

export const restatementSchema = z
  .object({
    at: z.iso.datetime().meta({ description: 'UTC instant', example: '2026-11-20T03:00:00.000Z' }),
    cause: z
      .enum(['accepted', 'superseded', 'resolved', 'consent_withdrawn'])
      .meta({ description: 'accepted and superseded: a revision took the place of another', example: 'resolved' }),
    submissionId: z.uuid(),
    reference: z.string().meta({ example: 'VCB-20261010-0001' }),
    bankBin: bankBinSchema,
    bankName: z.string().meta({ example: 'Vietcombank' }),
    businessDate: businessDaySchema,
    ...differences,
  })
  .meta({ id: 'Restatement', description: 'What one event changed in a closed period' });

export const restatementsQuerySchema = z.strictObject(pageQuery);

export type FiguresDifference = z.infer<typeof differencesSchema>;
export type ClosedFigures = z.infer<typeof closedFiguresSchema>;
export type Restatement = z.infer<typeof restatementSchema>;
export type RestatementsQuery = z.infer<typeof restatementsQuerySchema>;
