import { z } from 'zod';

/**
 * The 11-character stall code printed on every card and carried in the transfer content (VietQR 62.08):
 * `CHO`, seven characters and a check character of {@link STALL_CODE_ALPHABET}.
 *
 * The eight symbols are read as elements v₀…v₇ of GF(2⁵) modulo x⁵+x²+1 with α = x; a code is right when
 * Σ αⁱ·vᵢ = 0. The powers α⁰…α⁷ differ, so every single substitution and every swap of unequal neighbours shows.
 */
export type StallCode = string & { readonly __brand: 'StallCode' };

/** No I, L, O, U: they are misread on a printed card. */
export const STALL_CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PREFIX = 'CHO';
const BODY_LENGTH = 7;
const SHAPE = /^CHO[0-9A-HJKMNP-TV-Z]{8}$/;
const VALUE = new Map([...STALL_CODE_ALPHABET].map((symbol, value) => [symbol, value]));

/** 32⁷ codes: 34 359 738 368. */
export const STALL_CODE_CAPACITY = 32n ** BigInt(BODY_LENGTH);

/** The code of the n-th seven-character body, 0 ≤ n < {@link STALL_CODE_CAPACITY}. @throws RangeError outside. */
export function stallCodeFromNumber(n: bigint): StallCode {
  if (n < 0n || n >= STALL_CODE_CAPACITY) throw new RangeError(`no stall code has the number ${n}`);
  let body = '';
  for (let rest = n, i = 0; i < BODY_LENGTH; i += 1, rest >>= 5n) {
    body = STALL_CODE_ALPHABET[Number(rest & 31n)] + body;
  }
  return `${PREFIX}${body}${checkCharacter(body)}` as StallCode;
}

/** True for eleven characters of the right shape whose check character fits. Case counts: codes are upper case. */
export function isStallCode(text: string): text is StallCode {
  return SHAPE.test(text) && syndrome(text.slice(PREFIX.length)) === 0;
}

/** The character that makes seven body characters a valid code. */
export function checkCharacter(body: string): string {
  const partial = syndrome(body);
  let check = partial;
  // v₇ = α⁻⁷·Σ: dividing by α seven times.
  for (let i = 0; i < BODY_LENGTH; i += 1) check = divideByAlpha(check);
  return STALL_CODE_ALPHABET.charAt(check);
}

/** Σ αⁱ·vᵢ by Horner's rule from the last symbol. */
function syndrome(symbols: string): number {
  let sum = 0;
  for (let i = symbols.length - 1; i >= 0; i -= 1) {
    sum = timesAlpha(sum) ^ (VALUE.get(symbols.charAt(i)) ?? 0);
  }
  return sum;
}

/** Multiplication by x modulo x⁵+x²+1. */
function timesAlpha(value: number): number {
  const shifted = value << 1;
  return shifted & 32 ? shifted ^ 0b100101 : shifted;
}

function divideByAlpha(value: number): number {
  return value & 1 ? (value ^ 0b100101) >> 1 : value >> 1;
}

export const stallCodeSchema = z
  .string()
  .refine(isStallCode, { message: 'not a stall code' })
  .meta({ description: 'Stall code: CHO, seven characters and a check character', example: stallCodeFromNumber(1n) });
