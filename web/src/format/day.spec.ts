import {
  addDays,
  dayOf,
  daysBetween,
  formatAgo,
  formatDay,
  formatDayShort,
  formatInstant,
  formatMoment,
  formatPeriod,
  formatWeekday,
  isWeekend,
  monthOf,
} from './day';

describe('days', () => {
  it.each([
    [formatDay('2026-10-10'), '10/10/2026'],
    [formatDayShort('2026-10-09'), '09/10'],
    [formatPeriod('2026-10-10', '2026-10-10'), '10/10/2026'],
    [formatPeriod('2026-10-01', '2026-10-31'), '01/10/2026 – 31/10/2026'],
    [addDays('2026-12-31', 1), '2027-01-01'],
    [addDays('2028-03-01', -1), '2028-02-29'],
    [formatWeekday('2026-10-10', 'vi'), 'T7'],
    [formatWeekday('2026-10-11', 'vi'), 'CN'],
    [formatWeekday('2026-10-12', 'en'), 'Mon'],
  ])('%s = %s', (actual, expected) => {
    expect(actual).toBe(expected);
  });

  it('spans a period with both ends', () => {
    expect(daysBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(daysBetween('2026-03-02', '2026-03-01')).toEqual([]);
  });

  it.each([
    ['2026-02-14', '2026-02-01', '2026-02-28'],
    ['2026-12-31', '2026-12-01', '2026-12-31'],
  ])('month of %s', (day, from, to) => {
    expect(monthOf(day)).toEqual({ from, to });
  });

  it.each([
    ['2026-10-10', true],
    ['2026-10-12', false],
  ])('weekend %s: %s', (day, expected) => {
    expect(isWeekend(day)).toBe(expected);
  });
});

describe('instants are shown as the clock of Việt Nam', () => {
  it('17:00Z belongs to the next day', () => {
    expect(formatInstant('2026-10-09T17:00:00Z')).toBe('10/10/2026 00:00');
    expect(formatMoment('2026-10-09T17:00:03.999Z')).toBe('10/10/2026 00:00:03');
    expect(dayOf(new Date('2026-10-09T16:59:59Z'))).toBe('2026-10-09');
  });

  it.each([
    ['2026-10-10T00:00:00Z', 'bây giờ'],
    ['2026-10-09T23:55:00Z', '5 phút trước'],
    ['2026-10-09T21:00:00Z', '3 giờ trước'],
    ['2026-10-07T00:00:00Z', '3 ngày trước'],
  ])('%s → %s', (instant, text) => {
    expect(formatAgo(instant, new Date('2026-10-10T00:00:00Z'), 'vi')).toBe(text);
  });
});
