import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Database } from '../platform/db/database';
import { JobHandlers } from '../platform/queue/job-handlers';
import { JobQueue } from '../platform/queue/job-queue';
import { Sweepers } from '../platform/queue/sweepers';
import { ClearLedgerService } from './clear-ledger.service';
import { ClosedPeriodService } from './closed-period.service';
import { PostingService } from './posting.service';
import { SubmissionBodyRepository } from './submission-body.repository';
import { SubmissionsRepository } from './submissions.repository';
import { SuspenseService } from './suspense.service';
import { WithdrawalService } from './withdrawal.service';

/** A submission not touched for this long has been forgotten by the queue. */
const FORGOTTEN_AFTER_MS = 20_000;
const SWEEP_BATCH = 200;
/** No request streams its body for longer than this. */
const ORPHANED_AFTER_MS = 86_400_000;
/** How far back orphans are looked for: a system that was down for a month still finds its own. */
const LOOKED_FOR_MS = 60 * 86_400_000;

/** What the queue calls, and what is looked for in the database because a queue may forget. */
@Injectable()
export class ProcessSubmissionProcessor {
  constructor(
    handlers: JobHandlers,
    sweepers: Sweepers,
    private readonly posting: PostingService,
    suspense: SuspenseService,
    withdrawals: WithdrawalService,
    closedPeriods: ClosedPeriodService,
    clearLedger: ClearLedgerService,
    private readonly bodies: SubmissionBodyRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly database: Database,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    handlers.handle('process-submission', async ({ submissionId }) => {
      const { state, lines } = await this.posting.process(submissionId);
      return { state, lines };
    });
    sweepers.add({ name: 'clear-ledger', sweep: () => clearLedger.seal() });
    sweepers.add({ name: 'held-submissions', sweep: () => closedPeriods.remind() });
    sweepers.add({ name: 'submissions', sweep: () => this.ringForForgotten() });
    sweepers.add({ name: 'withdrawn-consents', sweep: () => withdrawals.apply() });
    sweepers.add({ name: 'suspense', sweep: () => suspense.resolve() });
    sweepers.add({ name: 'submission-bodies', sweep: () => this.purgeBodies() });
  }

  private async ringForForgotten(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - FORGOTTEN_AFTER_MS);
    const forgotten = await this.database.read((tx) => this.submissions.forgotten(tx, before, SWEEP_BATCH));
    for (const { id } of forgotten) await this.queue.ring('process-submission', { submissionId: id });
    return forgotten.length;
  }

  private purgeBodies(): Promise<number> {
    const madeBefore = (ms: number): string => this.ids.uuidAt(new Date(this.clock.now().getTime() - ms));
    return this.bodies.purgeOrphans({ fromId: madeBefore(LOOKED_FOR_MS), beforeId: madeBefore(ORPHANED_AFTER_MS) });
  }
}
