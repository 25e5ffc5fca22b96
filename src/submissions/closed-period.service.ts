import { Injectable } from '@nestjs/common';
import { Approvals } from '../approvals/approvals.service';
import type { AskedFor } from '../approvals/approval-kind';
import { AuditService } from '../audit/audit.service';
import { isSandboxBin } from '../kernel/bank-bin';
import { Clock } from '../kernel/clock';
import { SYSTEM_SCOPE } from '../kernel/scope';
import { PeriodsService } from '../periods/periods.service';
import { runAs } from '../platform/actor';
import { Database, type Tx } from '../platform/db/database';
import { type ClosedPeriodPayload, SUPERSEDE_CLOSED, summaryOf, type SupersedeClosed } from './closed-period.kind';
import { type HeldSubmission, HeldSubmissionsRepository } from './held-submissions.repository';
import { problem } from './submission.problems';
import type { ControlTotals } from './submission.types';
import { ClosedFiguresChanged, SubmissionNotWaiting } from './submissions.errors';
import { type CurrentSubmission, type OpenSubmission, SubmissionsRepository } from './submissions.repository';

const SWEEP_BATCH = 100;

/**
 * A correction, or a late first file, for a day whose figures are final: found right, it waits until a second person
 * has let it in, and is then judged and booked as ever; refused, it is REJECTED (robustness §4, two people).
 */
@Injectable()
export class ClosedPeriodService {
  private readonly kind: SupersedeClosed;

  constructor(
    private readonly database: Database,
    private readonly periods: PeriodsService,
    private readonly submissions: SubmissionsRepository,
    private readonly held: HeldSubmissionsRepository,
    private readonly approvals: Approvals,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {
    this.kind = {
      ...SUPERSEDE_CLOSED,
      describe: async (tx, asked) => summaryOf(await this.mustWaitStill(tx, asked), asked),
      check: (tx, asked) => this.check(tx, asked),
      apply: (tx, asked) => this.release(tx, asked),
      refuse: (tx, asked, reason) => this.refuse(tx, asked, reason),
    };
    approvals.register(this.kind);
  }

  /**
   * Whether a submission that breaks no rule must not be booked yet. What it says holds until the end of the
   * transaction: no period is closed or opened meanwhile.
   */
  async mustWait(tx: Tx, submission: OpenSubmission, current: CurrentSubmission | undefined): Promise<boolean> {
    // Tests restate nothing, and nobody of the province would meet them.
    if (isSandboxBin(submission.bankBin)) return false;
    const overtaken = current !== undefined && current.revision > submission.revision;
    const closing = await this.periods.closingOf(tx, submission.businessDate);
    return closing !== undefined && !overtaken && submission.releasedAt === null;
  }

  /** Puts it aside and asks for the second person. Nothing of it counts. */
  async hold(tx: Tx, submission: OpenSubmission, totals: ControlTotals): Promise<void> {
    await this.held.hold(tx, submission.id, totals, this.clock.now());
    await this.record(tx, submission, 'submission_held', { reason: 'closed_period', ...totals });
    await this.ask(tx, submission.id);
  }

  /**
   * A request that nobody decided in time, or that the figures outran, is made again; what waits for a period that is
   * open again, or was overtaken by a higher revision, waits no more. Safe to repeat. @returns how many submissions it looked after
   */
  async remind(): Promise<number> {
    const ids = await this.database.read((tx) => this.unasked(tx));
    for (const id of ids) await this.database.write((tx) => this.ask(tx, id));
    return ids.length;
  }

  private async unasked(tx: Tx): Promise<string[]> {
    const ids = await this.held.waiting(tx, SWEEP_BATCH);
    const pending = await this.approvals.pending(tx, SUPERSEDE_CLOSED, 'submission', ids);
    return ids.filter((id) => !pending.has(id));
  }

  private async ask(tx: Tx, id: string): Promise<void> {
    const submission = await this.held.lock(tx, id);
    if (!submission) return;
    const closing = await this.periods.closingOf(tx, submission.businessDate);
    const { bankBin, reference, businessDate, revision, formerRevision } = submission;
    const overtaken = formerRevision !== null && formerRevision > revision;
    if (!closing || overtaken) return this.letIn(tx, submission);
    // The bank asks, by what it sent; it is none of the two people.
    await runAs({ kind: 'bank', id: bankBin, scope: SYSTEM_SCOPE }, () =>
      this.approvals.request(tx, this.kind, {
        subject: { type: 'submission', id },
        area: { provinceCode: closing.provinceCode },
        payload: payloadOf(submission),
        reason: `${reference}, ${businessDate}`,
      }),
    );
  }

  /** @throws SubmissionNotWaiting, ClosedFiguresChanged when another revision was accepted since the request */
  private async check(tx: Tx, asked: AskedFor<ClosedPeriodPayload>): Promise<void> {
    const submission = await this.mustWaitStill(tx, asked);
    if (submission.replaces !== asked.payload.replaces) throw new ClosedFiguresChanged();
  }

  private async release(tx: Tx, asked: AskedFor<ClosedPeriodPayload>): Promise<void> {
    await this.letIn(tx, await this.mustWaitStill(tx, asked));
  }

  /** Booked by the next sweep, which takes it up at once: it has waited long enough. */
  private async letIn(tx: Tx, submission: HeldSubmission): Promise<void> {
    await this.held.release(tx, submission.id, this.clock.now());
    await this.record(tx, submission, 'submission_released', {});
  }

  /** The closed figures stay. */
  private async refuse(tx: Tx, asked: AskedFor<ClosedPeriodPayload>, reason: string): Promise<void> {
    const submission = await this.held.lock(tx, asked.payload.submissionId);
    if (!submission) return;
    await this.submissions.insertProblems(tx, submission.id, [problem('closed_period_refused')]);
    await this.submissions.reject(tx, submission.id, 1, this.clock.now());
    await this.record(tx, submission, 'submission_rejected', { problemCount: 1 }, reason);
  }

  private async mustWaitStill(tx: Tx, { payload }: AskedFor<ClosedPeriodPayload>): Promise<HeldSubmission> {
    const submission = await this.held.lock(tx, payload.submissionId);
    if (!submission) throw new SubmissionNotWaiting();
    return submission;
  }

  private record(
    tx: Tx,
    submission: Pick<OpenSubmission, 'id' | 'reference' | 'businessDate' | 'part' | 'revision'>,
    action: string,
    facts: object,
    reason?: string,
  ): Promise<void> {
    const { id, reference, businessDate, part, revision } = submission;
    const after = { reference, businessDate, part, revision, ...facts };
    return this.audit.record(tx, { action, subjectType: 'submission', subjectId: id, after, reason });
  }
}

function payloadOf(submission: HeldSubmission): ClosedPeriodPayload {
  const { id, replaces, transactionCount, amount, formerTransactionCount, formerAmount } = submission;
  return {
    submissionId: id,
    replaces,
    before: { transactionCount: String(formerTransactionCount ?? 0n), amount: String(formerAmount ?? 0n) },
    after: { transactionCount: String(transactionCount), amount: String(amount) },
  };
}
