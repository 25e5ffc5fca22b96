import { addDays, type BusinessDay, daysBetween, daysInRange, endOfMonth, startOfMonth } from '../kernel/business-day';
import { MAX_PERIOD_DAYS, PeriodInvalid } from './reports.errors';

/** A range cut so that whole months are read from the month rollup and only its ends day by day. */
export interface PeriodPieces {
  /** First and last month (their first days) that lie wholly inside; null when there is none. */
  readonly months: { readonly from: BusinessDay; readonly to: BusinessDay } | null;
  /** Ranges of single days, both ends included. */
  readonly days: readonly { readonly from: BusinessDay; readonly to: BusinessDay }[];
}

/** @throws PeriodInvalid when the range is upside down or longer than {@link MAX_PERIOD_DAYS} */
export function assertPeriod(from: BusinessDay, to: BusinessDay): void {
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > MAX_PERIOD_DAYS) throw new PeriodInvalid();
}

export function cutPeriod(from: BusinessDay, to: BusinessDay): PeriodPieces {
  const firstMonth = from === startOfMonth(from) ? from : addDays(endOfMonth(from), 1);
  const lastEnd = to === endOfMonth(to) ? to : addDays(startOfMonth(to), -1);
  if (firstMonth > lastEnd) return { months: null, days: [{ from, to }] };
  const head = { from, to: addDays(firstMonth, -1) };
  const tail = { from: addDays(lastEnd, 1), to };
  return {
    months: { from: firstMonth, to: startOfMonth(lastEnd) },
    days: [head, tail].filter((piece) => piece.from <= piece.to),
  };
}

/** The period of the same length that ends on the day before `from`. */
export function periodBefore(from: BusinessDay, to: BusinessDay): { from: BusinessDay; to: BusinessDay } {
  return { from: addDays(from, -(daysBetween(from, to) + 1)), to: addDays(from, -1) };
}

/** The days of one calendar month that lie in a range: bit d−1 for day d, as in `stall_month_totals.credit_days`. */
export interface MonthDays {
  /** The first day of the month. */
  readonly month: BusinessDay;
  readonly mask: number;
}

/** A range as days of months; 30 days touch up to three of them. */
export function monthDays(from: BusinessDay, to: BusinessDay): MonthDays[] {
  const masks = new Map<BusinessDay, number>();
  for (const day of daysInRange(from, to)) {
    const month = startOfMonth(day);
    masks.set(month, (masks.get(month) ?? 0) | (1 << (Number(day.slice(8)) - 1)));
  }
  return [...masks].map(([month, mask]) => ({ month, mask }));
}
