import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { ControlTotals } from './submission.types';

/** A submission that waits for a second person, beside what counts as long as it waits. */
export interface HeldSubmission {
  readonly id: string;
  readonly bankBin: string;
  readonly bankName: string;
  readonly reference: string;
  readonly businessDate: BusinessDay;
  readonly part: number;
  readonly revision: number;
  readonly transactionCount: bigint;
  readonly amount: bigint;
  /** The submission that it would replace. */
  readonly replaces: string | null;
  readonly formerRevision: number | null;
  readonly formerTransactionCount: bigint | null;
  readonly formerAmount: bigint | null;
}

const HELD = `s.held_at IS NOT NULL AND s.released_at IS NULL AND s.state = 'RECEIVED'`;

/** Submissions whose day lies in a closed period. */
@Injectable()
export class HeldSubmissionsRepository {
  /** Found right, and put aside until a second person has decided. */
  async hold(tx: Tx, id: string, totals: ControlTotals, now: Date): Promise<void> {
    await execute(
      tx,
      `UPDATE submissions SET state = 'RECEIVED', held_at = $2, line_count = $3, transaction_count = $4, amount = $5,
         reversal_count = $6, reversal_amount = $7 WHERE id = $1`,
      [id, now, totals.lineCount, totals.transactionCount, totals.amount, totals.reversalCount, totals.reversalAmount],
    );
  }

  /** Undefined when it does not wait (any more); else locked until the end of the transaction. */
  lock(tx: Tx, id: string): Promise<HeldSubmission | undefined> {
    return sqlOne(
      tx,
      `SELECT s.id, s.bank_bin AS "bankBin", b.short_name AS "bankName", s.reference,
              s.business_date AS "businessDate", s.part, s.revision, s.transaction_count AS "transactionCount", s.amount,
              f.id AS replaces, f.revision AS "formerRevision", f.transaction_count AS "formerTransactionCount", f.amount AS "formerAmount"
       FROM submissions s JOIN banks b ON b.bin = s.bank_bin
       LEFT JOIN current_submissions c
         ON c.bank_bin = s.bank_bin AND c.business_date = s.business_date AND c.part = s.part
       LEFT JOIN submissions f ON f.no = c.submission_no
       WHERE s.id = $1 AND ${HELD} FOR UPDATE OF s`,
      [id],
    );
  }

  /** Let into the closed period: from now on one like any other that was received. */
  async release(tx: Tx, id: string, now: Date): Promise<void> {
    await execute(tx, `UPDATE submissions SET released_at = $2, claimed_at = NULL WHERE id = $1`, [id, now]);
  }

  /** The longest waiting first. */
  async waiting(tx: Tx, limit: number): Promise<string[]> {
    const rows = await sql<{ id: string }>(
      tx,
      `SELECT s.id FROM submissions s WHERE ${HELD} ORDER BY s.held_at, s.id LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}
