import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { Clock } from '../kernel/clock';
import { Database, type Tx } from '../platform/db/database';
import { type BankDayRow, CoverageRepository } from './coverage.repository';
import { dayStatus, dueAt, isComplete, shareText } from './coverage.rules';
import { assertPeriod } from './period.rules';
import type { BankCalendar, Coverage } from './reports.schema';

/** How complete the figures of a period are, and the calendar of bank × day behind that. */
@Injectable()
export class CoverageService {
  constructor(
    private readonly database: Database,
    private readonly repository: CoverageRepository,
    private readonly clock: Clock,
  ) {}

  /** @param bankBin only this bank. @throws PeriodInvalid */
  async calendar(from: BusinessDay, to: BusinessDay, bankBin: string | null = null): Promise<BankCalendar> {
    assertPeriod(from, to);
    const rows = await this.database.read((tx) => this.repository.bankDays(tx, from, to, bankBin));
    const now = this.clock.now();
    const banks = [...groupByBank(rows)].map(([bin, days]) => ({
      bankBin: bin,
      bankName: days[0]?.bankName ?? bin,
      days: days.map((row) => ({ day: row.day, status: dayStatus(row, now), parts: row.parts })),
    }));
    return { from, to, banks };
  }

  /**
   * What stands beside a total. A bank-day counts as expected once it is due.
   * @returns also the days on which every expected bank is complete
   */
  async coverage(
    tx: Tx,
    period: { from: BusinessDay; to: BusinessDay },
    declared: { amount: bigint; suspenseAmount: bigint },
  ): Promise<{ coverage: Coverage; incompleteDays: ReadonlySet<string> }> {
    const now = this.clock.now();
    const rows = await this.repository.bankDays(tx, period.from, period.to);
    const due = rows.filter((row) => row.expected && dueAt(row.day) <= now);
    const missing = due.filter((row) => !isComplete(row));
    const pending = rows.filter((row) => row.expected && !isComplete(row));
    return {
      coverage: {
        expectedBanks: new Set(rows.filter((row) => row.expected).map((row) => row.bankBin)).size,
        expectedReports: due.length,
        receivedReports: due.length - missing.length,
        missing: [...groupByBank(missing)].map(([bankBin, days]) => ({
          bankBin,
          bankName: days[0]?.bankName ?? bankBin,
          days: days.map((row) => row.day),
        })),
        suspenseAmount: declared.suspenseAmount.toString(),
        suspenseShare: shareText(declared.suspenseAmount, declared.amount),
        asOf: now.toISOString(),
      },
      incompleteDays: new Set(pending.map((row) => row.day)),
    };
  }
}

function groupByBank(rows: readonly BankDayRow[]): Map<string, BankDayRow[]> {
  const groups = new Map<string, BankDayRow[]>();
  for (const row of rows) {
    const group = groups.get(row.bankBin);
    if (group) group.push(row);
    else groups.set(row.bankBin, [row]);
  }
  return groups;
}
