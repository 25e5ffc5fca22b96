/** Half of a character beyond U+FFFF, the only ones that take two code units. */
export const SURROGATE = /[\uD800-\uDFFF]/;

// Loops over a part of the payload: no value is cut out to be looked at, and no pattern is started for six digits.

/** ASCII 20–7E, EMVCo’s "ANS". */
export function isAns(text: string, from = 0, to = text.length): boolean {
  for (let i = from; i < to; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit > 0x7e) return false;
  }
  return true;
}

/** ASCII digits alone: `Number()` and `\d` with the wrong flag know others. */
export function isDigits(text: string, from = 0, to = text.length): boolean {
  for (let i = from; i < to; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x30 || unit > 0x39) return false;
  }
  return true;
}

/** ASCII letters and digits. */
export function isAlphanumeric(text: string, from = 0, to = text.length): boolean {
  for (let i = from; i < to; i += 1) {
    const unit = text.charCodeAt(i);
    const lower = unit | 0x20;
    if ((unit < 0x30 || unit > 0x39) && (lower < 0x61 || lower > 0x7a)) return false;
  }
  return true;
}

/** Nothing but white space; decided by the first character for nearly every text. */
export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first > 0x20 && first < 0x7f) && text.trim() === '';
}

/** Whether an ASCII text holds a lower-case letter. */
export function hasLowerCase(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 0x60) return true;
  return false;
}

/** Number of Unicode code points. */
export function codePoints(text: string): number {
  return SURROGATE.test(text) ? Array.from(text).length : text.length;
}
