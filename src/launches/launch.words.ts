import type { ApprovalFact, ApprovalSummary } from '../approvals/approval-kind';
import type { Bilingual } from '../kernel/errors';
import type { LaunchState } from './launch.rules';
import type { TransitionInput } from './launches.schema';

/** States as sentences name them. */
const WORDS: Readonly<Record<LaunchState, Bilingual>> = {
  proposed: { vi: 'đề xuất', en: 'proposed' },
  surveyed: { vi: 'đã khảo sát', en: 'surveyed' },
  planned: { vi: 'trong kế hoạch', en: 'planned' },
  preparing: { vi: 'đang chuẩn bị', en: 'preparing' },
  eligible: { vi: 'đủ điều kiện', en: 'eligible' },
  scheduled: { vi: 'đã lên lịch', en: 'scheduled' },
  launched: { vi: 'đã ra mắt', en: 'launched' },
  operating: { vi: 'đang hoạt động', en: 'operating' },
  suspended: { vi: 'tạm dừng', en: 'suspended' },
  withdrawn: { vi: 'đã rút', en: 'withdrawn' },
  closed: { vi: 'đã đóng', en: 'closed' },
};

/** What the second person reads before a market passes its criteria by. */
export function overrideSummary(
  from: LaunchState,
  step: Pick<TransitionInput, 'toState' | 'onDay' | 'decisionNumber'>,
): ApprovalSummary {
  const [before, after] = [WORDS[from], WORDS[step.toState]];
  const day = step.onDay.split('-').reverse().join('/');
  const facts: ApprovalFact[] = [{ label: { vi: 'Ngày', en: 'Day' }, before: null, after: day }];
  const decision = { vi: 'Số quyết định', en: 'Decision' };
  if (step.decisionNumber) facts.push({ label: decision, before: null, after: step.decisionNumber });
  return {
    sentence: {
      vi: `Chợ chưa được xác nhận đủ điều kiện nhưng chuyển thẳng từ "${before.vi}" sang "${after.vi}" ngày ${day}.`,
      en: `The market was not found eligible and still moves from "${before.en}" to "${after.en}" on ${day}.`,
    },
    facts,
  };
}
