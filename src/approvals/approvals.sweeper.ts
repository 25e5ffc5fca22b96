import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { Database } from '../platform/db/database';
import { Sweepers } from '../platform/queue/sweepers';
import { ApprovalsRepository } from './approvals.repository';
import { Approvals } from './approvals.service';

const SWEEP_BATCH = 200;

/** Closes requests that nobody decided in time. */
@Injectable()
export class ApprovalsSweeper {
  constructor(
    private readonly database: Database,
    private readonly approvals: ApprovalsRepository,
    private readonly requests: Approvals,
    private readonly clock: Clock,
    sweepers: Sweepers,
  ) {
    sweepers.add({ name: 'approvals', sweep: () => this.sweep() });
  }

  /** @returns how many expired */
  sweep(): Promise<number> {
    return this.database.write(async (tx) => {
      const now = this.clock.now();
      const overdue = await this.approvals.overdue(tx, now, SWEEP_BATCH);
      for (const approval of overdue) await this.requests.expire(tx, approval, now);
      return overdue.length;
    });
  }
}
