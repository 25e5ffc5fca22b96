/** Characters that take no room and hide differences: zero-width, soft hyphen, BOM, bidi controls. */
const INVISIBLE = /[\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;
/** All but the line breaks and tabs, which are spaces. */
const CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]/gu;
const SPACES = /[\s\u0085]+/gu;

/**
 * Text as it enters the register: NFC, invisible characters gone, every run of spaces one space, trimmed. What takes
 * no room goes first: the byte order mark counts as a space elsewhere, and its going may bring two spaces together.
 */
export function cleanText(raw: string): string {
  return raw.normalize('NFC').replace(INVISIBLE, '').replace(CONTROL, '').replace(SPACES, ' ').trim();
}

/**
 * The form in which names are searched and compared without accents: lower case ASCII letters, `đ` as `d`.
 * The same folding as the database's search columns, which are filled from here.
 */
export function foldText(raw: string): string {
  return cleanText(raw)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/gu, 'd')
    .toLowerCase();
}

/** The words of a search as {@link foldText} writes them, at most eight; each must be found somewhere in the record. */
export function searchWords(raw: string): string[] {
  return foldText(raw)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 8);
}
