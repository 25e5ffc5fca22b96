import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import type { StallCode } from '../kernel/stall-code';
import { execute, sql, type Tx } from '../platform/db/database';
import { REASONS } from './attribution.rules';

export interface SuspenseDay {
  readonly bankBin: string;
  readonly day: BusinessDay;
  readonly part: number;
}

/** A line in suspense, with what it names. */
export interface SuspenseLine {
  readonly line: number;
  readonly channelNo: number;
  readonly stallCode: StallCode | null;
  readonly account: string | null;
  readonly marketCode: string | null;
  readonly transactionCount: number;
  readonly amount: bigint;
  readonly reversalCount: number;
  readonly reversalAmount: bigint;
}

export interface SuspenseMove {
  readonly line: number;
  readonly bucket: number;
  readonly reason: number;
  readonly marketNo: number;
  readonly stallNo: number;
}

@Injectable()
export class SuspenseRepository {
  /**
   * Days of submissions that count and hold a suspense line whose code or account the register knows by now. A sieve:
   * whether the line really moves is decided by the attribution rules under the day's lock.
   */
  explainable(tx: Tx): Promise<SuspenseDay[]> {
    return sql<SuspenseDay>(
      tx,
      `SELECT c.bank_bin AS "bankBin", c.business_date AS day, c.part
       FROM current_submissions c
       WHERE EXISTS (
         SELECT FROM submission_lines l
         WHERE l.submission_no = c.submission_no AND l.business_date = c.business_date AND l.bucket = 3
           AND (l.target_kind = 3 AND EXISTS (SELECT FROM markets m WHERE m.code = l.target)
             OR l.target_kind = 1 AND EXISTS (SELECT FROM stalls s JOIN leases le ON le.stall_id = s.id
                        WHERE s.code = l.target AND l.business_date >= s.opened_on
                          AND l.business_date BETWEEN le.from_day AND coalesce(le.to_day, 'infinity'))
             OR l.target_kind = 2 AND EXISTS (SELECT FROM payout_accounts p
                        JOIN payout_assignments a ON a.payout_account_id = p.id
                        JOIN leases le ON le.stall_id = a.stall_id
                        WHERE p.bank_bin = c.bank_bin AND p.account_number = l.target
                          AND l.reason <> ${REASONS.ambiguous_account}
                          AND l.business_date BETWEEN a.from_day AND coalesce(a.to_day, 'infinity')
                          AND l.business_date BETWEEN le.from_day AND coalesce(le.to_day, 'infinity'))))
       ORDER BY c.business_date, c.bank_bin, c.part LIMIT 200`,
    );
  }

  lines(tx: Tx, submissionNo: bigint, day: BusinessDay, limit: number): Promise<SuspenseLine[]> {
    return sql<SuspenseLine>(
      tx,
      `SELECT line, channel AS "channelNo", CASE target_kind WHEN 1 THEN target END AS "stallCode",
              CASE target_kind WHEN 2 THEN target END AS account, CASE target_kind WHEN 3 THEN target END AS "marketCode",
              transaction_count AS "transactionCount", amount, reversal_count AS "reversalCount",
              reversal_amount AS "reversalAmount"
       FROM submission_lines WHERE submission_no = $1 AND business_date = $2::date AND bucket = 3
       ORDER BY line LIMIT $3`,
      [submissionNo, day, limit],
    );
  }

  /** Puts lines at their place; what they named is forgotten with that. */
  async move(tx: Tx, submissionNo: bigint, day: BusinessDay, moves: readonly SuspenseMove[]): Promise<void> {
    await execute(
      tx,
      `UPDATE submission_lines l SET bucket = d.bucket, reason = d.reason, market_no = d.market_no,
         stall_no = d.stall_no, target = NULL
       FROM unnest($3::int[], $4::smallint[], $5::smallint[], $6::int[], $7::int[])
         AS d(line, bucket, reason, market_no, stall_no)
       WHERE l.submission_no = $1 AND l.business_date = $2::date AND l.line = d.line AND l.bucket = 3`,
      [
        submissionNo,
        day,
        moves.map(({ line }) => line),
        moves.map(({ bucket }) => bucket),
        moves.map(({ reason }) => reason),
        moves.map(({ marketNo }) => marketNo),
        moves.map(({ stallNo }) => stallNo),
      ],
    );
  }
}
