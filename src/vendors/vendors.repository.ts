import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { foldText, searchWords } from '../kernel/text';
import { columnsOf } from '../platform/db/columns';
import { Conditions } from '../platform/db/conditions';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import { cleanAccountNumber, isAccountNumber } from './account.rules';
import type { VendorInput, VendorListQuery, VendorRow } from './vendor.schema';
import type { VendorState } from './vendor.rules';

/** What is known of a vendor. */
export type VendorFacts = Omit<VendorInput, 'marketCode'>;

/** Where a vendor belongs: the scope of its row. */
export interface VendorHome {
  readonly provinceCode: string;
  /** The id of the market that registered it; null when the department did. */
  readonly registeredIn: string | null;
}

/** A vendor as stored, identifiers clear: never leaves a service. */
export interface VendorRecord extends VendorFacts {
  readonly id: string;
  readonly state: VendorState;
  readonly stateReason: string | null;
  readonly submittedBy: string | null;
  readonly version: number;
}

export type NewVendor = VendorFacts & { readonly id: string; readonly state: VendorState };
export type VendorListRow = Pick<VendorRecord, 'id' | 'kind' | 'fullName' | 'personalId' | 'phone' | 'state'>;
export type HeldStall = VendorRow['stalls'][number] & { readonly vendorId: string };
export type VendorFilter = Pick<VendorListQuery, 'q' | 'state' | 'marketCode'>;

const RECORD = `v.id, v.kind, v.full_name AS "fullName", v.personal_id AS "personalId", v.tax_code AS "taxCode",
  v.household_name AS "householdName", v.phone, v.address, v.state, v.state_reason AS "stateReason",
  v.submitted_by AS "submittedBy", v.version FROM vendors v`;

/** On a day that the placeholder names. */
export function runsOn(period: string, day: string): string {
  return `${day}::date BETWEEN ${period}.from_day AND coalesce(${period}.to_day, 'infinity')`;
}

@Injectable()
export class VendorsRepository {
  find(tx: Tx, id: string): Promise<VendorRecord | undefined> {
    return sqlOne<VendorRecord>(tx, `SELECT ${RECORD} WHERE v.id = $1`, [id]);
  }

  findLocked(tx: Tx, id: string): Promise<VendorRecord | undefined> {
    return sqlOne<VendorRecord>(tx, `SELECT ${RECORD} WHERE v.id = $1 FOR UPDATE`, [id]);
  }

  findByPersonalIds(tx: Tx, personalIds: readonly string[]): Promise<VendorRecord[]> {
    return sql<VendorRecord>(tx, `SELECT ${RECORD} WHERE v.personal_id = ANY ($1) ORDER BY v.id FOR UPDATE`, [
      personalIds,
    ]);
  }

  /** Every vendor who holds or held a stall of the market. */
  findOfMarket(tx: Tx, marketId: string): Promise<VendorRecord[]> {
    return sql<VendorRecord>(tx, `SELECT ${RECORD} WHERE v.id IN (SELECT vendor_id FROM leases WHERE market_id = $1)`, [
      marketId,
    ]);
  }

  /** @throws the driver's violation of `vendors_personal_id` where another vendor has that ID */
  async insertMany(tx: Tx, vendors: readonly NewVendor[], home: VendorHome, now: Date): Promise<void> {
    const rows = vendors.map((vendor) => ({ ...vendor, searchText: vendorSearchText(vendor) }));
    await execute(
      tx,
      `INSERT INTO vendors (id, kind, full_name, search_text, personal_id, tax_code, household_name, phone, address, state,
         province_code, registered_in, created_at, updated_at)
       SELECT r.*, $11, $13::uuid, $12, $12 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
         $7::text[], $8::text[], $9::text[], $10::text[]) AS r`,
      [
        ...columnsOf(rows, [
          'id',
          'kind',
          'fullName',
          'searchText',
          'personalId',
          'taxCode',
          'householdName',
          'phone',
          'address',
          'state',
        ]),
        home.provinceCode,
        now,
        home.registeredIn,
      ],
    );
  }

  /** Writes every fact if the version is still the one that was read; says whether it was. */
  async update(tx: Tx, vendor: VendorRecord, version: number, now: Date): Promise<boolean> {
    const touched = await execute(
      tx,
      `UPDATE vendors SET kind = $3, full_name = $4, search_text = $5, personal_id = $6, tax_code = $7,
         household_name = $8, phone = $9, address = $10, updated_at = $11, version = version + 1
       WHERE id = $1 AND version = $2`,
      [
        vendor.id,
        version,
        vendor.kind,
        vendor.fullName,
        vendorSearchText(vendor),
        vendor.personalId,
        vendor.taxCode,
        vendor.householdName,
        vendor.phone,
        vendor.address,
        now,
      ],
    );
    return touched === 1;
  }

  async setState(
    tx: Tx,
    id: string,
    step: { state: VendorState; reason: string | null; submittedBy: string | null },
    now: Date,
  ): Promise<void> {
    await execute(
      tx,
      `UPDATE vendors SET state = $2, state_reason = $3, submitted_by = $4, updated_at = $5, version = version + 1
       WHERE id = $1`,
      [id, step.state, step.reason, step.submittedBy, now],
    );
  }

  async holdsStalls(tx: Tx, id: string, day: BusinessDay): Promise<boolean> {
    const touched = await execute(
      tx,
      `SELECT FROM leases WHERE vendor_id = $1 AND coalesce(to_day, 'infinity') > $2::date LIMIT 1`,
      [id, day],
    );
    return touched > 0;
  }

  async count(tx: Tx, filter: VendorFilter, today: BusinessDay): Promise<number> {
    const where = conditions(filter, today);
    const row = await sqlOne<{ count: bigint }>(tx, `SELECT count(*) FROM vendors v ${where.text}`, where.params);
    return Number(row?.count ?? 0);
  }

  /**
   * In Vietnamese order of name, behind the vendor `afterId`; one row more than `limit`. The cursor is an id because a
   * name must not stand in an address.
   */
  list(
    tx: Tx,
    filter: VendorFilter,
    page: { afterId: string | undefined; limit: number; today: BusinessDay },
  ): Promise<VendorListRow[]> {
    const where = conditions(filter, page.today).add(
      page.afterId,
      (id) => `(v.full_name COLLATE "vi-x-icu", v.id) >
        (SELECT a.full_name COLLATE "vi-x-icu", a.id FROM vendors a WHERE a.id = ${id})`,
    );
    const limit = where.bind(page.limit + 1);
    return sql<VendorListRow>(
      tx,
      `SELECT v.id, v.kind, v.full_name AS "fullName", v.personal_id AS "personalId", v.phone, v.state
       FROM vendors v ${where.text} ORDER BY v.full_name COLLATE "vi-x-icu", v.id LIMIT ${limit}`,
      where.params,
    );
  }

  heldStalls(tx: Tx, vendorIds: readonly string[], day: BusinessDay): Promise<HeldStall[]> {
    return sql<HeldStall>(
      tx,
      `SELECT l.vendor_id AS "vendorId", s.code AS "stallCode", s.number, m.code AS "marketCode", m.name AS "marketName"
       FROM leases l JOIN stalls s ON s.id = l.stall_id JOIN markets m ON m.id = s.market_id
       WHERE l.vendor_id = ANY ($1) AND ${runsOn('l', '$2')} ORDER BY m.code, s.sort_key`,
      [vendorIds, day],
    );
  }
}

/** What a vendor is found by: both names, folded. */
function vendorSearchText({ fullName, householdName }: Pick<VendorInput, 'fullName' | 'householdName'>): string {
  return foldText(`${fullName} ${householdName ?? ''}`);
}

function conditions({ q = '', state, marketCode }: VendorFilter, today: BusinessDay): Conditions {
  const where = new Conditions().add(state, (wanted) => `v.state = ${wanted}`);
  if (marketCode !== undefined) {
    const [code, day] = [where.bind(marketCode), where.bind(today)];
    where.also(`EXISTS (SELECT FROM leases l JOIN markets m ON m.id = l.market_id
      WHERE l.vendor_id = v.id AND m.code = ${code} AND ${runsOn('l', day)})`);
  }
  const identifier = cleanAccountNumber(q);
  // Identifiers are looked up whole: part of one would let people try it out digit by digit.
  if (!isAccountNumber(identifier) || !/[0-9]/.test(identifier)) return where.contains('v.search_text', searchWords(q));
  const [whole, words] = [where.bind(identifier), where.bind(searchWords(q))];
  return where.also(`(v.personal_id = ${whole} OR v.phone = ${whole}
    OR EXISTS (SELECT FROM payout_accounts a WHERE a.vendor_id = v.id AND a.account_number = ${whole})
    OR NOT EXISTS (SELECT FROM unnest(${words}::text[]) AS word WHERE strpos(v.search_text, word) = 0))`);
}
