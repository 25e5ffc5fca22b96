import { z } from 'zod';
import { type BusinessDay, businessDaySchema } from '../kernel/business-day';
import { textField } from '../kernel/text-field';
import { pageQuery } from '../platform/http/page';
import { CALENDARS } from './period.rules';

const instant = z.iso.datetime().meta({ description: 'UTC instant', example: '2026-11-15T02:00:00.000Z' });
const calendar = z.enum(CALENDARS).meta({
  description: 'administrative: from the 15th of the month before to the 14th; calendar: first to last day',
  example: 'administrative',
});
const month = z
  .string()
  .regex(/^(?:19|2[0-9])[0-9]{2}-(?:0[1-9]|1[0-2])$/)
  .meta({ description: 'The month that names the period, YYYY-MM', example: '2026-10' });

export const closingInputSchema = z
  .strictObject({ calendar, month, note: textField(500, 'Theo báo cáo tháng 10 đã ký').optional() })
  .meta({ id: 'PeriodClosingInput' });

export const closedPeriodSchema = z
  .object({
    id: z.uuid().meta({ example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' }),
    calendar,
    month,
    from: businessDaySchema,
    to: businessDaySchema,
    note: z.string().nullable().meta({ example: 'Theo báo cáo tháng 10 đã ký' }),
    closedBy: z.string().meta({ description: 'Name of who closed it', example: 'Trần Văn Minh' }),
    closedAt: instant,
    reopenedBy: z.string().nullable().meta({ example: null }),
    reopenedAt: instant.nullable(),
    reopenReason: z.string().nullable().meta({ example: null }),
  })
  .meta({ id: 'ClosedPeriod' });

export const periodsQuerySchema = z.strictObject({
  ...pageQuery,
  from: businessDaySchema.optional().describe('Only periods that hold this or a later day'),
  to: businessDaySchema.optional().describe('Only periods that hold this or an earlier day'),
});

export type ClosingInput = z.infer<typeof closingInputSchema>;
export type ClosedPeriod = z.infer<typeof closedPeriodSchema>;
export type PeriodsQuery = z.infer<typeof periodsQuerySchema>;

/** The first day of the month that the wire names. */
export function firstDayOf(monthText: string): BusinessDay {
  return `${monthText}-01` as BusinessDay;
}
