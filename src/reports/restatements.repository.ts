import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { sql, sqlOne, type SqlValue, type Tx } from '../platform/db/database';
import type { Restatement } from './restatements.schema';

/** Sums or differences; amounts in đồng. */
export interface DifferenceRow {
  readonly lineCount: bigint;
  readonly transactionCount: bigint;
  readonly amount: bigint;
  readonly reversalCount: bigint;
  readonly reversalAmount: bigint;
  readonly attributedAmount: bigint;
  readonly marketOnlyAmount: bigint;
  readonly suspenseAmount: bigint;
}

export interface RestatementRow extends DifferenceRow, Pick<Restatement, 'cause' | 'reference' | 'bankBin'> {
  readonly at: Date;
  readonly submissionNo: bigint;
  readonly submissionId: string;
  readonly bankName: string;
  readonly businessDate: BusinessDay;
}

/** The days of a closed period, and between which ledger entries it was restated. */
export interface MarkedPeriod {
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly ledgerMark: bigint;
  /** Null while the period is closed. */
  readonly reopenMark: bigint | null;
}

const SUMS = `
  coalesce(sum(e.line_count), 0)::bigint AS "lineCount",
  coalesce(sum(e.transaction_count), 0)::bigint AS "transactionCount",
  coalesce(sum(e.amount), 0)::bigint AS amount,
  coalesce(sum(e.reversal_count), 0)::bigint AS "reversalCount",
  coalesce(sum(e.reversal_amount), 0)::bigint AS "reversalAmount",
  coalesce(sum(e.amount) FILTER (WHERE e.bucket = 1), 0)::bigint AS "attributedAmount",
  coalesce(sum(e.amount) FILTER (WHERE e.bucket = 2), 0)::bigint AS "marketOnlyAmount",
  coalesce(sum(e.amount) FILTER (WHERE e.bucket = 3), 0)::bigint AS "suspenseAmount"`;

const RESTATES = `e.business_date BETWEEN $1::date AND $2::date AND e.id > $3 AND ($4::bigint IS NULL OR e.id <= $4)`;

/** What the ledger took in for days that were closed. */
@Injectable()
export class RestatementsRepository {
  async restated(tx: Tx, period: MarkedPeriod): Promise<DifferenceRow> {
    const row = await sqlOne<DifferenceRow>(
      tx,
      `SELECT ${SUMS} FROM ledger_entries e WHERE ${RESTATES}`,
      params(period),
    );
    return row as DifferenceRow;
  }

  /** The figures of the period when it was closed. */
  async asClosed(tx: Tx, { from, to, ledgerMark }: MarkedPeriod): Promise<DifferenceRow> {
    const row = await sqlOne<DifferenceRow>(
      tx,
      `SELECT ${SUMS} FROM ledger_entries e WHERE e.business_date BETWEEN $1::date AND $2::date AND e.id <= $3`,
      [from, to, ledgerMark],
    );
    return row as DifferenceRow;
  }

  /** One row per event and submission, the latest first; `after` is the key of the last row shown. */
  list(tx: Tx, period: MarkedPeriod, after: string[] | null, limit: number): Promise<RestatementRow[]> {
    return sql(
      tx,
      `SELECT e.at, e.cause, e.submission_no AS "submissionNo", s.id AS "submissionId", s.reference,
              s.bank_bin AS "bankBin", b.short_name AS "bankName", s.business_date AS "businessDate", ${SUMS}
       FROM ledger_entries e JOIN submissions s ON s.no = e.submission_no JOIN banks b ON b.bin = s.bank_bin
       WHERE ${RESTATES} AND ($5::timestamptz IS NULL OR (e.at, e.submission_no, e.cause) < ($5, $6::bigint, $7))
       GROUP BY e.at, e.submission_no, e.cause, s.id, b.bin
       ORDER BY e.at DESC, e.submission_no DESC, e.cause DESC LIMIT $8`,
      [...params(period), after?.[0], after?.[1], after?.[2], limit + 1],
    );
  }

  async count(tx: Tx, period: MarkedPeriod): Promise<number> {
    const row = await sqlOne<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count
       FROM (SELECT DISTINCT e.at, e.submission_no, e.cause FROM ledger_entries e WHERE ${RESTATES}) r`,
      params(period),
    );
    return row?.count ?? 0;
  }
}

function params({ from, to, ledgerMark, reopenMark }: MarkedPeriod): SqlValue[] {
  return [from, to, ledgerMark, reopenMark];
}
