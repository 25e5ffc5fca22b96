import { z } from 'zod';

/** A bank's identification number: six digits, the only key of a bank (short codes clash: BVB names two). */
export type BankBin = string & { readonly __brand: 'BankBin' };

const SHAPE = /^[0-9]{6}$/;

export function isBankBin(text: string): text is BankBin {
  return SHAPE.test(text);
}

export const bankBinSchema = z
  .string()
  .regex(SHAPE)
  .meta({ description: 'Bank identification number (BIN), six digits', example: '970436' });
