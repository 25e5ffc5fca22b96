import { z } from 'zod';
import type { ApprovalKind, ApprovalSummary, AskedFor } from '../approvals/approval-kind';
import type { Bilingual } from '../kernel/errors';
import type { OpenSubmission } from './submissions.repository';

/** What was asked: which submission, and what counted then and would count. Figures are digits, amounts whole đồng. */
export const closedPeriodPayload = z.strictObject({
  submissionId: z.uuid(),
  /** The submission that counts for this bank, day and part; null: none was ever accepted. */
  replaces: z.uuid().nullable(),
  before: z.strictObject({ transactionCount: z.string(), amount: z.string() }),
  after: z.strictObject({ transactionCount: z.string(), amount: z.string() }),
});
export type ClosedPeriodPayload = z.infer<typeof closedPeriodPayload>;
export type SupersedeClosed = ApprovalKind<ClosedPeriodPayload>;

/** Who may do what with a request to let a submission into a closed period. */
export const SUPERSEDE_CLOSED = {
  kind: 'closed_period_supersede',
  payload: closedPeriodPayload,
  request: 'submission.read',
  decide: 'submission.read',
  see: 'submission.read',
} as const satisfies Partial<SupersedeClosed>;

/** What the second person reads. */
export function summaryOf(
  submission: Pick<OpenSubmission, 'reference' | 'businessDate' | 'revision'> & { readonly bankName: string },
  { payload }: Pick<AskedFor<ClosedPeriodPayload>, 'payload'>,
): ApprovalSummary {
  const { bankName, reference, businessDate, revision } = submission;
  const day = businessDate.split('-').reverse().join('/');
  const replacing = payload.replaces !== null;
  return {
    sentence: {
      vi: replacing
        ? `${bankName} thay số liệu ngày ${day} đã chốt bằng bản sửa ${revision} (${reference}).`
        : `${bankName} gửi muộn số liệu ngày ${day} của kỳ đã chốt (${reference}).`,
      en: replacing
        ? `${bankName} replaces the closed figures of ${day} by revision ${revision} (${reference}).`
        : `${bankName} reports ${day}, a day of a closed period, late (${reference}).`,
    },
    facts: [
      fact({ vi: 'Số giao dịch', en: 'Transactions' }, replacing, payload, 'transactionCount'),
      fact({ vi: 'Giá trị (đồng)', en: 'Value (đồng)' }, replacing, payload, 'amount'),
    ],
  };
}

function fact(
  label: Bilingual,
  replacing: boolean,
  { before, after }: ClosedPeriodPayload,
  figure: 'transactionCount' | 'amount',
): ApprovalSummary['facts'][number] {
  return { label, before: replacing ? grouped(before[figure]) : null, after: grouped(after[figure]) };
}

/** `1.234.567`, as Vietnamese screens write numbers. */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, '.');
}
