/** Characters that take no room and hide differences: zero-width, soft hyphen, BOM, bidi controls. */
const INVISIBLE = /[\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;
const CONTROL = /[\u0000-\u001F\u007F-\u009F]/gu;
const SPACES = /[\s\u00A0]+/gu;

/** Text as it enters the register: NFC, invisible characters gone, every run of spaces one space, trimmed. */
export function cleanText(raw: string): string {
  return raw.normalize('NFC').replace(SPACES, ' ').replace(CONTROL, '').replace(INVISIBLE, '').trim();
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
