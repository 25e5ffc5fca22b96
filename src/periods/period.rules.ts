import { addDays, type BusinessDay, endOfMonth, startOfMonth } from '../kernel/business-day';

/** The two ways months are cut (product.md §4). */
export const CALENDARS = ['administrative', 'calendar'] as const;
export type Calendar = (typeof CALENDARS)[number];

export interface DayRange {
  readonly from: BusinessDay;
  readonly to: BusinessDay;
}

/**
 * The days of the month that `month` (its first day) names: the administrative one runs from the 15th of the month
 * before to the 14th, the calendar one from its first to its last day.
 */
export function daysOfMonth(calendar: Calendar, month: BusinessDay): DayRange {
  if (calendar === 'calendar') return { from: month, to: endOfMonth(month) };
  const before = startOfMonth(addDays(month, -1));
  return { from: addDays(before, 14), to: addDays(month, 13) };
}

export type ClosingFault = 'not_over';

/** Whether a period may be closed on `today`; its last day must be over, or its own figures could not be complete. */
export function closingFault({ to }: DayRange, today: BusinessDay): ClosingFault | null {
  return to < today ? null : 'not_over';
}
