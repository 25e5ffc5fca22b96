import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { stallCodeFromNumber } from '../../src/kernel/stall-code';
import { foldText } from '../../src/kernel/text';
import { stallNumberKey, stallSortKey } from '../../src/markets/stall-number.rules';
import { execute, type Tx } from '../../src/platform/db/database';
import { nextNumber, RECORDED_AT } from './insert';
import { type SavedMarket, saveMarket } from './market.factory';
import { saveBank, sealedNumber } from './vendor.factory';

/** An account that serves exactly one stall, as the sample lists have it. */
export interface SampleAccount {
  readonly bin: string;
  readonly account: string;
  readonly marketCode: string;
  readonly stallNo: string;
}

export const SAMPLE_ACCOUNTS = JSON.parse(
  readFileSync(join(__dirname, '..', 'fixtures', 'submissions', 'accounts.json'), 'utf8'),
) as SampleAccount[];

/** One row per stall with everything that hangs on it. */
interface RegisterRow extends SampleAccount {
  readonly market: string;
  readonly stall: string;
  readonly code: string;
  readonly numberKey: string;
  readonly sortKey: string;
  readonly vendor: string;
  readonly name: string;
  readonly lease: string;
  readonly payout: string;
  /** In hexadecimal. */
  readonly sealed: string;
  readonly index: string;
  readonly assignment: string;
  readonly consent: string;
}

const ROWS = `json_to_recordset($1::json) AS r(bin text, sealed text, index text, "stallNo" text, market uuid, stall uuid, code text,
  "numberKey" text, "sortKey" text, vendor uuid, name text, lease uuid, payout uuid, assignment uuid, consent uuid)`;

const STATEMENTS = [
  `INSERT INTO stalls (id, market_id, code, number, number_key, sort_key, search_text, opened_on, created_at, updated_at)
   SELECT stall, market, code, "stallNo", "numberKey", "sortKey", lower("stallNo"), '2020-01-01', $2::timestamptz, $2
   FROM ${ROWS}`,
  `INSERT INTO vendors (id, kind, full_name, search_text, province_code, state, created_at, updated_at)
   SELECT vendor, 'individual', name, lower(name), '92', 'approved', $2::timestamptz, $2 FROM ${ROWS}`,
  `INSERT INTO leases (id, stall_id, vendor_id, market_id, from_day, created_at)
   SELECT lease, stall, vendor, market, '2020-01-01', $2::timestamptz FROM ${ROWS}`,
  `INSERT INTO payout_accounts (id, vendor_id, bank_bin, account_number_sealed, account_number_index, verified_how,
     verified_at, created_at)
   SELECT payout, vendor, bin, decode(sealed, 'hex'), decode(index, 'hex'), 'bank_reply', $2::timestamptz, $2
   FROM ${ROWS}`,
  `INSERT INTO payout_assignments (id, stall_id, payout_account_id, market_id, from_day, created_at)
   SELECT assignment, stall, payout, market, '2020-01-01', $2::timestamptz FROM ${ROWS}`,
];

const CONSENTS = `INSERT INTO consents (id, vendor_id, purpose, text_version, given_how, given_at)
  SELECT consent, vendor, 'stall_figures', '2026-01', 'form', $2::timestamptz FROM ${ROWS}`;

/**
 * The register that the sample submissions were made for: their banks, both markets, and an occupied stall for every
 * account. Every vendor consents to stall-level figures unless told.
 */
export async function saveSampleRegister(
  tx: Tx,
  { consent = true }: { consent?: boolean } = {},
): Promise<ReadonlyMap<string, SavedMarket>> {
  for (const bin of new Set(SAMPLE_ACCOUNTS.map((account) => account.bin))) await saveBank(tx, bin);
  const markets = new Map<string, SavedMarket>();
  for (const code of new Set(SAMPLE_ACCOUNTS.map(({ marketCode }) => marketCode))) {
    markets.set(code, await saveMarket(tx, { code }));
  }
  const rows = SAMPLE_ACCOUNTS.map((account) => rowOf(account, markets.get(account.marketCode)?.id ?? ''));
  const params = [JSON.stringify(rows), RECORDED_AT];
  for (const statement of consent ? [...STATEMENTS, CONSENTS] : STATEMENTS) await execute(tx, statement, params);
  return markets;
}

function rowOf(account: SampleAccount, market: string): RegisterRow {
  const sequence = nextNumber();
  const payout = v7();
  const number = sealedNumber(payout, account.account);
  return {
    ...account,
    sealed: number.account_number_sealed.toString('hex'),
    index: number.account_number_index.toString('hex'),
    market,
    stall: v7(),
    code: stallCodeFromNumber(BigInt(sequence)),
    numberKey: stallNumberKey(account.stallNo),
    sortKey: stallSortKey(foldText(account.stallNo)),
    vendor: v7(),
    name: `Người Bán ${sequence}`,
    lease: v7(),
    payout,
    assignment: v7(),
    consent: v7(),
  };
}
