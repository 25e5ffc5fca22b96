import { maskAccount } from '../kernel/masking';

/** Fields of figures: what stands there is an identifier only by mistake, and then a long one. */
const FIGURES: ReadonlySet<string> = new Set([
  'transactionCount',
  'amount',
  'reversalCount',
  'reversalAmount',
  'lineCount',
  'version',
  'part',
  'revision',
  'businessDate',
]);

/** Nine digits or more, also in groups: the shortest phone has ten, and nobody writes a count like that. */
const LONG_NUMBER = /\p{Nd}(?:[ .-]?\p{Nd}){8,}/gu;
/** Six letters and digits or more: what an account may look like (bank-contract §1). */
const TOKEN = /[\p{L}\p{Nd}]{6,}/gu;
const HAS_DIGITS = /\p{Nd}.*\p{Nd}.*\p{Nd}/u;
const STALL_CODE = /^CHO[0-9A-Z]{8}$/;

/**
 * A wrong value as everybody but its sender sees it: whatever may be an account, an ID or a phone shows its last four
 * characters only. Banks put columns in the wrong order, so that any field may hold one.
 */
export function maskedValue(field: string | null, value: string): string {
  const short = value.replace(LONG_NUMBER, maskAccount);
  if (field !== null && FIGURES.has(field)) return short;
  return short.replace(TOKEN, (token) =>
    HAS_DIGITS.test(token) && !STALL_CODE.test(token) ? maskAccount(token) : token,
  );
}
