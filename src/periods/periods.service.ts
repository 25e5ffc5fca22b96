import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import type { BusinessDay } from '../kernel/business-day';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { AdministrativeUnitsService } from '../markets/administrative-units.service';
import { currentActor, currentScope } from '../platform/actor';
import { Database, type Tx } from '../platform/db/database';
import { CURSOR_PART, decodeCursor, type Page, pageOf } from '../platform/http/page';
import { closingFault, daysOfMonth } from './period.rules';
import { PeriodAlreadyClosed, PeriodNotFound, PeriodNotOver, PeriodOfOneProvince } from './periods.errors';
import { type ClosedPeriodRow, type Closing, PeriodsRepository } from './periods.repository';
import { type ClosedPeriod, type ClosingInput, firstDayOf, type PeriodsQuery } from './periods.schema';

/**
 * Months whose figures are final. What a bank corrects in one waits for a second person; what moves in one all the same
 * (suspense, a consent taken back) stands as a restatement.
 */
@Injectable()
export class PeriodsService {
  constructor(
    private readonly database: Database,
    private readonly periods: PeriodsRepository,
    private readonly units: AdministrativeUnitsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws PeriodNotOver, PeriodAlreadyClosed, PeriodOfOneProvince */
  async close({ calendar, month, note }: ClosingInput): Promise<ClosedPeriod> {
    const firstDay = firstDayOf(month);
    const days = daysOfMonth(calendar, firstDay);
    if (closingFault(days, this.clock.today())) throw new PeriodNotOver(days);
    const id = this.ids.uuid();
    return this.database.write(async (tx) => {
      const provinceCode = await this.provinceToClose(tx);
      const closing = { id, provinceCode, calendar, month: firstDay, ...days, note: note ?? null };
      await this.periods.stopLedger(tx);
      const closed = await this.periods.close(tx, {
        ...closing,
        closedBy: currentActor().id,
        closedAt: this.clock.now(),
      });
      if (!closed) throw new PeriodAlreadyClosed(month);
      await this.audit.record(tx, {
        action: 'period_closed',
        subjectType: 'closed_period',
        subjectId: id,
        after: { ...closing, month },
      });
      return closedPeriodOf(await this.require(tx, id));
    });
  }

  /** @throws CursorInvalid */
  list({ cursor, limit, from, to }: PeriodsQuery): Promise<Page<ClosedPeriod>> {
    const after = decodeCursor(cursor, [CURSOR_PART.day, CURSOR_PART.uuid]);
    const filter = { from: from as BusinessDay | undefined, to: to as BusinessDay | undefined };
    return this.database.read(async (tx) => {
      const total = await this.periods.count(tx, filter);
      const rows = await this.periods.list(tx, filter, after, limit);
      return pageOf(rows, { limit, total, key: (row) => [row.from, row.id], item: closedPeriodOf });
    });
  }

  /** Inside a transaction of the caller, with the marks that tell restatements. @throws PeriodNotFound */
  async require(tx: Tx, id: string): Promise<ClosedPeriodRow> {
    const row = CURSOR_PART.uuid.test(id) ? await this.periods.find(tx, id) : undefined;
    if (!row) throw new PeriodNotFound();
    return row;
  }

  /**
   * What makes the figures of a day final, if anything does; so it stays until the end of the transaction. Call as the
   * system: what one may see decides nothing here.
   */
  async closingOf(tx: Tx, day: BusinessDay): Promise<Closing | undefined> {
    await this.periods.stopClosings(tx);
    return this.periods.closingOf(tx, day);
  }

  /** The province of who closes; the register's own for the operator's shell. @throws PeriodOfOneProvince */
  private async provinceToClose(tx: Tx): Promise<string> {
    const scope = currentScope();
    const own = await this.units.province(tx);
    if (scope?.kind === 'system') return own;
    if (scope?.kind !== 'province') throw new PeriodOfOneProvince();
    const code = scope.codes.includes(own) ? own : scope.codes[0];
    if (code === undefined) throw new PeriodOfOneProvince();
    return code;
  }
}

export function closedPeriodOf(row: ClosedPeriodRow): ClosedPeriod {
  const { ledgerMark: _mark, reopenMark: _reopenMark, month, closedAt, reopenedAt, ...rest } = row;
  return {
    ...rest,
    month: month.slice(0, 7),
    closedAt: closedAt.toISOString(),
    reopenedAt: reopenedAt?.toISOString() ?? null,
  };
}
