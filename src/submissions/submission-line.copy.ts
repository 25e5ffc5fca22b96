import type { BusinessDay } from '../kernel/business-day';
import { BUCKETS, type Placement } from './attribution.rules';
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
  const target = place.bucket === 'suspense' ? (line.stallCode ?? line.account ?? line.marketCode) : '\\N';
  return (
    `${submission.businessDate}\t${submission.no}\t${line.line}\t${channel}\t${BUCKETS[place.bucket]}\t${reason}\t` +
    `${place.marketNo}\t${place.stallNo}\t${line.transactionCount}\t${line.reversalCount}\t${line.amount}\t` +
    `${line.reversalAmount}\t${target}\n`
  );
}
