import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import type { Confidential } from '../kernel/confidential';
import { inReach } from '../markets/market-reach';
import { execute, sql, sqlOne, type SqlValue, type Tx } from '../platform/db/database';
import { SEALED } from '../platform/secrets/sealed-columns';
import { SealedFields } from '../platform/secrets/sealed-fields';
import type { CardFace } from './card-face';
import type { StallForIssue } from './qr-issue.rules';

/** Everything an issue is made from; the payload of the code takes the account number in clear. */
export interface StallFacts extends StallForIssue {
  readonly marketId: string;
  readonly marketCode: string;
  readonly marketName: string;
  readonly zone: string | null;
  readonly vendorName: string | null;
  readonly bankBin: string | null;
  readonly bankName: string | null;
  readonly accountNumber: Confidential | null;
  readonly holderName: string | null;
  readonly lastIssueNo: number;
}

export interface NewIssue {
  readonly id: string;
  readonly stallId: string;
  readonly marketId: string;
  readonly vendorId: string;
  readonly accountId: string;
  readonly issueNo: number;
  readonly serial: string;
  readonly payload: string;
  readonly face: CardFace;
  readonly issuedOn: BusinessDay;
  readonly issuedAt: Date;
  readonly issuedBy: string;
}

export interface IssueRow {
  readonly id: string;
  readonly serial: string;
  readonly issueNo: number;
  readonly stallCode: string;
  readonly stallNumber: string;
  readonly sortKey: string;
  readonly marketCode: string;
  readonly state: 'active' | 'retired';
  readonly issuedOn: BusinessDay;
  readonly issuedAt: Date;
  readonly retiredAt: Date | null;
  readonly retiredReason: string | null;
  readonly payload: string;
  readonly face: CardFace;
}

/** A code as its vendor may see it. */
export interface VendorCode {
  readonly serial: string;
  readonly stallCode: string;
  readonly bankName: string;
  readonly accountMasked: string;
  readonly issuedOn: BusinessDay;
  readonly state: 'active' | 'retired';
}

export interface OutdatedIssue {
  readonly stallId: string;
  readonly marketId: string;
  readonly serial: string;
  readonly reason: 'stall_closed' | 'vendor_changed' | 'account_changed';
}

export interface MarketKey {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

/** Stalls with lease, vendor and account as of day $1. */
const FACTS = `
  SELECT s.id AS "stallId", s.code AS "stallCode", s.number AS "stallNumber", s.state = 'operating' AS operating,
         m.id AS "marketId", m.code AS "marketCode", m.name AS "marketName", z.name AS zone, v.id AS "vendorId",
         coalesce(v.household_name, v.full_name) AS "vendorName", p.id AS "accountId",
         coalesce(p.vendor_id = v.id, false) AS "accountOfVendor", p.verified_at IS NOT NULL AS verified,
         p.bank_bin AS "bankBin", b.short_name AS "bankName", p.account_number_sealed AS "accountNumber",
         p.holder_name AS "holderName", q.serial AS "activeSerial",
         coalesce((SELECT max(issue_no) FROM qr_issues WHERE stall_id = s.id), 0)::int AS "lastIssueNo"
  FROM stalls s JOIN markets m ON m.id = s.market_id
  LEFT JOIN zones z ON z.id = s.zone_id
  LEFT JOIN leases l ON l.stall_id = s.id AND $1::date BETWEEN l.from_day AND coalesce(l.to_day, 'infinity')
  LEFT JOIN vendors v ON v.id = l.vendor_id
  LEFT JOIN payout_assignments a
    ON a.stall_id = s.id AND $1::date BETWEEN a.from_day AND coalesce(a.to_day, 'infinity')
  LEFT JOIN payout_accounts p ON p.id = a.payout_account_id
  LEFT JOIN banks b ON b.bin = p.bank_bin
  LEFT JOIN qr_issues q ON q.stall_id = s.id AND q.state = 'active'`;

/** Issues made before there was one mask for accounts say `•••• 6789`. */
const FACE = `q.face || jsonb_build_object('accountMasked', '****' || right(q.face->>'accountMasked', 4)) AS face`;

const ISSUE = `
  SELECT q.id, q.serial, q.issue_no AS "issueNo", s.code AS "stallCode", s.number AS "stallNumber",
         s.sort_key AS "sortKey", m.code AS "marketCode", q.state, q.issued_on AS "issuedOn",
         q.issued_at AS "issuedAt", q.retired_at AS "retiredAt", q.retired_reason AS "retiredReason", q.payload, ${FACE}
  FROM qr_issues q JOIN stalls s ON s.id = q.stall_id JOIN markets m ON m.id = q.market_id`;

@Injectable()
export class QrIssuesRepository {
  constructor(private readonly fields: SealedFields) {}

  ofVendor(tx: Tx, vendorId: string): Promise<VendorCode[]> {
    return sql<VendorCode>(
      tx,
      `SELECT q.serial, s.code AS "stallCode", q.face->>'bankName' AS "bankName",
         '****' || right(q.face->>'accountMasked', 4) AS "accountMasked", q.issued_on AS "issuedOn", q.state
       FROM qr_issues q JOIN stalls s ON s.id = q.stall_id WHERE q.vendor_id = $1 ORDER BY q.issued_at DESC, q.id DESC`,
      [vendorId],
    );
  }

  findMarket(tx: Tx, code: string): Promise<MarketKey | undefined> {
    return sqlOne(tx, `SELECT m.id, m.code, m.name FROM markets m WHERE m.code = $1 AND ${inReach('m')}`, [code]);
  }

  /** Who issues or retires codes of one market at the same time comes one after the other. */
  async lockMarket(tx: Tx, marketId: string): Promise<void> {
    await execute(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 4041))', [marketId]);
  }

  /** In stall order; `stallCodes`: these only, closed ones too. */
  stallsOf(
    tx: Tx,
    marketId: string,
    day: BusinessDay,
    stallCodes: readonly string[] | undefined,
  ): Promise<StallFacts[]> {
    return this.facts(
      tx,
      `WHERE s.market_id = $2
         AND CASE WHEN $3::text[] IS NULL THEN s.state <> 'closed' ELSE s.code = ANY ($3) END
       ORDER BY s.sort_key, s.id`,
      [day, marketId, stallCodes],
    );
  }

  /** The market's advisory lock, then the stall. */
  async lockStall(tx: Tx, stallCode: string, day: BusinessDay): Promise<StallFacts | undefined> {
    const stall = await sqlOne<{ marketId: string }>(tx, 'SELECT market_id AS "marketId" FROM stalls WHERE code = $1', [
      stallCode,
    ]);
    if (!stall) return undefined;
    await this.lockMarket(tx, stall.marketId);
    const [found] = await this.facts(tx, `WHERE s.code = $2 AND ${inReach('m')}`, [day, stallCode]);
    return found;
  }

  private async facts(tx: Tx, where: string, params: readonly SqlValue[]): Promise<StallFacts[]> {
    const rows = await sql<Omit<StallFacts, 'accountNumber'> & { accountNumber: Buffer | null }>(
      tx,
      `${FACTS} ${where}`,
      params,
    );
    return rows.map((row) => ({
      ...row,
      accountNumber: this.fields.open(SEALED.accountNumber, row.accountId ?? '', row.accountNumber),
    }));
  }

  /** `count` running numbers for serials. */
  async takeSerials(tx: Tx, count: number): Promise<bigint[]> {
    const rows = await sql<{ n: bigint }>(tx, `SELECT nextval('card_serials') AS n FROM generate_series(1, $1::int)`, [
      count,
    ]);
    return rows.map(({ n }) => n);
  }

  async insert(tx: Tx, issues: readonly NewIssue[]): Promise<void> {
    await execute(
      tx,
      `INSERT INTO qr_issues (id, stall_id, market_id, vendor_id, payout_account_id, issue_no, serial, payload, face,
         issued_on, issued_at, issued_by)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::text[],
         $8::text[], $9::jsonb[], $10::date[], $11::timestamptz[], $12::text[])`,
      [
        issues.map(({ id }) => id),
        issues.map(({ stallId }) => stallId),
        issues.map(({ marketId }) => marketId),
        issues.map(({ vendorId }) => vendorId),
        issues.map(({ accountId }) => accountId),
        issues.map(({ issueNo }) => issueNo),
        issues.map(({ serial }) => serial),
        issues.map(({ payload }) => payload),
        issues.map(({ face }) => JSON.stringify(face)),
        issues.map(({ issuedOn }) => issuedOn),
        issues.map(({ issuedAt }) => issuedAt),
        issues.map(({ issuedBy }) => issuedBy),
      ],
    );
  }

  /** @returns false when it was retired before */
  async retire(tx: Tx, serial: string, reason: string, now: Date): Promise<boolean> {
    const retired = await execute(
      tx,
      `UPDATE qr_issues SET state = 'retired', retired_at = $2, retired_reason = $3
       WHERE serial = $1 AND state = 'active'`,
      [serial, now, reason],
    );
    return retired === 1;
  }

  /** Stalls whose active code pays an account, or names a vendor, that is no longer the stall's; of one market or all. */
  outdated(tx: Tx, day: BusinessDay, limit: number, marketId?: string): Promise<OutdatedIssue[]> {
    return sql(
      tx,
      `SELECT q.stall_id AS "stallId", q.market_id AS "marketId", q.serial,
              CASE WHEN s.state = 'closed' THEN 'stall_closed'
                   WHEN l.vendor_id IS DISTINCT FROM q.vendor_id THEN 'vendor_changed' ELSE 'account_changed' END AS reason
       FROM qr_issues q JOIN stalls s ON s.id = q.stall_id
       LEFT JOIN leases l ON l.stall_id = s.id AND $1::date BETWEEN l.from_day AND coalesce(l.to_day, 'infinity')
       LEFT JOIN payout_assignments a
         ON a.stall_id = s.id AND $1::date BETWEEN a.from_day AND coalesce(a.to_day, 'infinity')
       WHERE q.state = 'active' AND ($3::uuid IS NULL OR q.market_id = $3)
         AND (s.state = 'closed' OR l.vendor_id IS DISTINCT FROM q.vendor_id
              OR a.payout_account_id IS DISTINCT FROM q.payout_account_id)
       ORDER BY q.serial LIMIT $2`,
      [day, limit, marketId],
    );
  }

  /** Codes of the market that somebody replaced since then; those that ended by themselves do not count. */
  async replacedSince(tx: Tx, marketId: string, since: Date): Promise<number> {
    const row = await sqlOne<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM qr_issues WHERE market_id = $1 AND state = 'retired' AND retired_at > $2
         AND retired_reason NOT IN ('stall_closed', 'vendor_changed', 'account_changed')`,
      [marketId, since],
    );
    return row?.count ?? 0;
  }

  find(tx: Tx, serial: string): Promise<IssueRow | undefined> {
    return sqlOne(tx, `${ISSUE} WHERE q.serial = $1 AND ${inReach('m')}`, [serial]);
  }

  /** Active codes of a market in stall order: what a pack prints. */
  active(tx: Tx, marketId: string): Promise<IssueRow[]> {
    return sql(tx, `${ISSUE} WHERE q.market_id = $1 AND q.state = 'active' ORDER BY s.sort_key, s.id`, [marketId]);
  }

  /** In stall order, newest issue of a stall first; `after`: sort key, stall code and issue number of the last row. */
  list(
    tx: Tx,
    marketId: string,
    state: string | undefined,
    after: string[] | null,
    limit: number,
  ): Promise<IssueRow[]> {
    const params: SqlValue[] = [marketId, state, after?.[0], after?.[1], after?.[2], limit + 1];
    return sql(
      tx,
      `${ISSUE} WHERE q.market_id = $1 AND ($2::text IS NULL OR q.state = $2)
         AND ($3::text IS NULL OR (s.sort_key, s.code, -q.issue_no) > ($3, $4, -$5::int))
       ORDER BY s.sort_key, s.code, q.issue_no DESC LIMIT $6`,
      params,
    );
  }

  async count(tx: Tx, marketId: string, state?: string): Promise<number> {
    const row = await sqlOne<{ count: number }>(
      tx,
      'SELECT count(*)::int AS count FROM qr_issues WHERE market_id = $1 AND ($2::text IS NULL OR state = $2)',
      [marketId, state],
    );
    return row?.count ?? 0;
  }
}
