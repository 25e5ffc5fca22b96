import type { Calendar } from '../api/periods';
import { addDays, monthOf } from '../format/day';
import type { Period } from '../totals/period.rules';

/**
 * The days of a month, `2026-10`: the administrative one runs from the 15th of the month before to the 14th. Shown
 * before closing; the server cuts by itself.
 */
export function daysOfMonth(calendar: Calendar, month: string): Period {
  const whole = monthOf(`${month}-01`);
  if (calendar === 'calendar') return whole;
  const before = monthOf(addDays(whole.from, -1));
  return { from: addDays(before.from, 14), to: addDays(whole.from, 13) };
}

/** The month of `day`, or the latest one that has ended in both calendars. */
export function lastEndedMonth(day: string, today: string): string {
  const ended = monthOf(addDays(monthOf(today).from, -1));
  return (day < ended.to ? day : ended.to).slice(0, 7);
}
