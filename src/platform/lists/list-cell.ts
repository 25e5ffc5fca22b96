import { cleanText } from '../../kernel/text';
import { fromLegacyFont } from './legacy-font';

/**
 * One cell of a list, whatever file it came from. CSV knows text alone; a workbook tells numbers, dates, error values
 * and formulas apart, because a number cell has lost what it could not hold (leading zeros, the sixteenth digit).
 */
export interface ListCell {
  readonly kind: 'text' | 'number' | 'date' | 'error';
  /** Text as written; a number in plain digits; a date as YYYY-MM-DD; an error value as shown. */
  readonly raw: string;
  /** The stored result of a formula; it is never recomputed. */
  readonly isFormula?: boolean;
  /** Name of the font, which tells the legacy encodings. */
  readonly font?: string;
}

const ERROR_VALUE = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/;
const DASHES = /^[-‐‑‒–—―−\s]+$/u;

export const EMPTY_CELL: ListCell = { kind: 'text', raw: '' };

/** A cell of a file that knows text alone. */
export function textCell(raw: string): ListCell {
  return { kind: ERROR_VALUE.test(raw.trim()) ? 'error' : 'text', raw };
}

/** The cell's clean text; null when it is empty or holds dashes only, and for an error value. */
export function cellText(cell: ListCell): string | null {
  if (cell.kind === 'error') return null;
  const text = cleanText(fromLegacyFont(cell.raw, cell.font) ?? cell.raw);
  return text === '' || DASHES.test(text) ? null : text;
}

/** True for a cell in which nothing was written, or dashes. */
export function isEmptyCell(cell: ListCell): boolean {
  return cell.kind !== 'error' && cellText(cell) === null;
}

/** `A`, `B` … `Z`, `AA`: the column of an index from 0. */
export function columnLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetter(Math.floor(index / 26) - 1) + last;
}
