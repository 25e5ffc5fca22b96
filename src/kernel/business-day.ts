import { z } from 'zod';

/** A calendar day in Asia/Ho_Chi_Minh as `YYYY-MM-DD`; text from the wire to the table, so no time zone can move it. */
export type BusinessDay = string & { readonly __brand: 'BusinessDay' };

/** Vietnam has kept UTC+7 without daylight saving since 1975; business days start no earlier than this register. */
const VIETNAM_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a day that exists in the calendar, years 1900 to 2999. */
export function isBusinessDay(text: string): text is BusinessDay {
  const match = SHAPE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1) return false;
  return day <= daysInMonth(year, month);
}

/** Reads `YYYY-MM-DD`. @throws RangeError for anything else; use {@link isBusinessDay} on input from outside. */
export function businessDay(text: string): BusinessDay {
  if (!isBusinessDay(text)) throw new RangeError(`not a calendar day: ${JSON.stringify(text)}`);
  return text;
}

/** The Vietnamese day on which a UTC instant falls: 17:00Z belongs to the next day. */
export function dayOfInstant(instant: Date): BusinessDay {
  return new Date(instant.getTime() + VIETNAM_OFFSET_MS).toISOString().slice(0, 10) as BusinessDay;
}

/** The UTC instant at which a Vietnamese day begins. */
export function startOfDay(day: BusinessDay): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - VIETNAM_OFFSET_MS);
}

export function addDays(day: BusinessDay, days: number): BusinessDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as BusinessDay;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: BusinessDay, to: BusinessDay): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Every day from `from` to `to`, both included; empty when `to` is earlier. */
export function daysInRange(from: BusinessDay, to: BusinessDay): BusinessDay[] {
  const length = daysBetween(from, to) + 1;
  return Array.from({ length: Math.max(0, length) }, (_, index) => addDays(from, index));
}

/** The first day of the calendar month that holds `day`. */
export function startOfMonth(day: BusinessDay): BusinessDay {
  return `${day.slice(0, 7)}-01` as BusinessDay;
}

/** The last day of the calendar month that holds `day`. */
export function endOfMonth(day: BusinessDay): BusinessDay {
  const last = daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)));
  return `${day.slice(0, 7)}-${String(last).padStart(2, '0')}` as BusinessDay;
}

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export function weekday(day: BusinessDay): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export const businessDaySchema = z
  .string()
  .refine(isBusinessDay, { message: 'not a calendar day (YYYY-MM-DD)' })
  .meta({ description: 'Calendar day in Asia/Ho_Chi_Minh, YYYY-MM-DD', format: 'date', example: '2026-10-10' });
