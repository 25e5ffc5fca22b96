import { type AttributionDirectory, BUCKETS, placeLine, REASONS } from './attribution.rules';
import { CellSums, StallSums } from './figures';
import type { CheckResult } from './submission.check';
import { type LineTargets, NO_TARGET } from './line-target';
import { copyRow } from './submission-line.copy';
import { CHANNELS, type SubmissionLine } from './submission.types';
import type { OpenSubmission } from './submissions.repository';

/** What a submission comes to: its verdict, and what it adds to the ledger if it is accepted. */
export interface Posting {
  readonly result: CheckResult;
  readonly cells: CellSums;
  readonly stalls: StallSums;
}

/** Places the lines of one submission and sums them per cell and stall; holds sums, never lines. */
export class Booking {
  private readonly cells = new CellSums();
  private readonly stalls = new StallSums();

  constructor(
    private readonly submission: OpenSubmission,
    private readonly directory: AttributionDirectory,
    private readonly targets: LineTargets,
  ) {}

  /** The rows of the lines as COPY text. */
  rowsOf(lines: readonly SubmissionLine[]): string {
    let text = '';
    for (const line of lines) text += this.rowOf(line);
    return text;
  }

  posting(result: CheckResult): Posting {
    return { result, cells: this.cells, stalls: this.stalls };
  }

  private rowOf(line: SubmissionLine): string {
    const place = placeLine(line, this.directory);
    const { stallNo, marketNo } = place;
    const channel = CHANNELS.indexOf(line.channel) + 1;
    this.cells.addLine({ marketNo, channel, bucket: BUCKETS[place.bucket] }, line);
    if (place.bucket === 'attributed') {
      this.stalls.add({ stallNo, marketNo, transactionCount: BigInt(line.transactionCount), amount: line.amount });
    }
    // Kept in suspense only, where the line still has to find its stall.
    const target = place.bucket === 'suspense' ? this.targets.copyText(this.submission.no, line) : NO_TARGET;
    return copyRow(this.submission, line, channel, place, REASONS[place.reason], target);
  }
}
