import { z } from 'zod';

/** A bank's identification number: six digits, the only key of a bank (short codes clash: BVB names two). */
export type BankBin = string & { readonly __brand: 'BankBin' };

const SHAPE = /^[0-9]{6}$/;

export function isBankBin(text: string): text is BankBin {
  return SHAPE.test(text);
}

/**
 * The province that exists for testing alone: its markets and stalls are invented, and no person's area reaches them.
 */
export const SANDBOX_PROVINCE = '00';

/**
 * The institution under which everything signed with a test key is kept: the bank's BIN with `0` as its first digit,
 * which no card issuer has (ISO/IEC 7812-1 keeps it for itself). 970436 → 070436.
 */
export function sandboxBinOf(bin: string): string {
  return `0${bin.slice(1)}`;
}

/** Whether a BIN is a test institution's: nothing of it may appear among what is real. */
export function isSandboxBin(bin: string): boolean {
  return bin.startsWith('0');
}

export const bankBinSchema = z
  .string()
  .regex(SHAPE)
  .meta({ description: 'Bank identification number (BIN), six digits', example: '970436' });
