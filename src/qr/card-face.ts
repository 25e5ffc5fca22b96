import type { BusinessDay } from '../kernel/business-day';
import type { StallCode } from '../kernel/stall-code';
import { cleanText } from '../kernel/text';

/** Everything that is printed on one card, frozen at issue. Names are text from the register and stay text. */
export interface CardFace {
  readonly marketName: string;
  /** Part of the market, `null` where it has none. */
  readonly zone: string | null;
  /** As painted on the stall: `Ô 12A`. */
  readonly stallNumber: string;
  readonly stallCode: StallCode;
  /** As registered: a person's or a household business's name. */
  readonly vendorName: string;
  /** `Vietcombank`. */
  readonly bankName: string;
  /** `****6789`: enough to compare with what the banking app shows; the whole number stands only in the code. */
  readonly accountMasked: string;
  /** As the bank shows it to the payer. */
  readonly holderName: string;
  readonly serial: string;
  /** 1 for the first card of a stall. */
  readonly issueNumber: number;
  readonly issuedDay: BusinessDay;
  /** The VietQR text of the large code. */
  readonly payload: string;
  /** Address of the public verify page of this card; also the text of the small code. */
  readonly verifyUrl: string;
  /** Printed as not valid for payment. */
  readonly demo: boolean;
}

/** `10/10/2026`. */
export function dayText(day: BusinessDay): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
}

/** What Be Vietnam Pro draws and Vietnamese names use: ASCII, Latin-1, Ă Đ Ĩ Ũ Ơ Ư, the toned vowels, punctuation. */
const NOT_DRAWN =
  /[^\u0020-\u007E\u00A1-\u00FF\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01A0\u01A1\u01AF\u01B0\u1EA0-\u1EF9\u2013\u2014\u2018-\u201A\u201C-\u201E\u2022\u2026\u20AB\u20AC]+/gu;
/** A card has room for two lines; what comes from outside may be a megabyte. */
const LONGEST = 240;

/**
 * Text as it can be set: NFC, no control or bidi characters, every run of signs without a glyph (emoji, other
 * scripts) one question mark, so that nothing reorders, overlaps or disappears silently.
 */
export function printableText(raw: string): string {
  return cleanText(raw.slice(0, LONGEST * 4))
    .replace(NOT_DRAWN, '?')
    .slice(0, LONGEST);
}
