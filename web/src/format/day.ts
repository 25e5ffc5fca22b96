import type { Language } from './language';

/** Every instant is shown as the wall clock of Việt Nam, wherever the reader sits. */
const ZONE = 'Asia/Ho_Chi_Minh';
const DAY_MS = 86_400_000;

/** `2026-10-10` → `10/10/2026`, in both languages: the country writes it so. */
export function formatDay(day: string): string {
  const [year, month, date] = day.split('-');
  return `${date}/${month}/${year}`;
}

/** `10/10` for axes and calendar heads. */
export function formatDayShort(day: string): string {
  return day.slice(5).split('-').reverse().join('/');
}

/** A period as people write it: one day, or `01/10/2026 – 31/10/2026`. */
export function formatPeriod(from: string, to: string): string {
  return from === to ? formatDay(from) : `${formatDay(from)} – ${formatDay(to)}`;
}

/** `10/10/2026 08:15` in Việt Nam. */
export function formatInstant(instant: string): string {
  const date = new Date(instant);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' }).format(date);
  return `${formatDay(dayOf(date))} ${time}`;
}

/** `10/10/2026 08:15:03` in Việt Nam. */
export function formatMoment(instant: string): string {
  const date = new Date(instant);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, timeStyle: 'medium' }).format(date);
  return `${formatDay(dayOf(date))} ${time}`;
}

/** `3 giờ trước`, `2 ngày trước`; what is less than a minute old is now. */
export function formatAgo(instant: string, now: Date, language: Language): string {
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const seconds = Math.round((Date.parse(instant) - now.getTime()) / 1000);
  const size = Math.abs(seconds);
  if (size < 60) return words.format(0, 'second');
  if (size < 3600) return words.format(Math.trunc(seconds / 60), 'minute');
  if (size < 86_400) return words.format(Math.trunc(seconds / 3600), 'hour');
  return words.format(Math.trunc(seconds / 86_400), 'day');
}

/** The Vietnamese calendar day of an instant. */
export function dayOf(instant: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(instant);
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** All days from `from` to `to`, both included. */
export function daysBetween(from: string, to: string): string[] {
  const count = Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
  return Array.from({ length: Math.max(0, count + 1) }, (_, index) => addDays(from, index));
}

/** First and last day of the month that a day lies in. */
export function monthOf(day: string): { from: string; to: string } {
  const from = `${day.slice(0, 7)}-01`;
  const next = addDays(from, 31);
  return { from, to: addDays(`${next.slice(0, 7)}-01`, -1) };
}

/** True on Saturday and Sunday. */
export function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** `T2` … `CN`, or `Mon` … `Sun`. */
export function formatWeekday(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (language === 'en') return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short' }).format(date);
  return date.getUTCDay() === 0 ? 'CN' : `T${date.getUTCDay() + 1}`;
}
