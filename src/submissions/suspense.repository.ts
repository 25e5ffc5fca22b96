import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import type { StallCode } from '../kernel/stall-code';
import { execute, sql, type Tx } from '../platform/db/database';
import { forTests, occupiedOn } from './attribution.repository';
import { BUCKETS, REASONS, TARGET_KINDS } from './attribution.rules';
import type { PartOfDay } from './submissions.repository';

/** A line in suspense, with what it names. */
export interface SuspenseLine {
  readonly line: number;
  readonly channelNo: number;
  readonly stallCode: StallCode | null;
  /** Blind index of the account, in hexadecimal. */
  readonly accountIndex: string | null;
  readonly marketCode: string | null;
  readonly reason: number;
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

/** What an older version left in clear is sealed by a sweep of its own, and looked at after it. */
const SEALED = `(l.target_kind <> ${TARGET_KINDS.account} OR l.target_index IS NOT NULL)`;

/** Whether line `w` was sent for tests. */
const TESTS = `(left(w.bank_bin, 1) = '0')`;

/** What the register says now about the code or account that line `w` names, on its business date. */
const KNOWN_BY_NOW = `
  SELECT count(*) AS stalls, count(*) FILTER (WHERE s.occupied) AS occupied,
         count(DISTINCT s.market_id) FILTER (WHERE s.occupied) AS markets
  FROM (
    SELECT st.market_id, ${occupiedOn('st', 'w.business_date')} AS occupied
    FROM stalls st JOIN markets mk ON mk.id = st.market_id
    WHERE w.target_kind = ${TARGET_KINDS.stallCode} AND st.code = w.target AND ${forTests('mk')} = ${TESTS}
    UNION ALL
    SELECT st.market_id, ${occupiedOn('st', 'w.business_date')}
    FROM payout_accounts p
    JOIN payout_assignments a
      ON a.payout_account_id = p.id AND w.business_date BETWEEN a.from_day AND coalesce(a.to_day, 'infinity')
    JOIN stalls st ON st.id = a.stall_id
    WHERE w.target_kind = ${TARGET_KINDS.account} AND p.bank_bin = w.bank_bin
      AND p.account_number_index = w.target_index
  ) s`;

/** The reason that `placeLine` would give now; `none` for a line that has a place. */
const REASON_BY_NOW = `
  CASE WHEN w.target_kind = ${TARGET_KINDS.marketCode}
       THEN CASE WHEN m.code IS NULL THEN ${REASONS.unknown_market} ELSE ${REASONS.none} END
       WHEN k.stalls = 0
       THEN CASE w.target_kind WHEN ${TARGET_KINDS.stallCode} THEN ${REASONS.unknown_stall} ELSE ${REASONS.unknown_account} END
       WHEN k.occupied = 0 THEN ${REASONS.stall_not_open}
       WHEN k.markets > 1 THEN ${REASONS.ambiguous_account}
       ELSE ${REASONS.none} END`;

/** Lines that wait for the register to learn what they name. */
@Injectable()
export class SuspenseRepository {
  /**
   * Parts that count and hold a suspense line which the register places differently by now: elsewhere, or in suspense
   * for another reason. Says exactly what `placeLine` says, so that nothing is looked at again and again for nothing.
   */
  explainable(tx: Tx): Promise<PartOfDay[]> {
    return sql<PartOfDay>(
      tx,
      `SELECT DISTINCT w.bank_bin AS "bankBin", w.business_date AS "businessDate", w.part
       FROM (
         SELECT DISTINCT c.bank_bin, c.business_date, c.part, l.target_kind, l.target, l.target_index, l.reason
         FROM submission_lines l
         JOIN current_submissions c ON c.submission_no = l.submission_no AND c.business_date = l.business_date
         WHERE l.bucket = ${BUCKETS.suspense} AND ${SEALED}
       ) w
       CROSS JOIN LATERAL (${KNOWN_BY_NOW}) k
       LEFT JOIN markets m ON w.target_kind = ${TARGET_KINDS.marketCode} AND m.code = w.target
         AND ${forTests('m')} = ${TESTS}
       WHERE w.reason <> ${REASON_BY_NOW}
       ORDER BY 2, 1, 3 LIMIT 200`,
    );
  }

  /** In the order of the file, beginning after line `after`. */
  lines(tx: Tx, submissionNo: bigint, day: BusinessDay, after: number, limit: number): Promise<SuspenseLine[]> {
    return sql<SuspenseLine>(
      tx,
      `SELECT line, channel AS "channelNo", reason, CASE target_kind WHEN 1 THEN target END AS "stallCode",
              encode(target_index, 'hex') AS "accountIndex", CASE target_kind WHEN 3 THEN target END AS "marketCode",
              transaction_count AS "transactionCount", amount, reversal_count AS "reversalCount",
              reversal_amount AS "reversalAmount"
       FROM submission_lines l WHERE submission_no = $1 AND business_date = $2::date AND bucket = 3 AND ${SEALED}
         AND line > $3 ORDER BY line LIMIT $4`,
      [submissionNo, day, after, limit],
    );
  }

  /** Puts lines at their place; what they named is forgotten with that, unless they stay in suspense. */
  async move(tx: Tx, submissionNo: bigint, day: BusinessDay, moves: readonly SuspenseMove[]): Promise<void> {
    await execute(
      tx,
      `UPDATE submission_lines l SET bucket = d.bucket, reason = d.reason, market_no = d.market_no,
         stall_no = d.stall_no, target_kind = CASE d.bucket WHEN 3 THEN l.target_kind END,
         target = CASE d.bucket WHEN 3 THEN l.target END,
         target_index = CASE d.bucket WHEN 3 THEN l.target_index END,
         target_sealed = CASE d.bucket WHEN 3 THEN l.target_sealed END
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
