import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { runAs } from '../platform/actor';
import { Metrics } from '../platform/health/metrics';
import type { VerificationRow } from './audit-verifications.repository';
import { AuditWatch } from './audit-watch';

/** Two lines to set alarms on. Read from the database, so that every process tells the same. */
@Injectable()
export class AuditMetrics {
  constructor(
    private readonly watch: AuditWatch,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    metrics.watch('cho40_audit_broken', '1 when the last run over the audit trail found it broken', async () => {
      const run = await this.last();
      return run && (run.ok ? 0 : 1);
    });
    metrics.watch('cho40_audit_verified_age_seconds', 'Age of the last run over the audit trail', async () => {
      const run = await this.last();
      return run && (this.clock.now().getTime() - run.at.getTime()) / 1_000;
    });
  }

  private last(): Promise<VerificationRow | undefined> {
    return runAs({ kind: 'system', id: 'metrics' }, () => this.watch.last());
  }
}
