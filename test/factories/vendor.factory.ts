import { v7 } from 'uuid';
import { type BusinessDay, businessDay } from '../../src/kernel/business-day';
import { Confidential } from '../../src/kernel/confidential';
import { foldText } from '../../src/kernel/text';
import { execute, sqlOne, type Tx } from '../../src/platform/db/database';
import { SEALED } from '../../src/platform/secrets/sealed-columns';
import { TEST_FIELDS } from '../database/test-secrets';
import { confidential } from './confidential-values';
import { insertRow, nextNumber, RECORDED_AT } from './insert';
import type { SavedStall } from './market.factory';

export interface SavedVendor {
  readonly id: string;
  readonly fullName: string;
  readonly personalId: string | null;
}

export interface VendorOverrides {
  readonly fullName?: string;
  readonly kind?: 'individual' | 'household_business' | 'enterprise';
  readonly personalId?: string | null;
  readonly phone?: string | null;
  readonly taxCode?: string | null;
  readonly householdName?: string | null;
  readonly state?: string;
  readonly submittedBy?: string | null;
  readonly provinceCode?: string;
}

/** An approved vendor unless told; IDs begin with 000, which no province has. */
export async function saveVendor(tx: Tx, overrides: VendorOverrides = {}): Promise<SavedVendor> {
  const sequence = nextNumber();
  const fullName = overrides.fullName ?? `Người Bán ${sequence}`;
  const id = v7();
  const personalId =
    overrides.personalId === undefined ? `000${String(sequence).padStart(9, '0')}` : overrides.personalId;
  const phone = overrides.phone === undefined ? `090000${String(sequence % 10_000).padStart(4, '0')}` : overrides.phone;
  await insertRow(tx, 'vendors', {
    id,
    kind: overrides.kind ?? 'individual',
    full_name: fullName,
    search_text: foldText(fullName),
    ...sealedIds(id, { personalId, phone, taxCode: overrides.taxCode ?? null }),
    household_name: overrides.householdName ?? null,
    province_code: overrides.provinceCode ?? '92',
    state: overrides.state ?? 'approved',
    submitted_by: overrides.submittedBy ?? null,
    created_at: RECORDED_AT,
    updated_at: RECORDED_AT,
  });
  return { id, fullName, personalId };
}

/** The columns of the identifiers, as the application writes them. */
function sealedIds(id: string, ids: { personalId: string | null; phone: string | null; taxCode: string | null }) {
  const personalId = Confidential.orNull('personal_id', confidential('personal ID', ids.personalId));
  const phone = Confidential.orNull('phone', confidential('phone', ids.phone));
  const taxCode = Confidential.orNull('tax_code', ids.taxCode);
  return {
    personal_id_sealed: TEST_FIELDS.seal(SEALED.vendorPersonalId, id, personalId),
    personal_id_index: TEST_FIELDS.indexOf(personalId),
    phone_sealed: TEST_FIELDS.seal(SEALED.vendorPhone, id, phone),
    phone_index: TEST_FIELDS.indexOf(phone),
    tax_code_sealed: TEST_FIELDS.seal(SEALED.vendorTaxCode, id, taxCode),
  };
}

/** The columns of an account number, as the application writes them. */
export function sealedNumber(id: string, accountNumber: string) {
  const number = Confidential.of('account', confidential('account', accountNumber));
  return {
    account_number_sealed: TEST_FIELDS.seal(SEALED.accountNumber, id, number),
    account_number_index: TEST_FIELDS.indexOf(number),
  };
}

interface Period {
  readonly fromDay?: BusinessDay;
  readonly toDay?: BusinessDay | null;
}

const SINCE_2020 = businessDay('2020-01-01');

/** The vendor holds the stall, since 2020 and still unless told. */
export async function saveLease(
  tx: Tx,
  stall: SavedStall,
  vendor: { id: string },
  { fromDay = SINCE_2020, toDay = null }: Period = {},
): Promise<{ id: string }> {
  const id = v7();
  await insertRow(tx, 'leases', {
    id,
    stall_id: stall.id,
    vendor_id: vendor.id,
    market_id: stall.marketId,
    from_day: fromDay,
    to_day: toDay,
    created_at: RECORDED_AT,
  });
  return { id };
}

export interface SavedAccount {
  readonly id: string;
  readonly bankBin: string;
  readonly accountNumber: string;
}

export interface AccountOverrides {
  readonly bankBin?: string;
  readonly accountNumber?: string;
  readonly holderName?: string | null;
  /** True unless told. */
  readonly verified?: boolean;
}

/** A payout account of the vendor, verified by a bank's reply unless told; its bank is added to the directory. */
export async function saveAccount(
  tx: Tx,
  vendor: { id: string; fullName: string },
  overrides: AccountOverrides = {},
): Promise<SavedAccount> {
  const { bankBin = '970436', verified = true } = overrides;
  const accountNumber = overrides.accountNumber ?? `9990${String(nextNumber()).padStart(8, '0')}`;
  const id = v7();
  await saveBank(tx, bankBin);
  await insertRow(tx, 'payout_accounts', {
    id,
    vendor_id: vendor.id,
    bank_bin: bankBin,
    ...sealedNumber(id, accountNumber),
    holder_name: overrides.holderName === undefined ? foldText(vendor.fullName).toUpperCase() : overrides.holderName,
    verified_how: verified ? 'bank_reply' : null,
    verified_at: verified ? RECORDED_AT : null,
    created_at: RECORDED_AT,
  });
  return { id, bankBin, accountNumber };
}

/** The stall's customers pay into the account, since 2020 and still unless told; after another, because two decided so. */
export async function saveAssignment(
  tx: Tx,
  stall: SavedStall,
  account: { id: string },
  { fromDay = SINCE_2020, toDay = null }: Period = {},
): Promise<{ id: string }> {
  const id = v7();
  await insertRow(tx, 'payout_assignments', {
    id,
    stall_id: stall.id,
    payout_account_id: account.id,
    market_id: stall.marketId,
    from_day: fromDay,
    to_day: toDay,
    approval_id: await saveChangeApproval(tx, stall, account),
    created_at: RECORDED_AT,
  });
  return { id };
}

/** What two people decided, where the stall paid into another account before; null where it did not. */
async function saveChangeApproval(tx: Tx, stall: SavedStall, account: { id: string }): Promise<string | null> {
  const formerAccounts = 'SELECT FROM payout_assignments WHERE stall_id = $1 AND payout_account_id <> $2';
  if (!(await sqlOne(tx, formerAccounts, [stall.id, account.id]))) return null;
  const [id, decidedBy] = [v7(), v7()];
  await insertRow(tx, 'staff', {
    id: decidedBy,
    email: `duyet.${nextNumber()}@example.vn`,
    full_name: 'Người Duyệt',
    role: 'department_leader',
    created_at: RECORDED_AT,
  });
  await insertRow(tx, 'approvals', {
    ...{ id, kind: 'account_change', subject_type: 'stall', subject_id: stall.code },
    ...{ province_code: '92', market_id: stall.marketId, payload: { accountId: account.id } },
    ...{ summary: { sentence: { vi: '', en: '' }, facts: [] }, reason: 'factory' },
    ...{ requested_by_kind: 'cli', requested_by: 'factory', requested_at: RECORDED_AT, expires_at: RECORDED_AT },
  });
  await execute(tx, `UPDATE approvals SET state = 'approved', decided_by = $2, decided_at = $3 WHERE id = $1`, [
    id,
    decidedBy,
    RECORDED_AT,
  ]);
  return id;
}

export interface ConsentOverrides {
  readonly purpose?: 'register' | 'stall_figures' | 'public_listing';
  readonly givenAt?: Date;
  readonly withdrawnAt?: Date | null;
}

/** A consent given in 2025, to stall-level figures and not withdrawn unless told. */
export async function saveConsent(
  tx: Tx,
  vendor: { id: string },
  overrides: ConsentOverrides = {},
): Promise<{ id: string }> {
  const id = v7();
  await insertRow(tx, 'consents', {
    id,
    vendor_id: vendor.id,
    purpose: overrides.purpose ?? 'stall_figures',
    text_version: '2026-01',
    given_how: 'form',
    given_at: overrides.givenAt ?? RECORDED_AT,
    withdrawn_at: overrides.withdrawnAt ?? null,
  });
  return { id };
}

/** A bank of the directory, for tests that do not load the whole one. */
export async function saveBank(tx: Tx, bin: string, code = `BANK${bin}`): Promise<void> {
  await execute(
    tx,
    `INSERT INTO banks (bin, code, short_name, legal_name, payer_app_scans, name_lookup)
     VALUES ($1, $2, $2, 'Ngân hàng ' || $2, true, true) ON CONFLICT DO NOTHING`,
    [bin, code],
  );
}

/** A stall with a vendor who holds it, a verified account it pays into and, unless told, consent to stall figures. */
export async function saveOccupiedStall(
  tx: Tx,
  stall: SavedStall,
  { consent = true, ...account }: AccountOverrides & { consent?: boolean } = {},
): Promise<{ vendor: SavedVendor; account: SavedAccount }> {
  const vendor = await saveVendor(tx);
  await saveLease(tx, stall, vendor);
  const saved = await saveAccount(tx, vendor, account);
  await saveAssignment(tx, stall, saved);
  if (consent) await saveConsent(tx, vendor);
  return { vendor, account: saved };
}
