import { chartPeriod, chartStep, modeOf, periodFrom, switchMode } from './period.rules';

describe('periodFrom', () => {
  it.each([
    ['2026-10-01', '2026-10-31', '2026-10-01', '2026-10-31'],
    [undefined, undefined, '2026-09-10', '2026-10-09'],
    ['2026-10-31', '2026-10-01', '2026-09-10', '2026-10-09'],
    ['x', '2026-10-01', '2026-09-10', '2026-10-09'],
  ])('%s – %s → %s – %s', (from, to, first, last) => {
    expect(periodFrom(from, to, '2026-10-10')).toEqual({ from: first, to: last });
  });
});

describe('modeOf', () => {
  it.each([
    ['2026-10-01', '2026-10-01', 'day'],
    ['2026-02-01', '2026-02-28', 'month'],
    ['2026-02-01', '2026-02-27', 'range'],
    ['2026-09-15', '2026-10-14', 'range'],
  ])('%s – %s is a %s', (from, to, mode) => {
    expect(modeOf({ from, to })).toBe(mode);
  });
});

describe('switchMode', () => {
  const period = { from: '2026-09-10', to: '2026-10-09' };
  it.each([
    ['day', '2026-10-09', '2026-10-09'],
    ['month', '2026-10-01', '2026-10-31'],
    ['range', '2026-09-10', '2026-10-09'],
  ] as const)('%s', (mode, from, to) => {
    expect(switchMode(mode, period)).toEqual({ from, to });
  });
});

describe('chart', () => {
  it.each([
    ['2026-10-01', '2026-10-31', 'day'],
    ['2026-08-01', '2026-10-01', 'day'],
    ['2026-01-01', '2026-10-31', 'month'],
  ])('%s – %s in columns of a %s', (from, to, step) => {
    expect(chartStep({ from, to })).toBe(step);
  });

  it('shows two weeks before a single day', () => {
    expect(chartPeriod({ from: '2026-10-14', to: '2026-10-14' })).toEqual({ from: '2026-10-01', to: '2026-10-14' });
  });
});
