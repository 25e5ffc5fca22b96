import { addDays, daysBetween, monthOf } from '../format/day';

export type PeriodMode = 'day' | 'month' | 'range';

export interface Period {
  readonly from: string;
  readonly to: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const USUAL_DAYS = 30;

/** The period in the address, or the 30 days that end yesterday: the banks report on the next morning. */
export function periodFrom(from: string | undefined, to: string | undefined, today: string): Period {
  if (from && to && DAY.test(from) && DAY.test(to) && from <= to) return { from, to };
  const last = addDays(today, -1);
  return { from: addDays(last, 1 - USUAL_DAYS), to: last };
}

/** How the period was probably meant: a day, a whole month, or something else. */
export function modeOf({ from, to }: Period): PeriodMode {
  if (from === to) return 'day';
  const month = monthOf(from);
  return month.from === from && month.to === to ? 'month' : 'range';
}

/** A period of the chosen kind around the one that is shown. */
export function switchMode(mode: PeriodMode, period: Period): Period {
  if (mode === 'day') return { from: period.to, to: period.to };
  if (mode === 'month') return monthOf(period.to);
  return { from: addDays(period.to, 1 - USUAL_DAYS), to: period.to };
}

/** Columns that can still be told apart; beyond it the chart shows months. */
const MAX_DAY_COLUMNS = 62;

export function chartStep(period: Period): 'day' | 'month' {
  return daysBetween(period.from, period.to).length > MAX_DAY_COLUMNS ? 'month' : 'day';
}

/** A single day says little alone: its chart shows the two weeks that end on it. */
export function chartPeriod(period: Period): Period {
  return period.from === period.to ? { from: addDays(period.to, -13), to: period.to } : period;
}
