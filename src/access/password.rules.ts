import { type Bilingual, DomainError } from '../kernel/errors';
import { foldText } from '../kernel/text';
import { DENIED_PASSWORDS } from './password.deny-list';

/** robustness §4: length only, no composition rules, and a deny-list. Counted in characters, not bytes. */
export const MIN_PASSWORD_CHARACTERS = 8;
export const MAX_PASSWORD_CHARACTERS = 128;

/** Words that stand for this system or its places: alone, or with digits, they are the first guesses. */
const OWN_WORDS = ['cho40', 'chodientu', 'soct', 'socongthuong', 'congthuong'];

/** Words that are personal to the account. */
export interface PasswordOwner {
  readonly email: string;
  readonly fullName: string;
}

type PasswordFault = 'password_too_short' | 'password_too_long' | 'password_too_common';

const SENTENCES: Record<PasswordFault, Bilingual> = {
  password_too_short: {
    vi: `Mật khẩu cần ít nhất ${MIN_PASSWORD_CHARACTERS} ký tự.`,
    en: `The password needs at least ${MIN_PASSWORD_CHARACTERS} characters.`,
  },
  password_too_long: {
    vi: `Mật khẩu dài nhất ${MAX_PASSWORD_CHARACTERS} ký tự.`,
    en: `The password may have at most ${MAX_PASSWORD_CHARACTERS} characters.`,
  },
  password_too_common: {
    vi: 'Mật khẩu này quá dễ đoán. Hãy chọn một câu dài hơn mà chỉ mình bạn biết.',
    en: 'This password is too easy to guess. Choose a longer phrase that only you know.',
  },
};

export class PasswordRefused extends DomainError {
  constructor(fault: PasswordFault) {
    const message = SENTENCES[fault];
    super('invalid', fault, message, [{ pointer: '/password', code: fault, message }]);
  }
}

/**
 * The one spelling of a password: NFC. A Vietnamese keyboard may send composed or decomposed letters, and both are the
 * same password to the person who types it. Case and spaces count.
 */
export function canonicalPassword(typed: string): string {
  return typed.normalize('NFC');
}

/** @param password as {@link canonicalPassword} gives it. @throws PasswordRefused */
export function checkPassword(password: string, owner: PasswordOwner): void {
  const length = [...password].length;
  if (length < MIN_PASSWORD_CHARACTERS) throw new PasswordRefused('password_too_short');
  if (length > MAX_PASSWORD_CHARACTERS) throw new PasswordRefused('password_too_long');
  if (isGuessable(password, owner)) throw new PasswordRefused('password_too_common');
}

function isGuessable(password: string, { email, fullName }: PasswordOwner): boolean {
  const folded = foldText(password).replace(/\s/g, '');
  if (isRun(folded) || DENIED_PASSWORDS.has(folded) || DENIED_PASSWORDS.has(withoutDigitsAround(folded))) return true;
  const known = [...OWN_WORDS, email, email.split('@')[0] ?? '', fullName]
    .map(squeezed)
    .filter((word) => word.length > 2);
  const typed = squeezed(password);
  return known.some((word) => typed.includes(word) && isDigits(typed.replace(word, '')));
}

/** Letters and digits alone: dots and spaces make no password. */
function squeezed(text: string): string {
  return foldText(text).replace(/[^a-z0-9]/g, '');
}

function withoutDigitsAround(folded: string): string {
  return folded.replace(/^[^a-z]+|[^a-z]+$/g, '');
}

function isDigits(rest: string): boolean {
  return /^[0-9]*$/.test(rest);
}

/** One character, or one step up or down, all the way: `aaaaaaaa`, `12345678`, `hgfedcba`. */
function isRun(text: string): boolean {
  const steps = new Set<number>();
  for (let i = 1; i < text.length; i += 1) steps.add(text.charCodeAt(i) - text.charCodeAt(i - 1));
  const [step] = steps;
  return steps.size === 0 || (steps.size === 1 && step !== undefined && Math.abs(step) <= 1);
}
