import type { Totals } from '../api/types';
import { daysBetween } from '../format/day';
import { missingByDay } from './coverage.rules';

export interface ChartColumn {
  /** Day or month. */
  readonly key: string;
  readonly amount: string;
  readonly transactionCount: string;
  /** False while an expected institution has not reported it: the column is hatched, its height is not the truth. */
  readonly isComplete: boolean;
  /** Institutions whose report is overdue. */
  readonly missing: readonly string[];
}

/** One column per day (also for days without a row) or per month, in order; days still to come are left out. */
export function chartColumns(totals: Totals, today: string): ChartColumn[] {
  const missing = missingByDay(totals.coverage);
  const rows = new Map(totals.rows.map((row) => [row.key ?? '', row]));
  const keys =
    totals.by === 'day' ? daysBetween(totals.from, totals.to).filter((day) => day < today) : monthKeys(totals);
  return keys.map((key) => {
    const row = rows.get(key);
    const owing = missingIn(key, missing);
    return {
      key,
      amount: row?.amount ?? '0',
      transactionCount: row?.transactionCount ?? '0',
      isComplete: owing.length === 0 && row?.complete !== false,
      missing: owing,
    };
  });
}

function monthKeys(totals: Totals): string[] {
  return [...new Set(daysBetween(totals.from, totals.to).map((day) => day.slice(0, 7)))];
}

function missingIn(key: string, missing: Map<string, string[]>): string[] {
  const names = [...missing].filter(([day]) => day.startsWith(key)).flatMap(([, banks]) => banks);
  return [...new Set(names)];
}

/** Heights in thousandths of the tallest column: exact amounts never become floating point before they are pixels. */
export function columnHeights(columns: readonly ChartColumn[], top: bigint): number[] {
  if (top === 0n) return columns.map(() => 0);
  return columns.map((column) => Number((BigInt(column.amount) * 1000n) / top) / 1000);
}

/** The end of the scale: the smallest 1, 2, 2.5 or 5 times a power of ten that holds every column. */
export function niceTop(columns: readonly ChartColumn[]): bigint {
  const highest = columns.reduce((top, column) => (BigInt(column.amount) > top ? BigInt(column.amount) : top), 0n);
  if (highest === 0n) return 0n;
  const power = 10n ** BigInt(highest.toString().length - 1);
  const steps = [10n, 12n, 15n, 20n, 25n, 30n, 40n, 50n, 60n, 80n, 100n];
  const step = steps.find((tenths) => power * tenths >= highest * 10n) ?? 100n;
  return (power * step) / 10n || 1n;
}
