import { businessDay } from '../kernel/business-day';
import { workingDaysAfter, workingDaysBetween } from './working-days.rules';

const HOLIDAYS = new Set(['2026-04-27', '2026-04-30', '2026-05-01'].map(businessDay));

it.each([
  ['in the week', '2026-11-23', 2, '2026-11-25'],
  ['over a weekend', '2026-11-26', 2, '2026-11-30'],
  ['received on a Saturday', '2026-11-21', 2, '2026-11-24'],
  ['received on a Sunday', '2026-11-22', 1, '2026-11-23'],
  ['over a holiday and a bridge', '2026-04-29', 2, '2026-05-05'],
  ['over a day off in lieu', '2026-04-24', 2, '2026-04-29'],
  ['over the end of February', '2028-02-28', 2, '2028-03-01'],
  ['over the year', '2026-12-31', 2, '2027-01-04'],
])('%s: %s and %d working days is %s', (_name, from, count, due) => {
  expect(workingDaysAfter(businessDay(from), count, HOLIDAYS)).toBe(due);
});

it.each([
  ['2026-11-23', '2026-11-23', 0],
  ['2026-11-23', '2026-11-25', 2],
  ['2026-11-27', '2026-11-29', 0],
  ['2026-04-29', '2026-05-05', 2],
  ['2026-11-25', '2026-11-23', 0],
])('from %s to %s are %d', (from, to, count) => {
  expect(workingDaysBetween(businessDay(from), businessDay(to), HOLIDAYS)).toBe(count);
});
