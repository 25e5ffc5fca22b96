import type { BusinessDay } from '../kernel/business-day';
import { BUCKETS, type Placement, TARGET_KINDS } from './attribution.rules';
import type { SubmissionLine } from './submission.types';

/**
 * One row of COPY text for `submission_lines`. Codes and accounts are letters and digits, so nothing needs escaping;
 * they are kept in suspense only, where the line still has to find its stall.
 */
export function copyRow(
  submission: { readonly businessDate: BusinessDay; readonly no: bigint },
  line: SubmissionLine,
  channel: number,
  place: Placement,
  reason: number,
): string {
  return (
    `${submission.businessDate}\t${submission.no}\t${line.line}\t${channel}\t${BUCKETS[place.bucket]}\t${reason}\t` +
    `${place.marketNo}\t${place.stallNo}\t${line.transactionCount}\t${line.reversalCount}\t${line.amount}\t` +
    `${line.reversalAmount}\t${place.bucket === 'suspense' ? targetOf(line) : NO_TARGET}\n`
  );
}

const NO_TARGET = '\\N\t\\N';

function targetOf({ stallCode, account, marketCode }: SubmissionLine): string {
  if (stallCode !== null) return `${TARGET_KINDS.stallCode}\t${stallCode}`;
  if (account !== null) return `${TARGET_KINDS.account}\t${account}`;
  return `${TARGET_KINDS.marketCode}\t${marketCode}`;
}
