import { addDays, type BusinessDay, weekday } from '../kernel/business-day';

/** Within which a request of a data subject is answered (Decree 356/2025). */
export const ANSWER_WITHIN_WORKING_DAYS = 2;

/**
 * The `count`-th working day after `day`, which itself does not count, whatever the hour.
 * @param holidays days off besides Saturdays and Sundays
 */
export function workingDaysAfter(day: BusinessDay, count: number, holidays: ReadonlySet<BusinessDay>): BusinessDay {
  let found = day;
  for (let left = count; left > 0;) {
    found = addDays(found, 1);
    if (isWorkingDay(found, holidays)) left -= 1;
  }
  return found;
}

/** How many working days `to` lies behind `from`; 0 where it does not. */
export function workingDaysBetween(from: BusinessDay, to: BusinessDay, holidays: ReadonlySet<BusinessDay>): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkingDay(day, holidays)) count += 1;
  }
  return count;
}

const SATURDAY = 6;
const SUNDAY = 7;

function isWorkingDay(day: BusinessDay, holidays: ReadonlySet<BusinessDay>): boolean {
  const of = weekday(day);
  return of !== SATURDAY && of !== SUNDAY && !holidays.has(day);
}
