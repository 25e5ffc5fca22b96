import { z } from 'zod';

/** An amount of money in whole đồng. Never a JavaScript number: a country-year passes a third of 2^53. */
export type Vnd = bigint;

/** The contract's spelling of a whole number: ASCII digits, no sign, no leading zero (bank-contract §1). */
export const WHOLE_NUMBER = /^(?:0|[1-9][0-9]*)$/;

/** The largest amount of one line (bank-contract §1): fifteen nines. */
export const MAX_LINE_VND: Vnd = 999_999_999_999_999n;

/** The largest control total (bank-contract §1): eighteen digits. */
export const MAX_TOTAL_VND: Vnd = 999_999_999_999_999_999n;

/** Reads `0` or `[1-9][0-9]*` up to `max`; `null` for every other spelling. Never rounds, never guesses. */
export function parseVnd(text: string, max: Vnd = MAX_TOTAL_VND): Vnd | null {
  if (text.length > 18 || !WHOLE_NUMBER.test(text)) return null;
  const amount = BigInt(text);
  return amount <= max ? amount : null;
}

/** An amount as it stands in JSON: a string of digits, whole đồng. */
export const vndSchema = z
  .string()
  .regex(WHOLE_NUMBER)
  .max(24)
  .meta({ description: 'Whole đồng, as a string of digits', example: '1850000' });
