import { businessDay } from '../kernel/business-day';
import { type Calendar, closingFault, daysOfMonth } from './period.rules';

it.each<[Calendar, string, string, string]>([
  ['calendar', '2026-10-01', '2026-10-01', '2026-10-31'],
  ['calendar', '2028-02-01', '2028-02-01', '2028-02-29'],
  ['administrative', '2026-10-01', '2026-09-15', '2026-10-14'],
  ['administrative', '2027-01-01', '2026-12-15', '2027-01-14'],
  ['administrative', '2028-03-01', '2028-02-15', '2028-03-14'],
])('%s month %s runs from %s to %s', (calendar, month, from, to) => {
  expect(daysOfMonth(calendar, businessDay(month))).toEqual({ from, to });
});

it('the months of either calendar follow each other without a gap', () => {
  for (const calendar of ['administrative', 'calendar'] as const) {
    for (let month = 1; month < 12; month += 1) {
      const first = (number: number): string => `2028-${String(number).padStart(2, '0')}-01`;
      const { to } = daysOfMonth(calendar, businessDay(first(month)));
      const { from } = daysOfMonth(calendar, businessDay(first(month + 1)));
      expect(Date.parse(from) - Date.parse(to)).toBe(86_400_000);
    }
  }
});

it.each([
  ['on its last day', '2026-10-14', 'not_over'],
  ['within it', '2026-10-01', 'not_over'],
  ['on the day after', '2026-10-15', null],
])('a period is closed %s: %s', (_name, today, fault) => {
  const range = daysOfMonth('administrative', businessDay('2026-10-01'));
  expect(closingFault(range, businessDay(today))).toBe(fault);
});
