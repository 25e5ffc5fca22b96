import { Injectable } from '@nestjs/common';
import { JobHandlers, type JobNote } from '../platform/queue/job-handlers';
import { JobQueue } from '../platform/queue/job-queue';
import { Sweepers } from '../platform/queue/sweepers';
import { AuditWatch } from './audit-watch';

/** When the chain is looked over: at the first sweep of a Vietnamese day, as a job of its own, since it may take minutes. */
@Injectable()
export class AuditSchedule {
  constructor(
    private readonly watch: AuditWatch,
    private readonly queue: JobQueue,
    sweepers: Sweepers,
    handlers: JobHandlers,
  ) {
    sweepers.add({ name: 'audit-watch', sweep: () => this.ringWhenDue() });
    handlers.handle('verify-audit', (_payload, stopping) => this.lookOver(stopping));
  }

  private async ringWhenDue(): Promise<number> {
    if (!(await this.watch.isDue())) return 0;
    await this.queue.ring('verify-audit', {});
    return 1;
  }

  /** Rung twice, or left over from yesterday: the second run finds nothing due. */
  private async lookOver(stopping: AbortSignal): Promise<JobNote> {
    if (!(await this.watch.isDue())) return { due: false };
    const { ok, position, problem } = await this.watch.lookOver(stopping);
    return problem ? { ok, position, problem: problem.code, at: problem.position } : { ok, position };
  }
}
