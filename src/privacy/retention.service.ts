import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { addDays, startOfDay } from '../kernel/business-day';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { currentActor } from '../platform/actor';
import { Database, type Tx } from '../platform/db/database';
import { PurgeOutdated } from './privacy.errors';
import { RetentionRepository } from './retention.repository';
import { DEFAULT_RETENTION_DAYS, RETENTION_RULES, type RetentionRule } from './retention.rules';
import type { Purged, Retention, RetentionRuleAnswer } from './retention.schema';

/** Records one purge may take at a time: it stays within the time of a request. */
const PURGE_AT_ONCE = 5_000;

/** For how long what is kept. Looking is the dry run; a purge takes what was looked at, and says who had it done. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly database: Database,
    private readonly retention: RetentionRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Every rule with what it would take today; changes nothing. */
  dryRun(): Promise<Retention> {
    return this.database.read(async (tx) => {
      const rules: RetentionRuleAnswer[] = [];
      for (const rule of RETENTION_RULES) rules.push(await this.describe(tx, rule));
      return { rules };
    });
  }

  setDays(rule: RetentionRule, days: number): Promise<RetentionRuleAnswer> {
    return this.database.write(async (tx) => {
      const before = await this.daysOf(tx, rule);
      await this.retention.set(tx, rule, days);
      await this.audit.record(tx, {
        action: 'retention_changed',
        subjectType: 'retention_rule',
        subjectId: rule,
        before: { days: before },
        after: { days },
      });
      return this.describe(tx, rule);
    });
  }

  /**
   * Removes what is due, at most {@link PURGE_AT_ONCE}.
   * @param due how many were due when the person looked
   * @throws PurgeOutdated when it is another number by now
   */
  purge(rule: RetentionRule, due: number): Promise<Purged> {
    return this.database.write(async (tx) => {
      const { due: found, olderThan } = await this.describe(tx, rule);
      if (found !== due) throw new PurgeOutdated(found);
      const purged = Math.min(due, PURGE_AT_ONCE);
      const now = this.clock.now();
      await this.retention.purge(tx, rule, { before: startOfDay(olderThan), limit: PURGE_AT_ONCE, now });
      await this.retention.record(tx, {
        id: this.ids.uuid(),
        rule,
        olderThan,
        purged,
        by: currentActor().id,
        at: now,
      });
      await this.audit.record(tx, {
        action: 'retention_purged',
        subjectType: 'retention_rule',
        subjectId: rule,
        after: { purged, olderThan },
      });
      return { purged };
    });
  }

  private async describe(tx: Tx, rule: RetentionRule): Promise<RetentionRuleAnswer> {
    const days = await this.daysOf(tx, rule);
    const olderThan = addDays(this.clock.today(), -days);
    return { rule, days, olderThan, due: await this.retention.due(tx, rule, startOfDay(olderThan)) };
  }

  private async daysOf(tx: Tx, rule: RetentionRule): Promise<number> {
    return (await this.retention.settings(tx))[rule] ?? DEFAULT_RETENTION_DAYS[rule];
  }
}
