import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { Confidential, type ConfidentialKind } from '../kernel/confidential';
import { foldText, searchWords } from '../kernel/text';
import { inReach, vendorInReach } from '../markets/market-reach';
import { columnsOf } from '../platform/db/columns';
import { Conditions } from '../platform/db/conditions';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import { SEALED } from '../platform/secrets/sealed-columns';
import { SealedFields } from '../platform/secrets/sealed-fields';
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

/** A vendor as stored. */
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

/** What stands in the row instead of the identifiers. */
interface SealedIds {
  readonly personalId: Buffer | null;
  readonly phone: Buffer | null;
  readonly taxCode: Buffer | null;
}
type StoredVendor = Omit<VendorRecord, keyof SealedIds> & SealedIds;

const RECORD = `v.id, v.kind, v.full_name AS "fullName", v.personal_id_sealed AS "personalId",
  v.tax_code_sealed AS "taxCode", v.household_name AS "householdName", v.phone_sealed AS phone, v.address, v.state,
  v.state_reason AS "stateReason", v.submitted_by AS "submittedBy", v.version FROM vendors v`;

/** On a day that the placeholder names. */
export function runsOn(period: string, day: string): string {
  return `${day}::date BETWEEN ${period}.from_day AND coalesce(${period}.to_day, 'infinity')`;
}

@Injectable()
export class VendorsRepository {
  constructor(private readonly fields: SealedFields) {}

  async find(tx: Tx, id: string): Promise<VendorRecord | undefined> {
    const [found] = await this.records(tx, `WHERE v.id = $1 AND ${vendorInReach('v')}`, id);
    return found;
  }

  identify(tx: Tx, id: string): Promise<{ fullName: string; provinceCode: string } | undefined> {
    return sqlOne(
      tx,
      `SELECT full_name AS "fullName", province_code AS "provinceCode" FROM vendors v WHERE v.id = $1 AND ${vendorInReach('v')}`,
      [id],
    );
  }

  async findLocked(tx: Tx, id: string): Promise<VendorRecord | undefined> {
    const [found] = await this.records(tx, `WHERE v.id = $1 AND ${vendorInReach('v')} FOR UPDATE`, id);
    return found;
  }

  findByPersonalIds(tx: Tx, personalIds: readonly Confidential[]): Promise<VendorRecord[]> {
    const indexes = personalIds.map((id) => this.fields.indexOf(id));
    return this.records(tx, 'WHERE v.personal_id_index = ANY ($1::bytea[]) ORDER BY v.id FOR UPDATE', indexes);
  }

  /** Every vendor who holds or held a stall of the market. */
  findOfMarket(tx: Tx, marketId: string): Promise<VendorRecord[]> {
    return this.records(tx, 'WHERE v.id IN (SELECT vendor_id FROM leases WHERE market_id = $1)', marketId);
  }

  /** @throws the driver's violation of `vendors_personal_id_index` where another vendor has that ID */
  async insertMany(tx: Tx, vendors: readonly NewVendor[], home: VendorHome, now: Date): Promise<void> {
    const rows = vendors.map((vendor) => ({
      ...vendor,
      ...this.sealedIds(vendor),
      searchText: vendorSearchText(vendor),
    }));
    await execute(
      tx,
      `INSERT INTO vendors (id, kind, full_name, search_text, household_name, address, state, personal_id_sealed,
         personal_id_index, phone_sealed, phone_index, tax_code_sealed, province_code, registered_in, created_at, updated_at)
       SELECT r.*, $13, $15::uuid, $14, $14 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[],
         $6::text[], $7::text[], $8::bytea[], $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[]) AS r`,
      [
        ...columnsOf(rows, ['id', 'kind', 'fullName', 'searchText', 'householdName', 'address', 'state']),
        ...columnsOf(rows, ['personalId', 'personalIdIndex', 'phone', 'phoneIndex', 'taxCode']),
        home.provinceCode,
        now,
        home.registeredIn,
      ],
    );
  }

  /** Writes every fact if the version is still the one that was read; says whether it was. */
  async update(tx: Tx, vendor: VendorRecord, version: number, now: Date): Promise<boolean> {
    const { id, kind, fullName, householdName, address } = vendor;
    const { personalId, personalIdIndex, phone, phoneIndex, taxCode } = this.sealedIds(vendor);
    const touched = await execute(
      tx,
      `UPDATE vendors SET kind = $3, full_name = $4, search_text = $5, household_name = $6, address = $7, updated_at = $8,
         personal_id_sealed = $9, personal_id_index = $10, phone_sealed = $11, phone_index = $12, tax_code_sealed = $13,
         version = version + 1
       WHERE id = $1 AND version = $2`,
      [
        ...[id, version, kind, fullName, vendorSearchText(vendor), householdName, address, now],
        ...[personalId, personalIdIndex, phone, phoneIndex, taxCode],
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
    const where = this.conditions(filter, today);
    const row = await sqlOne<{ count: bigint }>(tx, `SELECT count(*) FROM vendors v ${where.text}`, where.params);
    return Number(row?.count ?? 0);
  }

  /**
   * In Vietnamese order of name, behind the vendor `afterId`; one row more than `limit`. The cursor is an id because a
   * name must not stand in an address.
   */
  async list(
    tx: Tx,
    filter: VendorFilter,
    page: { afterId: string | undefined; limit: number; today: BusinessDay },
  ): Promise<VendorListRow[]> {
    const where = this.conditions(filter, page.today).add(
      page.afterId,
      (id) => `(v.full_name COLLATE "vi-x-icu", v.id) >
        (SELECT a.full_name COLLATE "vi-x-icu", a.id FROM vendors a WHERE a.id = ${id})`,
    );
    const limit = where.bind(page.limit + 1);
    const rows = await sql<Omit<VendorListRow, 'personalId' | 'phone'> & Pick<SealedIds, 'personalId' | 'phone'>>(
      tx,
      `SELECT v.id, v.kind, v.full_name AS "fullName", v.personal_id_sealed AS "personalId", v.phone_sealed AS phone, v.state
       FROM vendors v ${where.text} ORDER BY v.full_name COLLATE "vi-x-icu", v.id LIMIT ${limit}`,
      where.params,
    );
    return rows.map((row) => ({
      ...row,
      personalId: this.fields.open(SEALED.vendorPersonalId, row.id, row.personalId),
      phone: this.fields.open(SEALED.vendorPhone, row.id, row.phone),
    }));
  }

  heldStalls(tx: Tx, vendorIds: readonly string[], day: BusinessDay): Promise<HeldStall[]> {
    return sql<HeldStall>(
      tx,
      `SELECT l.vendor_id AS "vendorId", s.code AS "stallCode", s.number, m.code AS "marketCode", m.name AS "marketName"
       FROM leases l JOIN stalls s ON s.id = l.stall_id JOIN markets m ON m.id = s.market_id
       WHERE l.vendor_id = ANY ($1) AND ${runsOn('l', '$2')} AND ${inReach('m')} ORDER BY m.code, s.sort_key`,
      [vendorIds, day],
    );
  }

  private async records(tx: Tx, where: string, param: string | readonly Buffer[]): Promise<VendorRecord[]> {
    const rows = await sql<StoredVendor>(tx, `SELECT ${RECORD} ${where}`, [param]);
    return rows.map((row) => ({
      ...row,
      personalId: this.fields.open(SEALED.vendorPersonalId, row.id, row.personalId),
      phone: this.fields.open(SEALED.vendorPhone, row.id, row.phone),
      taxCode: this.fields.open(SEALED.vendorTaxCode, row.id, row.taxCode),
    }));
  }

  private sealedIds({ id, personalId, phone, taxCode }: Pick<NewVendor, 'id' | keyof SealedIds>) {
    return {
      personalId: this.fields.seal(SEALED.vendorPersonalId, id, personalId),
      personalIdIndex: this.fields.indexOf(personalId),
      phone: this.fields.seal(SEALED.vendorPhone, id, phone),
      phoneIndex: this.fields.indexOf(phone),
      taxCode: this.fields.seal(SEALED.vendorTaxCode, id, taxCode),
    };
  }

  private conditions({ q = '', state, marketCode }: VendorFilter, today: BusinessDay): Conditions {
    const where = new Conditions().also(vendorInReach('v')).add(state, (wanted) => `v.state = ${wanted}`);
    if (marketCode !== undefined) {
      const [code, day] = [where.bind(marketCode), where.bind(today)];
      where.also(`EXISTS (SELECT FROM leases l JOIN markets m ON m.id = l.market_id
        WHERE l.vendor_id = v.id AND m.code = ${code} AND ${runsOn('l', day)})`);
    }
    const identifier = cleanAccountNumber(q);
    // Identifiers are looked up whole: part of one would let people try it out digit by digit.
    if (!isAccountNumber(identifier) || !/[0-9]/.test(identifier))
      return where.contains('v.search_text', searchWords(q));
    const indexOf = (kind: ConfidentialKind) => where.bind(this.fields.indexOf(Confidential.of(kind, identifier)));
    const words = where.bind(searchWords(q));
    return where.also(`(v.personal_id_index = ${indexOf('personal_id')} OR v.phone_index = ${indexOf('phone')}
      OR EXISTS (SELECT FROM payout_accounts a WHERE a.vendor_id = v.id AND a.account_number_index = ${indexOf('account')})
      OR NOT EXISTS (SELECT FROM unnest(${words}::text[]) AS word WHERE strpos(v.search_text, word) = 0))`);
  }
}

/** What a vendor is found by: both names, folded. */
function vendorSearchText({ fullName, householdName }: Pick<VendorInput, 'fullName' | 'householdName'>): string {
  return foldText(`${fullName} ${householdName ?? ''}`);
}
