import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { sql, type Tx } from '../platform/db/database';
import type { BankDay } from './coverage.rules';

export interface BankDayRow extends BankDay {
  readonly bankBin: string;
  readonly bankName: string;
}

/** Which institution was expected for which day, and what it has sent. */
@Injectable()
export class CoverageRepository {
  /**
   * Every day of the range for every bank that has an agreement or a submission in it; banks by name, days in order.
   * A test institution is in nobody's calendar but its own, where it goes by its bank's BIN.
   */
  bankDays(tx: Tx, from: BusinessDay, to: BusinessDay, bankBin: string | null = null): Promise<BankDayRow[]> {
    return sql<BankDayRow>(
      tx,
      `WITH days AS (SELECT d::date AS day FROM generate_series($1::date, $2::date, '1 day') d),
       received AS (
         SELECT bank_bin, business_date, count(*)::int AS parts, max(revision)::int AS revision,
                max(first_received_at) AS completed_at
         FROM current_submissions WHERE business_date BETWEEN $1::date AND $2::date GROUP BY 1, 2
       ),
       reporters AS (
         SELECT bank_bin FROM reporting_agreements
         WHERE daterange(valid_from, valid_to, '[]') && daterange($1::date, $2::date, '[]')
         UNION SELECT bank_bin FROM received
       )
       SELECT coalesce(b.sandbox_of, b.bin) AS "bankBin", b.short_name AS "bankName", d.day, a.bank_bin IS NOT NULL AS expected,
              coalesce(a.expected_parts, 1)::int AS "expectedParts", coalesce(r.parts, 0)::int AS parts,
              coalesce(r.revision, 1)::int AS revision, r.completed_at AS "completedAt"
       FROM reporters p JOIN banks b ON b.bin = p.bank_bin CROSS JOIN days d
       LEFT JOIN reporting_agreements a
         ON a.bank_bin = p.bank_bin AND d.day BETWEEN a.valid_from AND coalesce(a.valid_to, 'infinity')
       LEFT JOIN received r ON r.bank_bin = p.bank_bin AND r.business_date = d.day
       WHERE ($3::text IS NULL AND b.sandbox_of IS NULL) OR b.bin = $3
       ORDER BY b.short_name COLLATE "vi-x-icu", b.bin, d.day`,
      [from, to, bankBin],
    );
  }
}
