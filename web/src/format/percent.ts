import { type Language, MARKS, NBSP } from './language';
import { groupDigits } from './money';

/** `part` of `whole` as `83,5 %`, one decimal, half up; null where there is no whole to be a part of. */
export function formatRatio(part: number | bigint, whole: number | bigint, language: Language): string | null {
  if (BigInt(whole) === 0n) return null;
  return permille(divideRound(BigInt(part) * 1000n, BigInt(whole)), language);
}

/** A share as the API sends it (`'0.0123'`) as `1,2 %`; below a tenth of a percent but not nothing: `< 0,1 %`. */
export function formatShare(share: string, language: Language): string {
  const [whole = '0', fraction = ''] = share.split('.');
  const scaled = BigInt(whole + fraction.padEnd(6, '0').slice(0, 6));
  const rounded = divideRound(scaled, 1000n);
  if (rounded === 0n && scaled > 0n) return `< ${permille(1n, language)}`;
  return permille(rounded, language);
}

/** Change from one amount to another: `+12,3 %`, `−4,0 %`; null when there was nothing before. */
export function formatChange(current: string, previous: string, language: Language): string | null {
  const before = BigInt(previous);
  if (before === 0n) return null;
  const difference = BigInt(current) - before;
  const size = divideRound((difference < 0n ? -difference : difference) * 1000n, before);
  if (size === 0n) return permille(0n, language);
  return `${difference < 0n ? '−' : '+'}${permille(size, language)}`;
}

function divideRound(numerator: bigint, denominator: bigint): bigint {
  return (numerator * 2n + denominator) / (denominator * 2n);
}

function permille(value: bigint, language: Language): string {
  const whole = groupDigits((value / 10n).toString(), language);
  return `${whole}${MARKS[language].decimal}${value % 10n}${NBSP}%`;
}
