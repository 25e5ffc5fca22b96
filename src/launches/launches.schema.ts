import { z } from 'zod';
import { businessDaySchema } from '../kernel/business-day';
import { textField } from '../kernel/text-field';
import { launchStateSchema } from './launch.rules';

const instant = z.iso.datetime().meta({ description: 'UTC instant', example: '2026-10-10T02:00:00.000Z' });

export const transitionInputSchema = z
  .strictObject({
    toState: launchStateSchema,
    onDay: businessDaySchema.describe('Vietnamese day on which the step happened'),
    leadAgency: textField(200, 'Sở Công Thương', 'Agency in charge (cơ quan chủ trì)'),
    reason: textField(1_000, 'Đủ điều kiện theo biên bản kiểm tra ngày 05/10/2026'),
    decisionNumber: textField(60, '2145/QĐ-UBND', 'Required for a launch').optional(),
    place: textField(200, 'Cổng chính Chợ Nhu Gia').optional(),
    overrideReason: textField(500, 'UBND tỉnh yêu cầu ra mắt trước ngày 10/10').optional().meta({
      description: 'Why a market that is not eligible is scheduled or launched: then a second person decides',
    }),
  })
  .meta({ id: 'LaunchTransitionInput' });

export const transitionSchema = z
  .object({
    fromState: launchStateSchema,
    toState: launchStateSchema,
    onDay: businessDaySchema,
    leadAgency: z.string().meta({ example: 'Sở Công Thương' }),
    reason: z.string().meta({ example: 'Đủ điều kiện theo biên bản kiểm tra ngày 05/10/2026' }),
    decisionNumber: z.string().nullable().meta({ example: '2145/QĐ-UBND' }),
    place: z.string().nullable().meta({ example: 'Cổng chính Chợ Nhu Gia' }),
    actor: z.string().meta({ description: 'Name of who recorded it', example: 'Nguyễn Thị Lan' }),
    recordedAt: instant,
  })
  .meta({ id: 'LaunchTransition' });

export const launchSchema = z
  .object({
    marketCode: z.string().meta({ example: '92ST041' }),
    state: launchStateSchema,
    stateSince: businessDaySchema,
    allowedNext: z.array(launchStateSchema),
    overrides: z
      .array(launchStateSchema)
      .meta({ description: 'Steps past the criteria, which take a reason and a second person' }),
    pendingOverride: z
      .uuid()
      .nullable()
      .meta({ description: 'The request to pass the criteria that waits for a second person', example: null }),
    history: z.array(transitionSchema).meta({ description: 'Newest first' }),
  })
  .meta({ id: 'Launch' });

export const launchBoardSchema = z
  .object({
    columns: z.array(
      z.object({
        state: launchStateSchema,
        total: z.int().meta({ example: 12 }),
        markets: z.array(
          z.object({
            code: z.string().meta({ example: '92ST041' }),
            name: z.string().meta({ example: 'Chợ Nhu Gia' }),
            communeName: z.string().nullable().meta({ example: 'Xã Nhu Gia' }),
            class: z.int().nullable().meta({ description: 'Class by decision', example: 3 }),
            stateSince: businessDaySchema,
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'LaunchBoard' });

export type TransitionInput = z.infer<typeof transitionInputSchema>;
export type Launch = z.infer<typeof launchSchema>;
export type LaunchBoard = z.infer<typeof launchBoardSchema>;
