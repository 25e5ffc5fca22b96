import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { from as copyFrom } from 'pg-copy-streams';
import { type BusinessDay, startOfMonth } from '../kernel/business-day';
import { execute, pgClient, sql, type Tx } from '../platform/db/database';
import type { Cell, StallFigures } from './figures';

/** Whose figures: the rollups are kept per bank and day. */
export interface BankDay {
  readonly bankBin: string;
  readonly day: BusinessDay;
}

export type EntryCause = 'accepted' | 'superseded' | 'resolved' | 'consent_withdrawn';

const LINE_COLUMNS = `business_date, submission_no, line, channel, bucket, reason, market_no, stall_no,
  transaction_count, reversal_count, amount, reversal_amount, target_kind, target, target_index,
  target_sealed`;

const FIGURES = 'line_count, transaction_count, amount, reversal_count, reversal_amount';

/** The five figures of cells as bound arrays $2…$9, in the order of {@link cellArrays}. */
const CELLS = `unnest($2::int[], $3::smallint[], $4::smallint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
  $9::bigint[]) AS d(market_no, channel, bucket, ${FIGURES})`;

const ADD_FIGURES = `
  line_count = t.line_count + excluded.line_count,
  transaction_count = t.transaction_count + excluded.transaction_count,
  amount = t.amount + excluded.amount,
  reversal_count = t.reversal_count + excluded.reversal_count,
  reversal_amount = t.reversal_amount + excluded.reversal_amount`;

/** Lines, the append-only ledger of differences, and the rollups that follow it. */
@Injectable()
export class LedgerRepository {
  /** Makes the month's partition when it is the first of its month. */
  async ensurePartition(tx: Tx, day: BusinessDay): Promise<void> {
    await execute(tx, 'SELECT ensure_line_partition($1::date)', [day]);
  }

  /**
   * Rows of COPY text (see `copyRow`), all of one day, into the partition of its month: COPY does not write tables
   * under row-level security, and the partition lets itself be copied into and nothing else.
   */
  async copyLines(tx: Tx, day: BusinessDay, rows: string): Promise<void> {
    const partition = `submission_lines_${day.slice(0, 4)}${day.slice(5, 7)}`;
    const copy = copyFrom(`COPY ${partition} (${LINE_COLUMNS}) FROM STDIN`);
    await pipeline(Readable.from([Buffer.from(rows)]), pgClient(tx).query(copy));
  }

  /** Appends what changed to the ledger and adds it to the rollups, rows in the order of their keys. */
  async post(tx: Tx, of: BankDay, submissionNo: bigint, cause: EntryCause, at: Date, cells: Cell[]): Promise<void> {
    if (cells.length === 0) return;
    await execute(
      tx,
      `INSERT INTO ledger_entries (at, cause, submission_no, business_date, bank_bin, market_no, channel, bucket, ${FIGURES})
       SELECT $10::timestamptz, $11, $12::bigint, $13::date, $1, d.* FROM ${CELLS}`,
      [of.bankBin, ...cellArrays(cells), at, cause, submissionNo, of.day],
    );
  }

  /** Adds differences to the day and month rollups; rows that come to nothing go. */
  async addToRollups(tx: Tx, of: BankDay, cells: Cell[]): Promise<void> {
    if (cells.length === 0) return;
    for (const [table, column, at] of [
      ['day_totals', 'business_date', of.day],
      ['month_totals', 'month', startOfMonth(of.day)],
    ] as const) {
      await execute(
        tx,
        `INSERT INTO ${table} AS t (${column}, bank_bin, market_no, channel, bucket, ${FIGURES})
         SELECT $10::date, $1, d.* FROM ${CELLS} ORDER BY d.market_no, d.channel, d.bucket
         ON CONFLICT (${column}, bank_bin, market_no, channel, bucket) DO UPDATE SET ${ADD_FIGURES}`,
        [of.bankBin, ...cellArrays(cells), at],
      );
      await execute(tx, `DELETE FROM ${table} WHERE bank_bin = $1 AND ${column} = $2::date AND line_count = 0`, [
        of.bankBin,
        at,
      ]);
    }
  }

  /** What a submission stands for in the ledger now: zero after it was superseded. */
  cellsOf(tx: Tx, submissionNo: bigint): Promise<Cell[]> {
    return sql<Cell>(
      tx,
      `SELECT market_no AS "marketNo", channel, bucket, sum(line_count)::bigint AS "lineCount",
              sum(transaction_count)::bigint AS "transactionCount", sum(amount)::bigint AS amount,
              sum(reversal_count)::bigint AS "reversalCount", sum(reversal_amount)::bigint AS "reversalAmount"
       FROM ledger_entries WHERE submission_no = $1 GROUP BY 1, 2, 3 HAVING sum(line_count) <> 0`,
      [submissionNo],
    );
  }

  /** What a submission's attributed lines credit to each stall. */
  stallsOf(tx: Tx, submissionNo: bigint, day: BusinessDay): Promise<StallFigures[]> {
    return sql<StallFigures>(
      tx,
      `SELECT stall_no AS "stallNo", max(market_no) AS "marketNo", sum(transaction_count)::bigint AS "transactionCount",
              sum(amount)::bigint AS amount
       FROM submission_lines WHERE submission_no = $1 AND business_date = $2::date AND bucket = 1 GROUP BY 1`,
      [submissionNo, day],
    );
  }

  /**
   * Adds differences to the stalls' months and sets anew, from the lines that count now, whether each stall had a
   * credit on the day; a stall without a credit has no row. Call after `current_submissions` names what counts.
   */
  async addToStallMonths(tx: Tx, day: BusinessDay, stalls: StallFigures[]): Promise<void> {
    if (stalls.length === 0) return;
    const month = startOfMonth(day);
    const stallNos = stalls.map(({ stallNo }) => stallNo);
    await execute(
      tx,
      `INSERT INTO stall_month_totals AS t (month, stall_no, market_no, transaction_count, amount)
       SELECT $1::date, d.* FROM unnest($2::int[], $3::int[], $4::bigint[], $5::bigint[])
         AS d(stall_no, market_no, transaction_count, amount) ORDER BY d.stall_no
       ON CONFLICT (month, stall_no) DO UPDATE SET
         transaction_count = t.transaction_count + excluded.transaction_count, amount = t.amount + excluded.amount`,
      [
        month,
        stallNos,
        stalls.map(({ marketNo }) => marketNo),
        stalls.map(({ transactionCount }) => transactionCount),
        stalls.map(({ amount }) => amount),
      ],
    );
    await execute(
      tx,
      `UPDATE stall_month_totals t
       SET credit_days = CASE WHEN credited.stall_no IS NULL THEN credit_days & ~bit.value ELSE credit_days | bit.value END
       FROM unnest($2::int[]) AS changed(stall_no)
       LEFT JOIN (
         SELECT DISTINCT l.stall_no FROM submission_lines l
         JOIN current_submissions c ON c.submission_no = l.submission_no
         WHERE l.business_date = $3::date AND l.bucket = 1 AND l.stall_no = ANY ($2::int[]) AND l.transaction_count > 0
       ) credited USING (stall_no),
       (SELECT 1 << (extract(day FROM $3::date)::int - 1) AS value) bit
       WHERE t.month = $1::date AND t.stall_no = changed.stall_no`,
      [month, stallNos, day],
    );
    await execute(
      tx,
      `DELETE FROM stall_month_totals WHERE month = $1::date AND stall_no = ANY ($2::int[])
         AND transaction_count = 0 AND amount = 0`,
      [month, stallNos],
    );
  }
}

/** Columns of cells as arrays, in the order of {@link CELLS}. */
function cellArrays(cells: readonly Cell[]): object[] {
  return [
    cells.map(({ marketNo }) => marketNo),
    cells.map(({ channel }) => channel),
    cells.map(({ bucket }) => bucket),
    cells.map(({ lineCount }) => lineCount),
    cells.map(({ transactionCount }) => transactionCount),
    cells.map(({ amount }) => amount),
    cells.map(({ reversalCount }) => reversalCount),
    cells.map(({ reversalAmount }) => reversalAmount),
  ];
}
