import { Injectable } from '@nestjs/common';
import { addDays, type BusinessDay } from '../kernel/business-day';
import { Clock } from '../kernel/clock';
import { LAUNCHED_STATES } from '../launches/launch.rules';
import { Database } from '../platform/db/database';
import { CoverageService } from './coverage.service';
import { OverviewRepository } from './overview.repository';
import { cutPeriod, periodBefore } from './period.rules';
import type { Overview } from './reports.schema';
import { figuresOf, TotalsService } from './totals.service';

const PERIOD_DAYS = 30;
const LAUNCHED: ReadonlySet<string> = new Set(LAUNCHED_STATES);

/** The province on one page. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly database: Database,
    private readonly overview: OverviewRepository,
    private readonly totals: TotalsService,
    private readonly coverage: CoverageService,
    private readonly clock: Clock,
  ) {}

  /** The 30 days that end on `day`, by default yesterday: today's summaries are not due yet. */
  async overviewOf(day: BusinessDay = addDays(this.clock.today(), -1)): Promise<Overview> {
    const period = { from: addDays(day, 1 - PERIOD_DAYS), to: day };
    const before = periodBefore(period.from, period.to);
    return this.database.read(async (tx) => {
      const byState = await this.overview.marketsByState(tx);
      const stalls = await this.overview.stallCounts(tx, day);
      const sum = await this.totals.sumOf(tx, cutPeriod(period.from, period.to));
      const previous = await this.totals.sumOf(tx, cutPeriod(before.from, before.to));
      const { coverage } = await this.coverage.coverage(tx, period, sum);
      const attention = await this.overview.attention(tx, period.from, period.to);
      const missing = coverage.expectedReports - coverage.receivedReports;
      return {
        day,
        markets: {
          total: byState.reduce((total, { count }) => total + count, 0),
          launched: byState.reduce((total, { state, count }) => total + (LAUNCHED.has(state) ? count : 0), 0),
          byState,
        },
        stalls,
        takings: { ...period, ...figuresOf(sum), previousAmount: previous.amount.toString(), coverage },
        attention: [
          { kind: 'missing_reports' as const, count: missing },
          { kind: 'suspense_lines' as const, count: attention.suspenseLines },
          { kind: 'rejected_submissions' as const, count: attention.rejectedSubmissions },
          { kind: 'accounts_to_verify' as const, count: attention.accountsToVerify },
        ].filter(({ count }) => count > 0),
      };
    });
  }
}
