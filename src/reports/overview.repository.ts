import { Injectable } from '@nestjs/common';
import { addDays, type BusinessDay } from '../kernel/business-day';
import { inReach, marketInReach } from '../markets/market-reach';
import { sql, sqlOne, type Tx } from '../platform/db/database';
import { monthDays } from './period.rules';

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
    return sql(
      tx,
      `SELECT m.state, count(*)::int AS count FROM markets m WHERE ${inReach('m')} GROUP BY m.state ORDER BY m.state`,
    );
  }

  /** Operating stalls, and of those: verified account, active code, code and a credit in the 30 days up to `day`. */
  async stallCounts(tx: Tx, day: BusinessDay): Promise<StallCounts> {
    const months = monthDays(addDays(day, -29), day);
    const row = await sqlOne<StallCounts>(
      tx,
      `WITH credited AS (
         SELECT DISTINCT t.stall_no
         FROM unnest($2::date[], $3::int[]) AS d(month, mask)
         JOIN stall_month_totals t ON t.month = d.month AND t.credit_days & d.mask <> 0
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
       WHERE s.state = 'operating' AND ${marketInReach('s.market_id')}`,
      [day, months.map(({ month }) => month), months.map(({ mask }) => mask)],
    );
    return row as StallCounts;
  }

  async attention(tx: Tx, from: BusinessDay, to: BusinessDay): Promise<AttentionCounts> {
    const row = await sqlOne<AttentionCounts>(
      tx,
      `SELECT (SELECT coalesce(sum(line_count), 0)::int FROM day_totals
               WHERE bucket = 3 AND left(bank_bin, 1) <> '0' AND business_date BETWEEN $1::date AND $2::date) AS "suspenseLines",
              (SELECT count(*)::int FROM submissions
               WHERE state = 'REJECTED' AND left(bank_bin, 1) <> '0' AND business_date BETWEEN $1::date AND $2::date
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
