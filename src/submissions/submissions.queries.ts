import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import type { Confidential } from '../kernel/confidential';
import type { StallCode } from '../kernel/stall-code';
import { sql, sqlOne, type SqlValue, type Tx } from '../platform/db/database';
import { SEALED } from '../platform/secrets/sealed-columns';
import { SealedFields } from '../platform/secrets/sealed-fields';
import type { StoredTarget } from './line-target';
import type { StoredValue } from './problem-values';
import type { Format } from './readers/reader-of-format';
import type { Channel, Granularity } from './submission.types';
import type { SubmissionState } from './submissions.repository';

export interface SubmissionRow {
  readonly id: string;
  readonly no: bigint;
  readonly bankBin: string;
  readonly bankName: string;
  readonly reference: string;
  readonly businessDate: BusinessDay;
  readonly part: number;
  readonly revision: number;
  readonly granularity: Granularity;
  readonly format: Format;
  readonly state: SubmissionState;
  readonly sha256: Buffer;
  readonly byteCount: bigint;
  readonly bodyLineCount: number;
  readonly lineCount: number | null;
  readonly transactionCount: bigint | null;
  readonly amount: bigint | null;
  readonly reversalCount: bigint | null;
  readonly reversalAmount: bigint | null;
  readonly problemCount: number;
  readonly receivedAt: Date;
  readonly heldAt: Date | null;
  readonly acceptedAt: Date | null;
  readonly rejectedAt: Date | null;
  readonly supersededAt: Date | null;
  readonly supersededBy: string | null;
}

export interface BucketRow {
  readonly bucket: number;
  readonly lineCount: bigint;
  readonly transactionCount: bigint;
  readonly amount: bigint;
  readonly reversalCount: bigint;
  readonly reversalAmount: bigint;
}

export interface ProblemRow extends StoredValue {
  readonly line: number | null;
  readonly code: string;
  readonly messageVi: string;
  readonly messageEn: string;
}

export interface LineRow extends StoredTarget {
  readonly bucket: number;
  readonly reason: number;
  readonly stallCode: string | null;
  readonly marketCode: string | null;
  readonly channel: Channel;
  readonly transactionCount: number;
  readonly amount: bigint;
  readonly reversalCount: number;
  readonly reversalAmount: bigint;
}

export interface SuspenseRow extends LineRow {
  readonly submissionId: string;
  readonly reference: string;
  readonly bankBin: string;
  readonly bankName: string;
  readonly businessDate: BusinessDay;
}

export interface BankStallRow {
  readonly stallCode: StallCode;
  readonly account: Confidential;
  readonly marketCode: string;
  readonly stallNumber: string;
  readonly holderName: string | null;
  readonly verified: boolean;
}

/** Conditions on a list; what is absent does not filter. */
export interface SubmissionFilter {
  readonly bankBin?: string;
  readonly state?: SubmissionState;
  readonly from?: string;
  readonly to?: string;
  /** Part of the reference, taken literally. */
  readonly q?: string;
}

export interface SuspenseFilter {
  readonly bankBin?: string;
  readonly reason?: number;
  readonly from?: string;
  readonly to?: string;
}

const SUBMISSION = `s.id, s.no, coalesce(b.sandbox_of, b.bin) AS "bankBin", b.short_name AS "bankName", s.reference,
  s.business_date AS "businessDate", s.part, s.revision, s.granularity, s.format, s.state, s.body_sha256 AS sha256,
  s.byte_count AS "byteCount", s.body_line_count AS "bodyLineCount", s.line_count AS "lineCount",
  s.transaction_count AS "transactionCount", s.amount, s.reversal_count AS "reversalCount",
  s.reversal_amount AS "reversalAmount", s.problem_count AS "problemCount", s.received_at AS "receivedAt",
  CASE WHEN s.released_at IS NULL AND s.state = 'RECEIVED' THEN s.held_at END AS "heldAt",
  s.accepted_at AS "acceptedAt", s.rejected_at AS "rejectedAt", s.superseded_at AS "supersededAt",
  s.superseded_by AS "supersededBy"`;

const CHANNEL = `(ARRAY['VIETQR_TRANSFER', 'VIETQR_PAY', 'CARD', 'WALLET', 'MOBILE_MONEY'])[l.channel] AS channel`;

const LINE = `l.submission_no AS "submissionNo", l.line, l.bucket, l.reason,
  l.target_kind AS "targetKind", l.target, l.target_sealed AS "targetSealed", st.code AS "stallCode", m.code AS "marketCode", ${CHANNEL},
  l.transaction_count AS "transactionCount", l.amount, l.reversal_count AS "reversalCount",
  l.reversal_amount AS "reversalAmount"`;

const SUBMISSION_FILTER = `
  ($1::text IS NULL OR s.bank_bin = $1) AND ($2::text IS NULL OR s.state = $2)
  AND ($3::date IS NULL OR s.business_date >= $3) AND ($4::date IS NULL OR s.business_date <= $4)
  AND ($5::text IS NULL OR strpos(lower(s.reference), lower($5)) > 0)`;

const SUSPENSE_FILTER = `
  l.bucket = 3 AND ($1::text IS NULL OR s.bank_bin = $1) AND ($2::int IS NULL OR l.reason = $2)
  AND ($3::date IS NULL OR l.business_date >= $3) AND ($4::date IS NULL OR l.business_date <= $4)`;

/** What screens and banks read about submissions. Lists are paged by key; `limit + 1` rows tell whether more follow. */
@Injectable()
export class SubmissionsQueries {
  constructor(private readonly fields: SealedFields) {}

  find(tx: Tx, id: string, bankBin: string | null): Promise<SubmissionRow | undefined> {
    return sqlOne(
      tx,
      `SELECT ${SUBMISSION} FROM submissions s JOIN banks b ON b.bin = s.bank_bin
       WHERE s.id = $1 AND ($2::text IS NULL OR s.bank_bin = $2)`,
      [id, bankBin],
    );
  }

  /** Newest first; `after` is the key of the last row shown: instant and id. */
  list(tx: Tx, filter: SubmissionFilter, after: string[] | null, limit: number): Promise<SubmissionRow[]> {
    return sql(
      tx,
      `SELECT ${SUBMISSION} FROM submissions s JOIN banks b ON b.bin = s.bank_bin
       WHERE ${SUBMISSION_FILTER} AND ($6::timestamptz IS NULL OR (s.received_at, s.id) < ($6, $7::uuid))
       ORDER BY s.received_at DESC, s.id DESC LIMIT $8`,
      [...filterParams(filter), after?.[0], after?.[1], limit + 1],
    );
  }

  async count(tx: Tx, filter: SubmissionFilter): Promise<number> {
    const row = await sqlOne<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM submissions s WHERE ${SUBMISSION_FILTER}`,
      filterParams(filter),
    );
    return row?.count ?? 0;
  }

  /** Where the figures of submissions stand now, per submission and bucket. */
  buckets(tx: Tx, nos: readonly bigint[]): Promise<(BucketRow & { no: bigint })[]> {
    return sql(
      tx,
      `SELECT submission_no AS no, bucket, sum(line_count)::bigint AS "lineCount",
              sum(transaction_count)::bigint AS "transactionCount", sum(amount)::bigint AS amount,
              sum(reversal_count)::bigint AS "reversalCount", sum(reversal_amount)::bigint AS "reversalAmount"
       FROM ledger_entries WHERE submission_no = ANY ($1::bigint[]) GROUP BY 1, 2`,
      [nos],
    );
  }

  problems(tx: Tx, id: string, after: number, limit: number): Promise<ProblemRow[]> {
    return sql(
      tx,
      `SELECT ordinal, line, field, value, value_sealed AS "valueSealed", code, message_vi AS "messageVi", message_en AS "messageEn"
       FROM submission_problems WHERE submission_id = $1 AND ordinal > $2 ORDER BY ordinal LIMIT $3`,
      [id, after, limit + 1],
    );
  }

  lines(tx: Tx, of: SubmissionRow, bucket: number | null, after: number, limit: number): Promise<LineRow[]> {
    return sql(
      tx,
      `SELECT ${LINE} FROM submission_lines l LEFT JOIN stalls st ON st.no = l.stall_no
       LEFT JOIN markets m ON m.no = l.market_no
       WHERE l.submission_no = $1 AND l.business_date = $2::date AND ($3::smallint IS NULL OR l.bucket = $3)
         AND l.line > $4 ORDER BY l.line LIMIT $5`,
      [of.no, of.businessDate, bucket, after, limit + 1],
    );
  }

  async lineCount(tx: Tx, of: SubmissionRow, bucket: number | null): Promise<number> {
    const row = await sqlOne<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM submission_lines
       WHERE submission_no = $1 AND business_date = $2::date AND ($3::smallint IS NULL OR bucket = $3)`,
      [of.no, of.businessDate, bucket],
    );
    return row?.count ?? 0;
  }

  /** Lines of submissions that count now and wait in suspense; newest day first, largest submission number first. */
  suspense(tx: Tx, filter: SuspenseFilter, after: string[] | null, limit: number): Promise<SuspenseRow[]> {
    return sql(
      tx,
      `SELECT ${LINE}, s.id AS "submissionId", s.reference, s.bank_bin AS "bankBin",
              b.short_name AS "bankName", l.business_date AS "businessDate"
       FROM submission_lines l
       JOIN current_submissions c ON c.submission_no = l.submission_no
       JOIN submissions s ON s.no = l.submission_no JOIN banks b ON b.bin = s.bank_bin
       LEFT JOIN stalls st ON st.no = l.stall_no LEFT JOIN markets m ON m.no = l.market_no
       WHERE ${SUSPENSE_FILTER}
         AND ($5::date IS NULL OR (l.business_date, l.submission_no, l.line) < ($5, $6::bigint, $7::int))
       ORDER BY l.business_date DESC, l.submission_no DESC, l.line DESC LIMIT $8`,
      [...suspenseParams(filter), after?.[0], after?.[1], after?.[2], limit + 1],
    );
  }

  async suspenseCount(tx: Tx, filter: SuspenseFilter): Promise<number> {
    const row = await sqlOne<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM submission_lines l
       JOIN current_submissions c ON c.submission_no = l.submission_no
       JOIN submissions s ON s.no = l.submission_no WHERE ${SUSPENSE_FILTER}`,
      suspenseParams(filter),
    );
    return row?.count ?? 0;
  }

  /** The stalls that pay into accounts of a bank today; by market and stall code. */
  async bankStalls(
    tx: Tx,
    bin: string,
    day: BusinessDay,
    after: string[] | null,
    limit: number,
  ): Promise<BankStallRow[]> {
    const rows = await sql<Omit<BankStallRow, 'account'> & { accountId: string; account: Buffer }>(
      tx,
      `SELECT s.code AS "stallCode", p.id AS "accountId", p.account_number_sealed AS account, m.code AS "marketCode",
              s.number AS "stallNumber", p.holder_name AS "holderName", p.verified_at IS NOT NULL AS verified
       FROM payout_accounts p JOIN payout_assignments a ON a.payout_account_id = p.id
       JOIN stalls s ON s.id = a.stall_id JOIN markets m ON m.id = s.market_id
       WHERE p.bank_bin = $1 AND $2::date BETWEEN a.from_day AND coalesce(a.to_day, 'infinity')
         AND ($3::text IS NULL OR (m.code, s.code) > ($3, $4))
       ORDER BY m.code, s.code LIMIT $5`,
      [bin, day, after?.[0], after?.[1], limit + 1],
    );
    return rows.map(({ accountId, account, ...stall }) => ({
      ...stall,
      account: this.fields.open(SEALED.accountNumber, accountId, account),
    }));
  }

  async bankStallCount(tx: Tx, bin: string, day: BusinessDay): Promise<number> {
    const row = await sqlOne<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM payout_accounts p JOIN payout_assignments a ON a.payout_account_id = p.id
       WHERE p.bank_bin = $1 AND $2::date BETWEEN a.from_day AND coalesce(a.to_day, 'infinity')`,
      [bin, day],
    );
    return row?.count ?? 0;
  }
}

function filterParams({ bankBin, state, from, to, q }: SubmissionFilter): SqlValue[] {
  return [bankBin, state, from, to, q];
}

function suspenseParams({ bankBin, reason, from, to }: SuspenseFilter): SqlValue[] {
  return [bankBin, reason, from, to];
}
