import { addDays, type BusinessDay, daysBetween, endOfMonth, startOfMonth } from '../kernel/business-day';
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
