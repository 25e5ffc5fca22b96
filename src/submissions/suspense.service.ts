import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Database, type Tx } from '../platform/db/database';
import { AttributionRepository } from './attribution.repository';
import { BUCKETS, type Placement, placeLine, REASONS } from './attribution.rules';
import { CellSums, negated, StallSums } from './figures';
import { LedgerRepository } from './ledger.repository';
import { SubmissionsRepository } from './submissions.repository';
import { type SuspenseDay, type SuspenseLine, SuspenseRepository } from './suspense.repository';

/** Lines moved at most per submission and run; the next run takes the rest. */
const BATCH = 5_000;

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
    const days = await this.database.read((tx) => this.suspense.explainable(tx));
    let moved = 0;
    for (const day of days) moved += await this.database.write((tx) => this.resolveDay(tx, day));
    return moved;
  }

  private async resolveDay(tx: Tx, { bankBin, day, part }: SuspenseDay): Promise<number> {
    await this.submissions.lockPart(tx, bankBin, day, part);
    // Looked up again under the lock: a new revision may have replaced the one that was seen.
    const current = await this.submissions.currentOf(tx, bankBin, day, part);
    if (!current) return 0;
    const lines = await this.suspense.lines(tx, current.no, day, BATCH);
    const directory = await this.attribution.load(tx, bankBin, day);
    const moves = lines
      .map((line) => ({ line, place: placeLine(line, directory) }))
      .filter(({ place }) => place.bucket !== 'suspense');
    if (moves.length === 0) return 0;
    await this.suspense.move(tx, current.no, day, moves.map(moveRow));
    const change = changeOf(moves);
    await this.ledger.post(tx, { bankBin, day }, current.no, 'resolved', this.clock.now(), change.cells);
    await this.ledger.addToRollups(tx, { bankBin, day }, change.cells);
    await this.ledger.addToStallMonths(tx, day, change.stalls);
    await this.audit.record(tx, {
      action: 'suspense_resolved',
      subjectType: 'submission',
      subjectId: current.id,
      after: { businessDate: day, lines: moves.length },
    });
    return moves.length;
  }
}

interface Move {
  readonly line: SuspenseLine;
  readonly place: Placement;
}

function moveRow({ line, place }: Move) {
  const { marketNo, stallNo } = place;
  return { line: line.line, bucket: BUCKETS[place.bucket], reason: REASONS[place.reason], marketNo, stallNo };
}

/** Out of suspense, into the new place: the cells of both, and what stalls are credited. */
function changeOf(moves: readonly Move[]) {
  const cells = new CellSums();
  const stalls = new StallSums();
  for (const { line, place } of moves) {
    const figures = {
      channel: line.channelNo,
      lineCount: 1n,
      transactionCount: BigInt(line.transactionCount),
      amount: line.amount,
      reversalCount: BigInt(line.reversalCount),
      reversalAmount: line.reversalAmount,
    };
    cells.add(negated({ marketNo: 0, bucket: BUCKETS.suspense, ...figures }));
    cells.add({ marketNo: place.marketNo, bucket: BUCKETS[place.bucket], ...figures });
    if (place.bucket === 'attributed') stalls.add({ ...place, ...figures });
  }
  return { cells: cells.sorted(), stalls: stalls.sorted() };
}
