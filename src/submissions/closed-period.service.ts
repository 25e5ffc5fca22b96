import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { PeriodsService } from '../periods/periods.service';
import type { Tx } from '../platform/db/database';
import { problem } from './submission.problems';
import type { ControlTotals } from './submission.types';
import { type CurrentSubmission, type OpenSubmission, SubmissionsRepository } from './submissions.repository';

/**
 * A correction, or a late first file, for a day whose figures are final: found right, it waits until a second person
 * has let it in, and is then judged and booked as ever; refused, it is REJECTED (robustness §4, two people).
 */
@Injectable()
export class ClosedPeriodService {
  constructor(
    private readonly periods: PeriodsService,
    private readonly submissions: SubmissionsRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether a submission that breaks no rule must not be booked yet. What it says holds until the end of the
   * transaction: no period is closed or opened meanwhile.
   */
  async mustWait(tx: Tx, submission: OpenSubmission, current: CurrentSubmission | undefined): Promise<boolean> {
    const overtaken = current !== undefined && current.revision > submission.revision;
    const closed = await this.periods.settle(tx, submission.businessDate);
    return closed && !overtaken && submission.releasedAt === null;
  }

  /** Puts it aside. Nothing of it counts. */
  async hold(tx: Tx, submission: OpenSubmission, totals: ControlTotals): Promise<void> {
    await this.submissions.hold(tx, submission.id, this.clock.now());
    await this.record(tx, submission, 'submission_held', { reason: 'closed_period', ...totals });
  }

  /** Lets one that waits into its closed period. @returns false when it does not wait (any more) */
  async release(tx: Tx, id: string): Promise<boolean> {
    const submission = await this.submissions.lockHeld(tx, id);
    if (!submission) return false;
    await this.submissions.release(tx, id, this.clock.now());
    await this.record(tx, submission, 'submission_released', {});
    return true;
  }

  /** The closed figures stay. @returns false when it does not wait (any more) */
  async refuse(tx: Tx, id: string, reason: string): Promise<boolean> {
    const submission = await this.submissions.lockHeld(tx, id);
    if (!submission) return false;
    await this.submissions.insertProblems(tx, id, [problem('closed_period_refused')]);
    await this.submissions.reject(tx, id, 1, this.clock.now());
    await this.record(tx, submission, 'submission_rejected', { problemCount: 1 }, reason);
    return true;
  }

  private record(tx: Tx, submission: OpenSubmission, action: string, facts: object, reason?: string): Promise<void> {
    const { id, reference, businessDate, part, revision } = submission;
    const after = { reference, businessDate, part, revision, ...facts };
    return this.audit.record(tx, { action, subjectType: 'submission', subjectId: id, after, reason });
  }
}
