import { Injectable } from '@nestjs/common';
import { type BusinessDay, daysInRange } from '../kernel/business-day';
import { Database, type Tx } from '../platform/db/database';
import { CoverageService } from './coverage.service';
import { assertPeriod, cutPeriod, type PeriodPieces } from './period.rules';
import { ReportMarketNotFound } from './reports.errors';
import type { Totals, TotalsFigures, TotalsQuery } from './reports.schema';
import { type FiguresRow, TotalsRepository } from './totals.repository';

const NOTHING: Omit<FiguresRow, 'key' | 'name'> = {
  lineCount: 0n,
  transactionCount: 0n,
  amount: 0n,
  reversalCount: 0n,
  reversalAmount: 0n,
  attributedAmount: 0n,
  marketOnlyAmount: 0n,
  suspenseAmount: 0n,
};

/** Cashless takings, never without their coverage. */
@Injectable()
export class TotalsService {
  constructor(
    private readonly database: Database,
    private readonly totals: TotalsRepository,
    private readonly coverage: CoverageService,
  ) {}

  /**
   * Totals of a range of Vietnamese days by one dimension; rows and their sum come from one snapshot.
   * @throws PeriodInvalid, ReportMarketNotFound
   */
  async totalsOf(query: TotalsQuery): Promise<Totals> {
    const from = query.from as BusinessDay;
    const to = query.to as BusinessDay;
    assertPeriod(from, to);
    return this.database.read(async (tx) => {
      const marketNo = await this.marketNo(tx, query.marketCode);
      const pieces = query.by === 'day' ? { months: null, days: [{ from, to }] } : cutPeriod(from, to);
      const rows = await this.totals.groups(tx, query.by, pieces, marketNo);
      const sum = await this.totals.sum(tx, pieces, marketNo);
      const { coverage, incompleteDays } = await this.coverage.coverage(tx, { from, to }, sum);
      const shown =
        query.by === 'day'
          ? everyDay(rows, from, to).map((row) => ({ ...texts(row), complete: !incompleteDays.has(row.key ?? '') }))
          : rows.map(texts);
      return { from, to, by: query.by, coverage, rows: shown, total: figuresOf(sum) };
    });
  }

  /** The sum of a period over the whole province, inside a transaction of the caller. */
  sumOf(tx: Tx, pieces: PeriodPieces): Promise<FiguresRow> {
    return this.totals.sum(tx, pieces, null);
  }

  private async marketNo(tx: Tx, code: string | undefined): Promise<number | null> {
    if (code === undefined) return null;
    const no = await this.totals.marketNo(tx, code);
    if (no === undefined) throw new ReportMarketNotFound(code);
    return no;
  }
}

/** A day without figures is a row of zeros, so that it shows as a gap and not as nothing. */
function everyDay(rows: readonly FiguresRow[], from: BusinessDay, to: BusinessDay): FiguresRow[] {
  const byDay = new Map(rows.map((row) => [row.key, row]));
  return daysInRange(from, to).map((day) => byDay.get(day) ?? { key: day, name: null, ...NOTHING });
}

function texts(row: FiguresRow): { key: string | null; name: string | null } & TotalsFigures {
  return { key: row.key, name: row.name, ...figuresOf(row) };
}

export function figuresOf(row: FiguresRow): TotalsFigures {
  return {
    lineCount: row.lineCount.toString(),
    transactionCount: row.transactionCount.toString(),
    amount: row.amount.toString(),
    reversalCount: row.reversalCount.toString(),
    reversalAmount: row.reversalAmount.toString(),
    attributedAmount: row.attributedAmount.toString(),
    marketOnlyAmount: row.marketOnlyAmount.toString(),
    suspenseAmount: row.suspenseAmount.toString(),
  };
}
