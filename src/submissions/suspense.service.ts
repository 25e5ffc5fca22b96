import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Database, type Tx } from '../platform/db/database';
import { AttributionRepository } from './attribution.repository';
import { type AttributionDirectory, BUCKETS, type Placement, placeKnown, REASONS } from './attribution.rules';
import { CellSums, negated, StallSums } from './figures';
import { LedgerRepository } from './ledger.repository';
import { type CurrentSubmission, type PartOfDay, SubmissionsRepository } from './submissions.repository';
import { type SuspenseLine, type SuspenseMove, SuspenseRepository } from './suspense.repository';

/** Lines looked at together. */
const BATCH = 5_000;
const SEARCH_LIMIT_MS = 60_000;
const MOVE_LIMIT_MS = 600_000;

/**
 * Suspense that empties itself: when the register has learned a stall or an account, exactly the lines it explains move
 * to their place, on their business date, with a ledger entry and an audit entry (bank-contract §4).
 */
@Injectable()
export class SuspenseService {
  constructor(
    private readonly database: Database,
    private readonly suspense: SuspenseRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly attribution: AttributionRepository,
    private readonly ledger: LedgerRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Looks for lines that the register explains by now and moves them. Safe to repeat. @returns lines moved */
  async resolve(): Promise<number> {
    const parts = await this.database.read((tx) => this.suspense.explainable(tx), { limitMs: SEARCH_LIMIT_MS });
    let moved = 0;
    for (const part of parts) {
      moved += await this.database.write((tx) => this.resolvePart(tx, part), { limitMs: MOVE_LIMIT_MS });
    }
    return moved;
  }

  private async resolvePart(tx: Tx, part: PartOfDay): Promise<number> {
    // A posting at work on the part places its lines by today's register itself; the next sweep looks again.
    if (!(await this.submissions.tryLockPart(tx, part))) return 0;
    // Looked up again under the lock: a new revision may have replaced the one that was seen.
    const current = await this.submissions.currentOf(tx, part);
    if (!current) return 0;
    const directory = await this.attribution.load(tx, part.bankBin, part.businessDate);
    const change = { lines: 0, cells: new CellSums(), stalls: new StallSums() };
    for (let after = 0, more = true; more;) {
      const lines = await this.suspense.lines(tx, current.no, part.businessDate, after, BATCH);
      await this.moveLines(tx, current.no, part, lines, directory, change);
      more = lines.length === BATCH;
      after = lines.at(-1)?.line ?? 0;
    }
    if (change.lines > 0) await this.book(tx, part, current, change);
    return change.lines;
  }

  /** Moves the lines that have a place now, and gives the others the reason that holds now. */
  private async moveLines(
    tx: Tx,
    submissionNo: bigint,
    { businessDate }: PartOfDay,
    lines: readonly SuspenseLine[],
    directory: AttributionDirectory,
    change: Change,
  ): Promise<void> {
    const moves = lines
      .map((line) => ({ line, place: placeKnown(line, directory) }))
      .filter(({ line, place }) => REASONS[place.reason] !== line.reason);
    if (moves.length === 0) return;
    await this.suspense.move(tx, submissionNo, businessDate, moves.map(moveRow));
    for (const { line, place } of moves) if (place.bucket !== 'suspense') noteMove(change, line, place);
  }

  /** Once for all lines of the part, so that rows are locked in the order of their keys. */
  private async book(tx: Tx, part: PartOfDay, current: CurrentSubmission, change: Change): Promise<void> {
    const { bankBin, businessDate: day } = part;
    const cells = change.cells.sorted();
    await this.ledger.post(tx, { bankBin, day }, current.no, 'resolved', this.clock.now(), cells);
    await this.ledger.addToRollups(tx, { bankBin, day }, cells);
    await this.ledger.addToStallMonths(tx, day, change.stalls.sorted());
    await this.audit.record(tx, {
      action: 'suspense_resolved',
      subjectType: 'submission',
      subjectId: current.id,
      after: { businessDate: day, lines: change.lines },
    });
  }
}

/** What leaving suspense changes. */
interface Change {
  lines: number;
  readonly cells: CellSums;
  readonly stalls: StallSums;
}

function moveRow({ line, place }: { line: SuspenseLine; place: Placement }): SuspenseMove {
  const { marketNo, stallNo } = place;
  return { line: line.line, bucket: BUCKETS[place.bucket], reason: REASONS[place.reason], marketNo, stallNo };
}

/** Out of suspense, into the new place: the cells of both, and what the stall is credited. */
function noteMove(change: Change, line: SuspenseLine, place: Placement): void {
  const figures = {
    channel: line.channelNo,
    lineCount: 1n,
    transactionCount: BigInt(line.transactionCount),
    amount: line.amount,
    reversalCount: BigInt(line.reversalCount),
    reversalAmount: line.reversalAmount,
  };
  change.lines += 1;
  change.cells.add(negated({ marketNo: 0, bucket: BUCKETS.suspense, ...figures }));
  change.cells.add({ marketNo: place.marketNo, bucket: BUCKETS[place.bucket], ...figures });
  if (place.bucket === 'attributed') change.stalls.add({ ...place, ...figures });
}
