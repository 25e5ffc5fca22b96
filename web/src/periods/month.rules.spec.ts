import { daysOfMonth, lastEndedMonth } from './month.rules';

it.each([
  ['calendar', '2026-10', '2026-10-01', '2026-10-31'],
  ['calendar', '2028-02', '2028-02-01', '2028-02-29'],
  ['administrative', '2026-10', '2026-09-15', '2026-10-14'],
  ['administrative', '2027-01', '2026-12-15', '2027-01-14'],
] as const)('%s %s is %s to %s', (calendar, month, from, to) => {
  expect(daysOfMonth(calendar, month)).toEqual({ from, to });
});

it.each([
  ['a month long over', '2026-05-31', '2026-11-22', '2026-05'],
  ['the present month', '2026-11-21', '2026-11-22', '2026-10'],
  ['the month before', '2026-10-31', '2026-11-01', '2026-10'],
  ['over the turn of the year', '2027-01-02', '2027-01-03', '2026-12'],
])('proposes what has ended: %s', (_name, day, today, month) => {
  expect(lastEndedMonth(day, today)).toBe(month);
});
