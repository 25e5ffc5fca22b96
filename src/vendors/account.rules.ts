import { foldText } from '../kernel/text';

/** Marks for a person to look at; they block nothing. */
export type HolderMark = 'holder_other_person' | 'holder_lacks_registered_name';

export interface Holder {
  /** The holder's name as the bank shows it. */
  readonly holderName: string | null;
  readonly vendorName: string;
  /** The registered name of a household business, with or without "Hộ kinh doanh". */
  readonly householdName: string | null;
}

/**
 * Compares the holder with who should hold the account; accents, case and punctuation do not count. With a registered
 * household name the holder must contain it (Circular 25/2025, from 2026-03-01); without one the holder must be the
 * vendor, and another person's account needs a written authority.
 */
export function holderMark({ holderName, vendorName, householdName }: Holder): HolderMark | null {
  if (holderName === null) return null;
  const holder = comparable(holderName);
  const isVendor = holder === comparable(vendorName);
  const registered = householdName === null ? '' : withoutBusinessForm(comparable(householdName));
  if (registered === '') return isVendor ? null : 'holder_other_person';
  if (` ${holder} `.includes(` ${registered} `)) return null;
  return isVendor ? 'holder_lacks_registered_name' : 'holder_other_person';
}

function withoutBusinessForm(name: string): string {
  return name.replace(/^(?:ho kinh doanh|hkd)(?: |$)/, '');
}

function comparable(name: string): string {
  return foldText(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const ACCOUNT = /^[0-9A-Za-z]{6,19}$/;

/** An account number without the spaces, dots and dashes people write into it; letter case is kept. */
export function cleanAccountNumber(raw: string): string {
  return raw.replace(/[\s.\-–]+/gu, '');
}

/** Six to nineteen letters and digits (bank-contract §1). */
export function isAccountNumber(text: string): boolean {
  return ACCOUNT.test(text);
}

/** Institutions that are no banks: MoMo, and the two telephone companies' Mobile Money. */
const KIND_BY_BIN: ReadonlyMap<string, 'wallet' | 'mobile_money'> = new Map([
  ['971025', 'wallet'],
  ['971005', 'mobile_money'],
  ['971011', 'mobile_money'],
]);

/** What kind of account an institution keeps, where a list does not say. */
export function accountKind(bankBin: string): 'personal' | 'wallet' | 'mobile_money' {
  return KIND_BY_BIN.get(bankBin) ?? 'personal';
}
