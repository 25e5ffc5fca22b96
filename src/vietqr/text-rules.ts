import { codePoints, isAns } from './characters';
import { charset, type Report, tooLong } from './findings';

/** Control characters, line and paragraph separators, and what hides or turns text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;

/** Reports a text that is not ASCII 20–7E or longer than its field; gives it back as it stands. */
export function checkAns(text: string, at: string, limit: number, report: Report): string {
  if (!isAns(text)) report(charset(at));
  if (text.length > limit && codePoints(text) > limit) report(tooLong(at, limit));
  return text;
}

/** The same for tag 64, where every printing letter may stand. */
export function checkUnicode(text: string, at: string, limit: number, report: Report): string {
  if (UNPRINTABLE.test(text)) report(charset(at));
  if (text.length > limit && codePoints(text) > limit) report(tooLong(at, limit));
  return text;
}
