import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import type { Confidential } from '../kernel/confidential';
import { searchWords } from '../kernel/text';
import { Conditions } from '../platform/db/conditions';
import { sql, sqlOne, type Tx } from '../platform/db/database';
import { SEALED } from '../platform/secrets/sealed-columns';
import { SealedFields } from '../platform/secrets/sealed-fields';
import type { Stall, StallListQuery, StallRow } from './stall-register.schema';
import { runsOn } from './vendors.repository';

/** A row of the stall list. */
export type StallListRow = Omit<StallRow, 'account'> & {
  readonly id: string;
  readonly sortKey: string;
  readonly account: ShownAccount<Confidential> | null;
};

type ShownAccount<Number> = Omit<NonNullable<StallRow['account']>, 'accountMasked'> & {
  readonly accountNumber: Number;
};

/** A row whose account number is still sealed, in hexadecimal: JSON has no bytes. */
type Stored<Row extends StallListRow> = Omit<Row, 'account'> & { readonly account: ShownAccount<string> | null };

export type StallDetail = StallListRow & Pick<Stall, 'marketCode' | 'marketName' | 'mcc' | 'openedOn' | 'closedOn'>;

export type StallFilter = Pick<StallListQuery, 'q' | 'state' | 'zoneId'> & { readonly marketId: string };

/** `$1` is the day. Reads across tables of three modules; only their own modules write them (decision 0004). */
const SOURCE = `stalls s
  LEFT JOIN zones z ON z.id = s.zone_id
  LEFT JOIN leases l ON l.stall_id = s.id AND ${runsOn('l', '$1')}
  LEFT JOIN vendors v ON v.id = l.vendor_id`;

const SHOWN = `s.id, s.sort_key AS "sortKey", s.code, s.number, s.zone_id AS "zoneId", z.name AS "zoneName",
  s.trade_line AS "tradeLine", trim_scale(s.area_m2)::text AS "areaM2", s.fixed, s.soundbox, s.state, s.version,
  l.from_day AS "leaseFrom",
  CASE WHEN v.id IS NOT NULL THEN jsonb_build_object('id', v.id, 'fullName', v.full_name) END AS vendor,
  (SELECT jsonb_build_object('id', a.id, 'bankBin', a.bank_bin, 'bankName', b.short_name,
      'accountNumber', encode(a.account_number_sealed, 'hex'), 'holderName', a.holder_name, 'verified', a.verified_at IS NOT NULL,
      'attention', a.attention)
    FROM payout_assignments p JOIN payout_accounts a ON a.id = p.payout_account_id JOIN banks b ON b.bin = a.bank_bin
    WHERE p.stall_id = s.id AND ${runsOn('p', '$1')}) AS account,
  (SELECT jsonb_build_object('serial', q.serial, 'issueNo', q.issue_no, 'issuedOn', q.issued_on, 'state', q.state)
    FROM qr_issues q WHERE q.stall_id = s.id AND q.state = 'active') AS qr`;

@Injectable()
export class StallRegisterRepository {
  constructor(private readonly fields: SealedFields) {}

  async count(tx: Tx, filter: StallFilter, day: BusinessDay): Promise<number> {
    const where = conditions(filter, day);
    // Only a search looks at the vendors too.
    const source = filter.q === undefined ? 'stalls s' : SOURCE;
    const row = await sqlOne<{ count: bigint }>(
      tx,
      `SELECT count(*), $1::date FROM ${source} ${where.text}`,
      where.params,
    );
    return Number(row?.count ?? 0);
  }

  /** In natural order of numbers; one row more than `limit`. */
  async list(
    tx: Tx,
    filter: StallFilter,
    page: { after: string[] | null; limit: number; day: BusinessDay },
  ): Promise<StallListRow[]> {
    const where = conditions(filter, page.day);
    if (page.after) {
      const [sortKey, id] = page.after.map((part) => where.bind(part));
      where.also(`(s.sort_key, s.id) > (${sortKey}, ${id}::uuid)`);
    }
    const limit = where.bind(page.limit + 1);
    const rows = await sql<Stored<StallListRow>>(
      tx,
      `SELECT ${SHOWN} FROM ${SOURCE} ${where.text} ORDER BY s.sort_key, s.id LIMIT ${limit}`,
      where.params,
    );
    return rows.map((row) => ({ ...row, account: this.accountOf(row.account) }));
  }

  async find(tx: Tx, code: string, day: BusinessDay): Promise<StallDetail | undefined> {
    const row = await sqlOne<Stored<StallDetail>>(
      tx,
      `SELECT ${SHOWN}, m.code AS "marketCode", m.name AS "marketName", s.mcc, s.opened_on AS "openedOn",
         s.closed_on AS "closedOn"
       FROM ${SOURCE} JOIN markets m ON m.id = s.market_id WHERE s.code = $2`,
      [day, code],
    );
    return row && { ...row, account: this.accountOf(row.account) };
  }

  private accountOf(account: ShownAccount<string> | null): ShownAccount<Confidential> | null {
    if (account === null) return null;
    const sealed = Buffer.from(account.accountNumber, 'hex');
    return { ...account, accountNumber: this.fields.open(SEALED.accountNumber, account.id, sealed) };
  }
}

function conditions({ q, state, zoneId, marketId }: StallFilter, day: BusinessDay): Conditions {
  const where = new Conditions();
  where.bind(day);
  return where
    .add(marketId, (market) => `s.market_id = ${market}`)
    .add(state, (wanted) => `s.state = ${wanted}`)
    .add(zoneId, (zone) => `s.zone_id = ${zone}`)
    .contains(`(s.search_text || ' ' || coalesce(v.search_text, ''))`, searchWords(q ?? ''));
}
