import type { BusinessDay } from '../kernel/business-day';
import { BUCKETS, type Placement } from './attribution.rules';
import type { SubmissionLine } from './submission.types';

/**
 * One row of COPY text for `submission_lines`.
 * @param target what the line named, as COPY text (see `LineTargets`)
 */
export function copyRow(
  submission: { readonly businessDate: BusinessDay; readonly no: bigint },
  line: SubmissionLine,
  channel: number,
  place: Placement,
  reason: number,
  target: string,
): string {
  return (
    `${submission.businessDate}\t${submission.no}\t${line.line}\t${channel}\t${BUCKETS[place.bucket]}\t${reason}\t` +
    `${place.marketNo}\t${place.stallNo}\t${line.transactionCount}\t${line.reversalCount}\t${line.amount}\t` +
    `${line.reversalAmount}\t${target}\n`
  );
}
