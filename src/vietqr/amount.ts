import { isDigits } from './characters';
import {
  amountDecimals,
  amountFormat,
  amountLeadingZero,
  amountTooLong,
  amountZero,
  bad,
  type Finding,
  type Report,
} from './findings';

/** The largest amount that 13 digits hold, in đồng. */
export const MAX_AMOUNT = 9_999_999_999_999n;
const MAX_DIGITS = 13;
const READABLE = /^([0-9]+)(?:\.([0-9]*))?$/;
const PERCENT = /^(?=.*[1-9])[0-9]{1,2}(?:\.[0-9]{1,2})?$/;

/**
 * Whole đồng as digits. EMVCo allows a decimal point without decimals (`50000.`), so it is read, and left out of what
 * is returned. Anything else is reported and returned as it stands.
 * @param at `54`, or `56` for the fixed fee, which follows the same rule
 */
export function readAmount(text: string, at: string, report: Report): string {
  if (text.length <= MAX_DIGITS && !text.startsWith('0') && isDigits(text)) return text;
  const [, digits, decimals] = READABLE.exec(text) ?? [];
  if (digits === undefined) return reported(text, amountFormat(at), report);
  if (decimals) return reported(text, amountDecimals(), report);
  if (text.length > MAX_DIGITS) return reported(text, amountTooLong(), report);
  if (/^0+$/.test(digits)) return reported(text, amountZero(), report);
  if (digits.startsWith('0')) return reported(text, amountLeadingZero(), report);
  return digits;
}

/** Tag 57: more than 0 and less than 100 per cent, two decimals at most (EMVCo QRCPS-MPM §4.6.6). */
export function checkPercentage(text: string, report: Report): void {
  if (!PERCENT.test(text)) report(bad('57'));
}

function reported(text: string, finding: Finding, report: Report): string {
  report(finding);
  return text;
}
