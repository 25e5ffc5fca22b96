import { Injectable } from '@nestjs/common';
import { currentScope } from '../platform/actor';
import { Database, sql, sqlOne } from '../platform/db/database';

/** A rollup cell that does not equal what the lines give. Figures are `lines/transactions/amount` of both. */
export interface Difference {
  readonly rollup: 'day_totals' | 'month_totals' | 'stall_month_totals' | 'ledger_entries' | 'control_totals';
  readonly period: string;
  readonly bankBin: string | null;
  readonly market: string | null;
  readonly expected: string;
  readonly found: string;
}

export interface Proof {
  readonly ok: boolean;
  /** Lines of submissions that count now. */
  readonly lines: string;
  readonly differences: readonly Difference[];
}

/** Lines of the revisions that count: what every rollup must add up to. */
const COUNTED = `
  SELECT l.*, c.bank_bin FROM submission_lines l
  JOIN current_submissions c ON c.submission_no = l.submission_no AND c.business_date = l.business_date`;

const FIGURES = `sum(line_count) AS n, sum(transaction_count) AS t, sum(amount) AS a,
  sum(reversal_count) AS rn, sum(reversal_amount) AS ra`;
const LINE_FIGURES = `count(*) AS n, sum(transaction_count) AS t, sum(amount) AS a,
  sum(reversal_count) AS rn, sum(reversal_amount) AS ra`;
const TEXT = (alias: string): string =>
  `coalesce(${alias}.n, 0) || '/' || coalesce(${alias}.t, 0) || '/' || coalesce(${alias}.a, 0) || '/' ||
   coalesce(${alias}.rn, 0) || '/' || coalesce(${alias}.ra, 0)`;

const KEYS = 'bank_bin, market_no, channel, bucket';

function compare(rollup: string, period: string, source: string): string {
  return `
    SELECT '${rollup}' AS rollup, period::text, bank_bin AS "bankBin", m.code AS market,
           ${TEXT('e')} AS expected, ${TEXT('f')} AS found
    FROM (SELECT ${period} AS period, ${KEYS}, ${LINE_FIGURES} FROM (${COUNTED}) l GROUP BY 1, ${KEYS}) e
    FULL JOIN (SELECT ${source}, ${KEYS}, ${FIGURES} FROM ${rollup} GROUP BY 1, ${KEYS}) f
      USING (period, ${KEYS})
    LEFT JOIN markets m ON m.no = market_no
    WHERE (coalesce(e.n, 0), coalesce(e.t, 0), coalesce(e.a, 0), coalesce(e.rn, 0), coalesce(e.ra, 0))
       IS DISTINCT FROM (coalesce(f.n, 0), coalesce(f.t, 0), coalesce(f.a, 0), coalesce(f.rn, 0), coalesce(f.ra, 0))`;
}

const STALLS = `
  SELECT 'stall_month_totals' AS rollup, period::text, NULL AS "bankBin", m.code AS market,
         coalesce(e.t, 0) || '/' || coalesce(e.a, 0) || '/' || coalesce(e.d, 0) AS expected,
         coalesce(f.t, 0) || '/' || coalesce(f.a, 0) || '/' || coalesce(f.d, 0) AS found
  FROM (SELECT date_trunc('month', business_date)::date AS period, stall_no, sum(transaction_count) AS t,
               sum(amount) AS a,
               coalesce(bit_or(1 << (extract(day FROM business_date)::int - 1)) FILTER (WHERE transaction_count > 0), 0) AS d
        FROM (${COUNTED}) l WHERE bucket = 1 GROUP BY 1, 2) e
  FULL JOIN (SELECT month AS period, stall_no, transaction_count AS t, amount AS a, credit_days AS d
             FROM stall_month_totals) f USING (period, stall_no)
  LEFT JOIN stalls s ON s.no = stall_no LEFT JOIN markets m ON m.id = s.market_id
  WHERE (coalesce(e.t, 0), coalesce(e.a, 0), coalesce(e.d, 0))
     IS DISTINCT FROM (coalesce(f.t, 0), coalesce(f.a, 0), coalesce(f.d, 0))`;

/**
 * Declared control totals against the lines of each submission; and whether exactly the ACCEPTED ones count: one that
 * does not count, or counts beside its state, shows as a difference to nothing.
 */
const CONTROL_TOTALS = `
  SELECT 'control_totals' AS rollup, s.business_date::text AS period, s.bank_bin AS "bankBin", NULL AS market,
         CASE WHEN s.state = 'ACCEPTED' THEN s.line_count || '/' || s.transaction_count || '/' || s.amount || '/' ||
           s.reversal_count || '/' || s.reversal_amount ELSE '0/0/0/0/0' END AS expected,
         CASE WHEN c.submission_no IS NULL THEN '0/0/0/0/0' ELSE ${TEXT('f')} END AS found
  FROM submissions s LEFT JOIN current_submissions c ON c.submission_no = s.no
  LEFT JOIN (SELECT submission_no, ${LINE_FIGURES} FROM submission_lines GROUP BY 1) f ON f.submission_no = s.no
  WHERE (s.state = 'ACCEPTED') <> (c.submission_no IS NOT NULL)
     OR s.state = 'ACCEPTED' AND (s.line_count, s.transaction_count, s.amount, s.reversal_count, s.reversal_amount)
       IS DISTINCT FROM (coalesce(f.n, 0), coalesce(f.t, 0), coalesce(f.a, 0), coalesce(f.rn, 0), coalesce(f.ra, 0))`;

const CHECKS = [
  CONTROL_TOTALS,
  compare('ledger_entries', 'l.business_date', 'business_date AS period'),
  compare('day_totals', 'l.business_date', 'business_date AS period'),
  compare('month_totals', `date_trunc('month', l.business_date)::date`, 'month AS period'),
  STALLS,
];

const PROOF_LIMIT_MS = 3_600_000;

/** Recomputes every rollup from the lines that count and compares, to the đồng (robustness R12). */
@Injectable()
export class LedgerProofService {
  constructor(private readonly database: Database) {}

  /** One snapshot for all comparisons; at most 1 000 differences of each kind are listed. */
  prove(): Promise<Proof> {
    // Under a narrower scope there would be nothing to find wrong.
    if (currentScope()?.kind !== 'system') throw new Error('a proof needs the reach of the system');
    return this.database.read(
      async (tx) => {
        const counted = await sqlOne<{ lines: bigint }>(tx, `SELECT count(*) AS lines FROM (${COUNTED}) l`);
        const differences: Difference[] = [];
        for (const check of CHECKS) differences.push(...(await sql<Difference>(tx, `${check} LIMIT 1000`)));
        return { ok: differences.length === 0, lines: String(counted?.lines ?? 0n), differences };
      },
      { limitMs: PROOF_LIMIT_MS },
    );
  }
}
