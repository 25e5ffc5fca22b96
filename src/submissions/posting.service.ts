import { Injectable, Logger } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Database, execute, type Tx } from '../platform/db/database';
import { Metrics } from '../platform/health/metrics';
import { AttributionRepository } from './attribution.repository';
import { Booking, type Posting } from './booking';
import { ClosedPeriodService } from './closed-period.service';
import { type Cell, CellSums, negated, type StallSums } from './figures';
import { LedgerRepository } from './ledger.repository';
import { LineCopy } from './line-copy';
import { LineTargets } from './line-target';
import { readerOf } from './readers/reader-of-format';
import { type CheckOptions, type CheckResult, checkSteps } from './submission.check';
import { SubmissionBodyRepository } from './submission-body.repository';
import type { BankBin } from '../kernel/bank-bin';
import { type CurrentSubmission, type OpenSubmission, SubmissionsRepository } from './submissions.repository';

/** A submission of 1.5 million lines takes minutes, not hours. */
const POSTING_LIMIT_MS = 1_800_000;

/** What became of a submission, for the job's log line. */
export interface PostingOutcome {
  readonly state: 'ACCEPTED' | 'REJECTED' | 'SUPERSEDED' | 'held' | 'nothing_to_do';
  readonly lines: number;
}

interface Posted extends PostingOutcome {
  readonly state: Exclude<PostingOutcome['state'], 'nothing_to_do'>;
  readonly bankBin: string;
}

/**
 * Judges a received submission and books it: lines, ledger, rollups, state and audit in one transaction. A reader sees
 * the day before or after, never between (robustness R2); killed at any statement, it leaves nothing and is done again.
 */
@Injectable()
export class PostingService {
  private readonly logger = new Logger(PostingService.name);

  constructor(
    private readonly database: Database,
    private readonly submissions: SubmissionsRepository,
    private readonly bodies: SubmissionBodyRepository,
    private readonly ledger: LedgerRepository,
    private readonly attribution: AttributionRepository,
    private readonly targets: LineTargets,
    private readonly closedPeriods: ClosedPeriodService,
    private readonly audit: AuditService,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  /** Safe to call any number of times, also at once: one of the calls does the work. */
  async process(id: string): Promise<PostingOutcome> {
    const claimed = await this.database.write((tx) => this.claim(tx, id));
    if (!claimed) return { state: 'nothing_to_do', lines: 0 };
    const done = await this.database.write((tx) => this.post(tx, id), { limitMs: POSTING_LIMIT_MS });
    if (!done) return { state: 'nothing_to_do', lines: 0 };
    this.metrics.countSubmission(done.bankBin, done.state);
    this.logger.log({ submission: id, state: done.state, lines: done.lines });
    return { state: done.state, lines: done.lines };
  }

  /** Takes the submission up. The month's partition is made here: its making locks the table, and postings are long. */
  private async claim(tx: Tx, id: string): Promise<boolean> {
    const day = await this.submissions.claim(tx, id, this.clock.now());
    if (day !== null) await this.ledger.ensurePartition(tx, day);
    return day !== null;
  }

  private async post(tx: Tx, id: string): Promise<Posted | null> {
    const submission = await this.submissions.lockOpen(tx, id);
    if (!submission) return null;
    const { bankBin } = submission;
    await this.submissions.lockPart(tx, submission);
    await execute(tx, 'SAVEPOINT lines');
    const posting = await this.bookLines(tx, submission);
    const lines = Number(posting.result.totals.lineCount);
    if (posting.result.verdict === 'REJECTED') {
      await execute(tx, 'ROLLBACK TO SAVEPOINT lines');
      await this.reject(tx, submission, posting.result);
      return { state: 'REJECTED', lines, bankBin };
    }
    const current = await this.submissions.currentOf(tx, submission);
    if (await this.closedPeriods.mustWait(tx, submission, current)) {
      await execute(tx, 'ROLLBACK TO SAVEPOINT lines');
      await this.closedPeriods.hold(tx, submission, posting.result.totals);
      return { state: 'held', lines, bankBin };
    }
    return { state: await this.accept(tx, submission, posting, current), lines, bankBin };
  }

  /** Brings the body through reader, rules and attribution into the lines table, summing as it goes. */
  private async bookLines(tx: Tx, submission: OpenSubmission): Promise<Posting> {
    const directory = await this.attribution.load(tx, submission.bankBin, submission.businessDate);
    const copy = new LineCopy((rows) => this.ledger.copyLines(tx, submission.businessDate, rows));
    const booking = new Booking(submission, directory, this.targets);
    const bytes = this.bodies.read(tx, submission, () => copy.idle());
    try {
      for await (const step of checkSteps(readerOf(submission.format), bytes, headerIsGood(submission))) {
        if (step.kind === 'verdict') {
          if (step.header === null) throw new Error(`the stored body of ${submission.id} has lost its header`);
          await copy.end();
          return booking.posting(step);
        }
        // A submission with a problem counts nothing: the rest is read for its problems only.
        if (step.kind === 'lines' && step.problemCount === 0) await copy.add(booking.rowsOf(step.lines));
      }
    } finally {
      await copy.settle();
    }
    throw new Error('a check always ends with its verdict');
  }

  private async reject(tx: Tx, submission: OpenSubmission, result: CheckResult): Promise<void> {
    await this.submissions.insertProblems(tx, submission.id, result.problems);
    await this.submissions.reject(tx, submission.id, result.problemCount, this.clock.now());
    await this.record(tx, submission, 'submission_rejected', { problemCount: result.problemCount });
  }

  private async accept(
    tx: Tx,
    submission: OpenSubmission,
    posting: Posting,
    current: CurrentSubmission | undefined,
  ): Promise<'ACCEPTED' | 'SUPERSEDED'> {
    const { id, bankBin, businessDate: day, no, revision } = submission;
    const now = this.clock.now();
    await this.submissions.accept(tx, id, posting.result.totals, now);
    if (current && current.revision > revision) {
      // A higher revision overtook this one: it was accepted, and is replaced already.
      await this.submissions.supersede(tx, id, current.id, now);
      await this.record(tx, submission, 'submission_superseded', { by: current.id });
      return 'SUPERSEDED';
    }
    const change = new CellSums();
    const ours = posting.cells.sorted();
    ours.forEach((cell) => change.add(cell));
    if (current) await this.replace(tx, submission, current, change, posting.stalls, now);
    await this.ledger.post(tx, { bankBin, day }, no, 'accepted', now, ours);
    await this.submissions.makeCurrent(tx, submission);
    await this.ledger.addToRollups(tx, { bankBin, day }, change.sorted());
    await this.ledger.addToStallMonths(tx, day, posting.stalls.sorted());
    await this.record(tx, submission, 'submission_accepted', posting.result.totals);
    return 'ACCEPTED';
  }

  /** Takes the former revision out: its entries negated in the ledger, the rollups moved by the difference alone. */
  private async replace(
    tx: Tx,
    submission: OpenSubmission,
    former: { id: string; no: bigint },
    change: CellSums,
    stalls: StallSums,
    now: Date,
  ): Promise<void> {
    const { id, bankBin, businessDate: day } = submission;
    const gone: Cell[] = (await this.ledger.cellsOf(tx, former.no)).map(negated);
    gone.forEach((cell) => change.add(cell));
    for (const stall of await this.ledger.stallsOf(tx, former.no, day)) {
      stalls.add({ ...stall, transactionCount: -stall.transactionCount, amount: -stall.amount });
    }
    await this.ledger.post(tx, { bankBin, day }, former.no, 'superseded', now, gone);
    await this.submissions.supersede(tx, former.id, id, now);
  }

  private record(tx: Tx, submission: OpenSubmission, action: string, after: object): Promise<void> {
    const { id, reference, businessDate, part, revision } = submission;
    const what = { reference, businessDate, part, revision };
    return this.audit.record(tx, { action, subjectType: 'submission', subjectId: id, after: { ...what, ...after } });
  }
}

/**
 * The header was judged when it came in. Whatever has changed since – the day, the horizon – its own day is neither in
 * the future nor too old.
 */
function headerIsGood({ businessDate, headerBin }: OpenSubmission): CheckOptions {
  return { today: businessDate, signedBy: headerBin as BankBin };
}
