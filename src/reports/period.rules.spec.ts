import fc from 'fast-check';
import { addDays, businessDay, daysInRange, endOfMonth } from '../kernel/business-day';
import { cutPeriod, monthDays, periodBefore } from './period.rules';

describe('cutPeriod', () => {
  it.each([
    ['2026-10-01', '2026-10-31', { from: '2026-10-01', to: '2026-10-01' }, []],
    ['2026-10-02', '2026-10-31', null, [['2026-10-02', '2026-10-31']]],
    ['2026-10-15', '2026-11-14', null, [['2026-10-15', '2026-11-14']]],
    [
      '2026-09-15',
      '2026-11-14',
      { from: '2026-10-01', to: '2026-10-01' },
      [
        ['2026-09-15', '2026-09-30'],
        ['2026-11-01', '2026-11-14'],
      ],
    ],
    ['2028-02-01', '2028-02-29', { from: '2028-02-01', to: '2028-02-01' }, []],
    ['2026-12-31', '2026-12-31', null, [['2026-12-31', '2026-12-31']]],
  ])('%s to %s', (from, to, months, days) => {
    const pieces = cutPeriod(businessDay(from), businessDay(to));
    expect(pieces.months).toEqual(months);
    expect(pieces.days.map((piece) => [piece.from, piece.to])).toEqual(days);
  });

  it('covers every day of any range exactly once', () => {
    const start = businessDay('2026-01-01');
    fc.assert(
      fc.property(fc.nat(800), fc.nat(400), (offset, length) => {
        const from = addDays(start, offset);
        const to = addDays(from, length);
        const { months, days } = cutPeriod(from, to);
        const covered = days.flatMap((piece) => daysInRange(piece.from, piece.to));
        if (months) covered.push(...daysInRange(months.from, endOfMonth(months.to)));
        expect(covered.sort()).toEqual(daysInRange(from, to));
      }),
    );
  });
});

describe('periodBefore', () => {
  it('has the same length and ends the day before', () => {
    expect(periodBefore(businessDay('2026-10-01'), businessDay('2026-10-31'))).toEqual({
      from: '2026-08-31',
      to: '2026-09-30',
    });
  });
});

describe('monthDays', () => {
  it.each<[string, string, [string, number[]][]]>([
    ['2026-10-31', '2026-10-31', [['2026-10-01', [31]]]],
    [
      '2026-10-30',
      '2026-11-02',
      [
        ['2026-10-01', [30, 31]],
        ['2026-11-01', [1, 2]],
      ],
    ],
    [
      '2026-01-31',
      '2026-03-01',
      [
        ['2026-01-01', [31]],
        ['2026-02-01', Array.from({ length: 28 }, (_, i) => i + 1)],
        ['2026-03-01', [1]],
      ],
    ],
  ])('%s to %s', (from, to, expected) => {
    const found = monthDays(businessDay(from), businessDay(to)).map(({ month, mask }) => [
      month,
      Array.from({ length: 31 }, (_, i) => i + 1).filter((day) => (mask >> (day - 1)) & 1),
    ]);
    expect(found).toEqual(expected);
  });
});
