import { Injectable } from '@nestjs/common';
import { addDays, type BusinessDay, startOfMonth } from '../kernel/business-day';
import { sql, sqlOne, type Tx } from '../platform/db/database';

export interface StallCounts {
  readonly operating: number;
  readonly withVerifiedAccount: number;
  readonly withQr: number;
  readonly withCredit30Days: number;
}

export interface AttentionCounts {
  readonly suspenseLines: number;
  readonly rejectedSubmissions: number;
  readonly accountsToVerify: number;
}

/** The counts of the province page. */
@Injectable()
export class OverviewRepository {
  marketsByState(tx: Tx): Promise<{ state: string; count: number }[]> {
    return sql(tx, 'SELECT state, count(*)::int AS count FROM markets GROUP BY state ORDER BY state');
  }

  /** Operating stalls, and of those: verified account, active code, code and a credit in the 30 days up to `day`. */
  async stallCounts(tx: Tx, day: BusinessDay): Promise<StallCounts> {
    const row = await sqlOne<StallCounts>(
      tx,
      `WITH credited AS (
         SELECT stall_no FROM stall_month_totals t, generate_series($2::date, $1::date, '1 day') d
         WHERE t.month IN ($3::date, $4::date) AND t.month = date_trunc('month', d)::date
           AND (t.credit_days >> (extract(day FROM d)::int - 1)) & 1 = 1
         GROUP BY stall_no
       )
       SELECT count(*)::int AS operating,
              count(*) FILTER (WHERE p.verified_at IS NOT NULL)::int AS "withVerifiedAccount",
              count(*) FILTER (WHERE q.id IS NOT NULL)::int AS "withQr",
              count(*) FILTER (WHERE q.id IS NOT NULL AND c.stall_no IS NOT NULL)::int AS "withCredit30Days"
       FROM stalls s
       LEFT JOIN payout_assignments a
         ON a.stall_id = s.id AND $1::date BETWEEN a.from_day AND coalesce(a.to_day, 'infinity')
       LEFT JOIN payout_accounts p ON p.id = a.payout_account_id
       LEFT JOIN qr_issues q ON q.stall_id = s.id AND q.state = 'active'
       LEFT JOIN credited c ON c.stall_no = s.no
       WHERE s.state = 'operating'`,
      [day, addDays(day, -29), startOfMonth(day), startOfMonth(addDays(day, -29))],
    );
    return row as StallCounts;
  }

  async attention(tx: Tx, from: BusinessDay, to: BusinessDay): Promise<AttentionCounts> {
    const row = await sqlOne<AttentionCounts>(
      tx,
      `SELECT (SELECT coalesce(sum(line_count), 0)::int FROM day_totals
               WHERE bucket = 3 AND business_date BETWEEN $1::date AND $2::date) AS "suspenseLines",
              (SELECT count(*)::int FROM submissions
               WHERE state = 'REJECTED' AND business_date BETWEEN $1::date AND $2::date
                 AND NOT EXISTS (SELECT FROM current_submissions c
                                 WHERE (c.bank_bin, c.business_date, c.part)
                                     = (submissions.bank_bin, submissions.business_date, submissions.part)))
                AS "rejectedSubmissions",
              (SELECT count(*)::int FROM payout_assignments a JOIN payout_accounts p ON p.id = a.payout_account_id
               WHERE a.to_day IS NULL AND p.verified_at IS NULL) AS "accountsToVerify"`,
      [from, to],
    );
    return row as AttentionCounts;
  }
}
