import type { Bilingual } from '../kernel/errors';
import type { StallCode } from '../kernel/stall-code';

/** A stall and what stands between it and a code, as of today. */
export interface StallForIssue {
  readonly stallId: string;
  readonly stallCode: StallCode;
  readonly stallNumber: string;
  readonly operating: boolean;
  readonly vendorId: string | null;
  readonly accountId: string | null;
  /** Whether the account belongs to the vendor who holds the stall today. */
  readonly accountOfVendor: boolean;
  readonly verified: boolean;
  readonly activeSerial: string | null;
}

/** Why a stall gets no code now. */
export type IssueFault =
  | 'stall_not_operating'
  | 'stall_not_let'
  | 'account_missing'
  | 'account_of_other_vendor'
  | 'account_unverified'
  | 'already_issued'
  | 'never_issued';

export const ISSUE_FAULTS: Readonly<Record<IssueFault, Bilingual>> = {
  stall_not_operating: { vi: 'Điểm kinh doanh không hoạt động.', en: 'The stall is not operating.' },
  stall_not_let: { vi: 'Điểm kinh doanh chưa có người thuê.', en: 'The stall is not let to anybody.' },
  account_missing: { vi: 'Chưa có tài khoản thụ hưởng.', en: 'There is no payout account.' },
  account_of_other_vendor: {
    vi: 'Tài khoản thụ hưởng không thuộc tiểu thương đang thuê.',
    en: 'The payout account does not belong to the vendor who holds the stall.',
  },
  account_unverified: { vi: 'Tài khoản thụ hưởng chưa được xác minh.', en: 'The payout account is not verified.' },
  never_issued: { vi: 'Chưa có mã để cấp lại.', en: 'There is no code to replace.' },
  already_issued: { vi: 'Đã có mã đang hiệu lực.', en: 'There is an active code.' },
};

/** A static code is issued for an occupied stall with a verified account of its vendor; null when nothing speaks against it. */
export function issueFault(stall: StallForIssue, options: { readonly reissue: boolean }): IssueFault | null {
  if (!stall.operating) return 'stall_not_operating';
  if (stall.vendorId === null) return 'stall_not_let';
  if (stall.accountId === null) return 'account_missing';
  if (!stall.accountOfVendor) return 'account_of_other_vendor';
  if (!stall.verified) return 'account_unverified';
  if (stall.activeSerial !== null && !options.reissue) return 'already_issued';
  return null;
}

/** How many codes of one market one person may replace within {@link REISSUE_WINDOW_MS}; beyond it takes two. */
export const REISSUE_ALONE = 20;
export const REISSUE_WINDOW_MS = 86_400_000;

/** Counted over a day, so that many small portions are no way around. */
export function takesTwoPeople(count: number, replacedWithinWindow: number): boolean {
  return replacedWithinWindow + count > REISSUE_ALONE;
}

const SERIAL_DIGITS = 9;

/** The serial of the n-th card: nine digits and a Luhn check digit (ISO/IEC 7812-1), so that a misread one is noticed. */
export function serialOf(n: bigint): string {
  const digits = n.toString().padStart(SERIAL_DIGITS, '0');
  return digits + luhnDigit(digits);
}

export function isSerial(text: string): boolean {
  return /^[0-9]{10,19}$/.test(text) && luhnDigit(text.slice(0, -1)) === text.at(-1);
}

function luhnDigit(digits: string): string {
  let sum = 0;
  [...digits].reverse().forEach((digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  });
  return String((10 - (sum % 10)) % 10);
}
