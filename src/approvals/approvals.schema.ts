import { z } from 'zod';
import { textField } from '../kernel/text-field';
import { pageQuery } from '../platform/http/page';
import { APPROVAL_STATES } from './approval.rules';

const instant = z.iso.datetime().meta({ description: 'UTC instant', example: '2026-10-10T02:00:00.000Z' });
const kindName = z.string().meta({ description: 'What it is that takes two people', example: 'account_change' });
const stateSchema = z.enum(APPROVAL_STATES).meta({ example: 'pending' });

const bilingualSchema = z
  .object({ vi: z.string().meta({ example: 'Tài khoản nhận tiền' }), en: z.string().meta({ example: 'Account' }) })
  .meta({ id: 'Bilingual' });

export const approvalSchema = z
  .object({
    id: z.uuid().meta({ example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' }),
    kind: kindName,
    subjectType: z.string().meta({ example: 'stall' }),
    subjectId: z.string().meta({ example: 'CHO7K2M9QX1' }),
    marketCode: z.string().nullable().meta({ description: 'Null where it is about no market', example: '92ST041' }),
    marketName: z.string().nullable().meta({ example: 'Chợ Nhu Gia' }),
    sentence: bilingualSchema.meta({ description: 'What will happen' }),
    facts: z.array(
      z.object({
        label: bilingualSchema,
        before: z.string().nullable().meta({ description: 'As it was when asked', example: 'VCB ****1223' }),
        after: z.string().nullable().meta({ example: 'BIDV ****8899' }),
      }),
    ),
    reason: z.string().meta({ description: 'Why, by whoever asked', example: 'Hộ mở tài khoản kinh doanh mới' }),
    requestedBy: z.string().meta({ description: 'Name of who asked', example: 'Nguyễn Thị Lan' }),
    requestedAt: instant,
    expiresAt: instant,
    state: stateSchema,
    decidedBy: z.string().nullable().meta({ description: 'Name of the second person', example: null }),
    decidedAt: instant.nullable(),
    decisionReason: z.string().nullable().meta({ example: null }),
    failure: bilingualSchema.nullable().meta({ description: 'What had changed, where state is failed' }),
    outcome: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'What the approval made, by kind: ids only', example: null }),
    mine: z.boolean().meta({ description: 'Asked for by whoever reads this', example: false }),
    mayDecide: z.boolean().meta({ description: 'Waits, and whoever reads this may be its second person' }),
  })
  .meta({ id: 'Approval' });

export const approvalsQuerySchema = z.strictObject({
  ...pageQuery,
  state: stateSchema.optional(),
  kind: kindName.max(60).optional(),
  waiting: z
    .enum(['for_me'])
    .optional()
    .meta({ description: 'for_me: only those that whoever asks may decide now', example: 'for_me' }),
});

export const ownApprovalsQuerySchema = z.strictObject({ ...pageQuery, state: stateSchema.optional() });

export const approvalInputSchema = z
  .strictObject({ reason: textField(500, 'Đã gọi điện cho tiểu thương').optional() })
  .meta({ id: 'ApprovalInput' });

export const refusalInputSchema = z
  .strictObject({ reason: textField(500, 'Tiểu thương không đề nghị đổi') })
  .meta({ id: 'ApprovalRefusal' });

export type Approval = z.infer<typeof approvalSchema>;
export type ApprovalsQuery = z.infer<typeof approvalsQuerySchema>;
export type OwnApprovalsQuery = z.infer<typeof ownApprovalsQuerySchema>;
export type ApprovalInput = z.infer<typeof approvalInputSchema>;
export type RefusalInput = z.infer<typeof refusalInputSchema>;
