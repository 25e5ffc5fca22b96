import { createHash } from 'node:crypto';

/** How many a person gets at a time; each is good once. */
export const RECOVERY_CODES = 10;
/** 80 bits: nobody finds a code from its plain hash. */
export const RECOVERY_CODE_BYTES = 10;

/** Crockford's base 32: no I, L, O, U, which are misread from paper. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_PER_LETTER = 5;

/** `7K2M-9QXA-41TB-ZC8E` from ten random bytes. */
export function recoveryCode(random: Buffer): string {
  const bits = [...random].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = bits.match(new RegExp(`.{${BITS_PER_LETTER}}`, 'g')) ?? [];
  const text = letters.map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
  return text.replace(/(.{4})(?=.)/g, '$1-');
}

/** What is kept of a code; forgives case, dashes, spaces, and letters read for digits. */
export function recoveryCodeHash(typed: string): Buffer {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return createHash('sha256').update(letters).digest();
}
