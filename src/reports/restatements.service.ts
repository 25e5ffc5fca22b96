import { Injectable } from '@nestjs/common';
import { closedPeriodOf, PeriodsService } from '../periods/periods.service';
import { Database } from '../platform/db/database';
import { CURSOR_PART, decodeCursor, type Page, pageOf } from '../platform/http/page';
import { type DifferenceRow, type RestatementRow, RestatementsRepository } from './restatements.repository';
import type { ClosedFigures, FiguresDifference, Restatement, RestatementsQuery } from './restatements.schema';

/** What became of closed figures: a closing keeps its numbers, the next report shows what was restated. */
@Injectable()
export class RestatementsService {
  constructor(
    private readonly database: Database,
    private readonly periods: PeriodsService,
    private readonly restatements: RestatementsRepository,
  ) {}

  /** From one snapshot, and within the reach of who asks. @throws PeriodNotFound */
  figuresOf(id: string): Promise<ClosedFigures> {
    return this.database.read(async (tx) => {
      const period = await this.periods.require(tx, id);
      const asClosed = await this.restatements.asClosed(tx, period);
      const restated = await this.restatements.restated(tx, period);
      return {
        ...closedPeriodOf(period),
        asClosed: texts(asClosed),
        restated: texts(restated),
        now: texts(together(asClosed, restated)),
      };
    });
  }

  /** @throws PeriodNotFound, CursorInvalid */
  list(id: string, { cursor, limit }: RestatementsQuery): Promise<Page<Restatement>> {
    const after = decodeCursor(cursor, [CURSOR_PART.instant, CURSOR_PART.bigint, CURSOR_PART.text]);
    return this.database.read(async (tx) => {
      const period = await this.periods.require(tx, id);
      const total = await this.restatements.count(tx, period);
      const rows = await this.restatements.list(tx, period, after, limit);
      return pageOf(rows, {
        limit,
        total,
        key: ({ at, submissionNo, cause }) => [at.toISOString(), submissionNo.toString(), cause],
        item: restatementOf,
      });
    });
  }
}

function restatementOf(row: RestatementRow): Restatement {
  const { cause, submissionId, reference, bankBin, bankName, businessDate } = row;
  const at = row.at.toISOString();
  return { at, cause, submissionId, reference, bankBin, bankName, businessDate, ...texts(row) };
}

function together(a: DifferenceRow, b: DifferenceRow): DifferenceRow {
  return {
    lineCount: a.lineCount + b.lineCount,
    transactionCount: a.transactionCount + b.transactionCount,
    amount: a.amount + b.amount,
    reversalCount: a.reversalCount + b.reversalCount,
    reversalAmount: a.reversalAmount + b.reversalAmount,
    attributedAmount: a.attributedAmount + b.attributedAmount,
    marketOnlyAmount: a.marketOnlyAmount + b.marketOnlyAmount,
    suspenseAmount: a.suspenseAmount + b.suspenseAmount,
  };
}

function texts(row: DifferenceRow): FiguresDifference {
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
