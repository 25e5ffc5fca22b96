import { cleanText } from '../kernel/text';

/** Digits of a run beyond this are kept as they are: no stall is numbered that high. */
const DIGITS_PADDED = 8;

/**
 * The number as it is painted, spelled one way: one space between label and number, a letter after the number in
 * upper case, the label as given ("ô  12a" → "ô 12A", "Ki-ốt5c" → "Ki-ốt 5C").
 */
export function stallNumber(raw: string): string {
  return cleanText(raw)
    .replace(/(\p{L})\s*(\d)/u, '$1 $2')
    .replace(
      /(\d)\s*(\p{L}{1,2})(?![\p{L}])/gu,
      (_match, digit: string, letter: string) => digit + letter.toUpperCase(),
    );
}

/** What must be unique in a market: the number without spaces and case. */
export function stallNumberKey(number: string): string {
  return cleanText(number).replace(/\s+/gu, '').toLowerCase();
}

/** Sorts as people count: digit runs are padded, so that "Ô 2" stands before "Ô 10" and "Ô 10A" after "Ô 10". */
export function stallSortKey(number: string): string {
  return stallNumberKey(number).replace(/\d+/gu, (digits) => digits.padStart(DIGITS_PADDED, '0'));
}
