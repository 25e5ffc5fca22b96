import { Injectable } from '@nestjs/common';
import { sql, type Tx } from '../platform/db/database';
import { BUCKETS, REASONS } from './attribution.rules';
import type { PartOfDay } from './submissions.repository';

/** A submission with lines at a stall whose vendor does not consent any more. */
export interface WithdrawnPart extends PartOfDay {
  readonly submissionId: string;
  readonly submissionNo: bigint;
}

/** What lines of one stall and channel came to, as they were at the stall until now. */
export interface WithdrawnFigures {
  readonly stallNo: number;
  readonly marketNo: number;
  readonly channel: number;
  readonly lineCount: bigint;
  readonly transactionCount: bigint;
  readonly amount: bigint;
  readonly reversalCount: bigint;
  readonly reversalAmount: bigint;
}

/** Stalls and the days on which they were held by a vendor who gave a consent, took it back and gave no new one. */
const WITHDRAWN_STALLS = `
  SELECT st.no, le.from_day, coalesce(le.to_day, 'infinity') AS to_day
  FROM consents c JOIN leases le ON le.vendor_id = c.vendor_id JOIN stalls st ON st.id = le.stall_id
  WHERE c.purpose = 'stall_figures' AND c.withdrawn_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM consents live
                    WHERE live.vendor_id = c.vendor_id AND live.purpose = 'stall_figures' AND live.withdrawn_at IS NULL)`;

/** Lines that name a stall which they must not name any more. */
@Injectable()
export class WithdrawalRepository {
  /** Also of submissions that count no more: their lines are kept, the stall is not. */
  affected(tx: Tx): Promise<WithdrawnPart[]> {
    return sql<WithdrawnPart>(
      tx,
      `SELECT DISTINCT s.bank_bin AS "bankBin", s.business_date AS "businessDate", s.part, s.id AS "submissionId",
              s.no AS "submissionNo"
       FROM (SELECT DISTINCT * FROM (${WITHDRAWN_STALLS}) w) w
       JOIN submission_lines l ON l.stall_no = w.no AND l.bucket = ${BUCKETS.attributed}
         AND l.business_date BETWEEN w.from_day AND w.to_day
       JOIN submissions s ON s.no = l.submission_no
       ORDER BY 2, 1, 3, 5 LIMIT 200`,
    );
  }

  /** Leaves the market and forgets the stall. @returns what moved */
  forgetStalls(tx: Tx, { submissionNo, businessDate }: WithdrawnPart): Promise<WithdrawnFigures[]> {
    return sql<WithdrawnFigures>(
      tx,
      `WITH moved AS (
         UPDATE submission_lines l
         SET bucket = ${BUCKETS.market_only}, reason = ${REASONS.no_consent}, stall_no = 0
         FROM (SELECT DISTINCT no FROM (${WITHDRAWN_STALLS}) w WHERE $2::date BETWEEN w.from_day AND w.to_day) w
         WHERE l.submission_no = $1 AND l.business_date = $2::date AND l.bucket = ${BUCKETS.attributed}
           AND l.stall_no = w.no
         RETURNING w.no, l.market_no, l.channel, l.transaction_count, l.amount, l.reversal_count, l.reversal_amount
       )
       SELECT no AS "stallNo", market_no AS "marketNo", channel, count(*) AS "lineCount",
              sum(transaction_count)::bigint AS "transactionCount", sum(amount)::bigint AS amount,
              sum(reversal_count)::bigint AS "reversalCount", sum(reversal_amount)::bigint AS "reversalAmount"
       FROM moved GROUP BY 1, 2, 3`,
      [submissionNo, businessDate],
    );
  }
}
