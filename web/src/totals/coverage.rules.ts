import type { Coverage } from '../api/types';

/** Bank-days that were due and have not come, over all institutions. */
export function missingReports(coverage: Coverage): number {
  return coverage.missing.reduce((sum, bank) => sum + bank.days.length, 0);
}

/** Which institutions are missing on each day. */
export function missingByDay(coverage: Coverage): Map<string, string[]> {
  const byDay = new Map<string, string[]>();
  for (const bank of coverage.missing) {
    for (const day of bank.days) byDay.set(day, [...(byDay.get(day) ?? []), bank.bankName]);
  }
  return byDay;
}
