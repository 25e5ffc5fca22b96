import { decodeScannedCode, type ScannedVietQr } from './decode-scan-back';
import { type Finding } from './findings';
import { type ForeignScheme } from './payload';
import { ForeignCode, VietQrRefused } from './vietqr.errors';

/** What a check of the code on a stall can come to. `other_account` is the alarm: somebody else is being paid. */
export type ScanResult =
  | 'match'
  | 'old_issue'
  | 'reencoded'
  | 'same_owner_other_account'
  | 'other_account'
  | 'foreign_code'
  | 'malformed'
  | 'several_codes'
  | 'unreadable';

export interface AccountReference {
  readonly bin: string;
  readonly account: string;
}

/** What the register knows about the stall whose code was photographed. */
export interface RegisteredCodes {
  /** The payload of the issue in force. */
  readonly current: string;
  /** Payloads of the stall's earlier issues. */
  readonly earlier: readonly string[];
  /** Every account the register knows of the vendor who holds the stall. */
  readonly ownerAccounts: readonly AccountReference[];
  /** Where the card's own small code leads; texts that begin with it are no payment codes. */
  readonly verifyAddress: string;
}

export interface ScanJudgement {
  readonly result: ScanResult;
  /** The accounts seen, also of several codes: one found on a pasted sticker is looked for in all later checks. */
  readonly accounts: readonly AccountReference[];
  /** What the code that was read has outside the letter of the profile. */
  readonly warnings: readonly Finding[];
  /** Whose code it is instead, with `foreign_code`. */
  readonly scheme: ForeignScheme | null;
}

type Reading = ScannedVietQr | ForeignCode | VietQrRefused;

/**
 * Compares what a photograph of a stall's card says with the register (vietqr §5). Accounts are compared as parsed
 * fields; bytes only tell an untouched code from one that was encoded again.
 * @param texts what the QR reader found in the picture, each symbol's text
 */
export function judgeScan(texts: readonly string[], registered: RegisteredCodes): ScanJudgement {
  const codes = [...new Set(texts.filter((text) => !text.startsWith(registered.verifyAddress)))];
  const [code, ...others] = codes;
  if (code === undefined) return judgement('unreadable');
  if (others.length > 0)
    return judgement(
      'several_codes',
      codes.flatMap((text) => accountsOf(read(text))),
    );
  const reading = read(code);
  if (reading instanceof ForeignCode) return { ...judgement('foreign_code'), scheme: reading.scheme };
  if (reading instanceof VietQrRefused) return { ...judgement('malformed'), warnings: [reading.finding] };
  return { ...judgement(compare(code, reading, registered), accountsOf(reading)), warnings: reading.warnings };
}

function compare(code: string, { fields }: ScannedVietQr, registered: RegisteredCodes): ScanResult {
  if (code === registered.current) return 'match';
  if (registered.earlier.includes(code)) return 'old_issue';
  if (accountsOf(read(registered.current)).some((known) => isSame(known, fields))) return 'reencoded';
  return registered.ownerAccounts.some((known) => isSame(known, fields)) ? 'same_owner_other_account' : 'other_account';
}

/** Case counts: virtual accounts may differ in nothing else. */
function isSame(one: AccountReference, other: AccountReference): boolean {
  return one.bin === other.bin && one.account === other.account;
}

function read(code: string): Reading {
  try {
    return decodeScannedCode(code);
  } catch (error) {
    if (error instanceof ForeignCode || error instanceof VietQrRefused) return error;
    throw error;
  }
}

function accountsOf(reading: Reading): AccountReference[] {
  if (reading instanceof Error) return [];
  return [{ bin: reading.fields.bin, account: reading.fields.account }];
}

function judgement(result: ScanResult, accounts: readonly AccountReference[] = []): ScanJudgement {
  return { result, accounts, warnings: [], scheme: null };
}
