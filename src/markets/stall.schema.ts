import { z } from 'zod';
import { businessDaySchema } from '../kernel/business-day';
import { stallCodeSchema } from '../kernel/stall-code';
import { textField } from '../kernel/text-field';
import { decimalField } from './market.schema';
import { stallNumber } from './stall-number.rules';

export const STALL_STATES = ['operating', 'paused', 'vacant', 'closed'] as const;

export const stallStateSchema = z.enum(STALL_STATES).meta({ example: 'operating' });

export const zoneIdSchema = z
  .uuid()
  .meta({ description: 'Zone of the same market', example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' });

const fields = {
  number: textField(40, 'Ô 12A', 'As painted').transform(stallNumber).meta({ example: 'Ô 12A' }),
  zoneId: zoneIdSchema.nullable(),
  tradeLine: textField(200, 'Quần áo may sẵn', 'Ngành hàng').nullable(),
  mcc: z
    .string()
    .regex(/^[0-9]{4}$/)
    .nullable()
    .meta({ description: 'ISO 18245 merchant category', example: '5651' }),
  areaM2: decimalField(6, 2, '4.8').nullable(),
  fixed: z.boolean().meta({ description: 'False for ambulant sellers, who are no fixed points', example: true }),
  soundbox: z.boolean().meta({ example: false }),
};

export const stallInputSchema = z
  .strictObject({
    ...fields,
    zoneId: fields.zoneId.default(null),
    tradeLine: fields.tradeLine.default(null),
    mcc: fields.mcc.default(null),
    areaM2: fields.areaM2.default(null),
    fixed: fields.fixed.default(true),
    soundbox: fields.soundbox.default(false),
    state: z.enum(['operating', 'paused', 'vacant']).default('operating').meta({ example: 'operating' }),
    openedOn: businessDaySchema.optional().meta({ description: 'First day it is open; today unless told' }),
  })
  .meta({
    id: 'StallInput',
    example: { number: 'Ô 12A', tradeLine: 'Quần áo may sẵn', mcc: '5651', areaM2: '4.8', openedOn: '2026-01-01' },
  });

export const stallChangeSchema = z
  .strictObject({
    ...fields,
    state: stallStateSchema,
    closedOn: businessDaySchema.meta({ description: 'With state closed: its last open day; today unless told' }),
  })
  .partial()
  .meta({ id: 'StallChange', example: { soundbox: true, state: 'operating' } });

export const stallParamSchema = z.object({ stallCode: stallCodeSchema });

export type StallInput = z.infer<typeof stallInputSchema>;
export type StallChange = z.infer<typeof stallChangeSchema>;
export type StallState = (typeof STALL_STATES)[number];
