import { type BusinessDay, businessDay, isBusinessDay } from '../../kernel/business-day';
import { cellText, type ListCell } from './list-cell';

/** What a cell was read as: a value, nothing, or the code of what is wrong with it. */
export type Reading<Value, Fault extends string> = { readonly value: Value | null; readonly fault: Fault | null };

/** Excel's day 0 in its 1900 system, the leap day of 1900 that never was included. */
const EXCEL_EPOCH_MS = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
const TEXT_DATE = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,4})$/;
const SERIAL = /^[2-6]\d{4}$/;
const AREA = /^(\d{1,6})(?:[.,](\d+))?\s*(?:m2|m²|m\^2)?$/iu;

/**
 * A date cell whatever its display; a plain number 20 000–60 000 as Excel's serial; text in the order day, month, year.
 * Text that is another valid day in the order month, day, or that has two digits of year, could be either: a fault.
 */
export function readDay(cell: ListCell): Reading<BusinessDay, 'date_ambiguous' | 'date_invalid'> {
  const text = cellText(cell);
  if (text === null) return { value: null, fault: null };
  if (cell.kind === 'date' && isBusinessDay(text)) return { value: text, fault: null };
  if (isSerial(text)) return { value: fromSerial(Number(text)), fault: null };
  const [, first = '', second = '', year = ''] = TEXT_DATE.exec(text) ?? [];
  if (year.length === 2) return { value: null, fault: 'date_ambiguous' };
  const day = year.length === 4 ? calendarDay(year, second, first) : null;
  const other = year.length === 4 ? calendarDay(year, first, second) : null;
  if (day === null) return { value: null, fault: 'date_invalid' };
  if (other !== null && other !== day) return { value: null, fault: 'date_ambiguous' };
  return { value: day, fault: null };
}

/** Square metres as decimal text without trailing zeros: a number, or text with decimal comma or point and a unit. */
export function readArea(cell: ListCell): Reading<string, 'area_invalid'> {
  const text = cellText(cell);
  if (text === null) return { value: null, fault: null };
  const [, whole, decimals = ''] = AREA.exec(text) ?? [];
  if (whole === undefined) return { value: null, fault: 'area_invalid' };
  return { value: decimalText(whole, decimals), fault: null };
}

/** Digits with spaces, dots and dashes taken out, as IDs and phones are written. */
export function withoutSeparators(text: string): string {
  return text.replace(/[\s.\-–()]+/gu, '');
}

function decimalText(whole: string, decimals: string): string {
  const kept = decimals.replace(/0+$/, '');
  const digits = whole.replace(/^0+(?=\d)/, '');
  return kept === '' ? digits : `${digits}.${kept}`;
}

function isSerial(text: string): boolean {
  return SERIAL.test(text) && Number(text) <= 60_000;
}

function fromSerial(serial: number): BusinessDay {
  return businessDay(new Date(EXCEL_EPOCH_MS + serial * DAY_MS).toISOString().slice(0, 10));
}

function calendarDay(year: string, month: string, day: string): BusinessDay | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isBusinessDay(text) ? text : null;
}
