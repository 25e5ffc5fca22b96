import { addDays, type BusinessDay } from '../kernel/business-day';

/** A day's summaries are due by 09:00 Vietnamese time of the next day: they arrive from 06:00 on (product rules §5). */
export const REPORT_DUE_HOUR = 9;

/** How a bank stands with one business day. */
export type DayStatus = 'on_time' | 'late' | 'corrected' | 'missing' | 'pending' | 'not_expected';

export interface BankDay {
  readonly day: BusinessDay;
  readonly expected: boolean;
  readonly expectedParts: number;
  /** Parts that are accepted now. */
  readonly parts: number;
  /** The highest revision among them; above 1 the day was corrected. */
  readonly revision: number;
  /** When the last of the parts was first received; null while none is. UTC instant. */
  readonly completedAt: Date | null;
}

/** The UTC instant by which a day's summary is due: 09:00 in Vietnam on the day after. */
export function dueAt(day: BusinessDay): Date {
  return new Date(Date.parse(`${addDays(day, 1)}T00:00:00Z`) + (REPORT_DUE_HOUR - 7) * 3_600_000);
}

/** Whether every expected part of the day is accepted. */
export function isComplete(bankDay: BankDay): boolean {
  return bankDay.parts >= bankDay.expectedParts;
}

/** @param now the UTC instant at which the calendar is looked at */
export function dayStatus(bankDay: BankDay, now: Date): DayStatus {
  const due = dueAt(bankDay.day);
  if (!isComplete(bankDay) || bankDay.completedAt === null) {
    if (!bankDay.expected) return 'not_expected';
    return now < due ? 'pending' : 'missing';
  }
  if (bankDay.revision > 1) return 'corrected';
  return bankDay.completedAt <= due ? 'on_time' : 'late';
}

/** A share as decimal text with four places, cut and never rounded up: "0.0123"; "0.0000" of nothing. */
export function shareText(part: bigint, whole: bigint): string {
  if (whole <= 0n) return '0.0000';
  const tenThousandths = (part * 10_000n) / whole;
  return `${tenThousandths / 10_000n}.${String(tenThousandths % 10_000n).padStart(4, '0')}`;
}
