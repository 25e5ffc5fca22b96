import type { Totals, TotalsRow } from '../api/types';
import { chartColumns, columnHeights, niceTop } from './chart.rules';

const figures = {
  lineCount: '1',
  transactionCount: '2',
  amount: '100',
  reversalCount: '0',
  reversalAmount: '0',
  attributedAmount: '100',
  marketOnlyAmount: '0',
  suspenseAmount: '0',
};
const row = (key: string, amount: string): TotalsRow => ({ ...figures, key, name: null, amount });

const totals: Totals = {
  from: '2026-10-01',
  to: '2026-10-04',
  by: 'day',
  rows: [row('2026-10-01', '100'), row('2026-10-03', '50')],
  total: figures,
  coverage: {
    expectedBanks: 1,
    expectedReports: 4,
    receivedReports: 2,
    missing: [{ bankBin: '970436', bankName: 'Vietcombank', days: ['2026-10-02', '2026-10-03'] }],
    suspenseAmount: '0',
    suspenseShare: '0',
    asOf: '2026-10-04T00:00:00Z',
  },
};

const column = (amount: string) => ({ key: '', amount, transactionCount: '0', isComplete: true, missing: [] });

describe('chartColumns', () => {
  it('has a column for every past day, hatched where a report is missing', () => {
    const columns = chartColumns(totals, '2026-10-04').map(({ key, amount, missing }) => [key, amount, missing]);
    expect(columns).toEqual([
      ['2026-10-01', '100', []],
      ['2026-10-02', '0', ['Vietcombank']],
      ['2026-10-03', '50', ['Vietcombank']],
    ]);
  });

  it('hatches a day whose reports are not due yet', () => {
    const pending = { ...totals, rows: [{ ...row('2026-10-01', '100'), complete: false }] };
    expect(chartColumns(pending, '2026-10-02')[0]).toMatchObject({ isComplete: false, missing: [] });
  });

  it('marks a month in which a day is missing', () => {
    const monthly = { ...totals, by: 'month' as const, rows: [row('2026-10', '150')] };
    expect(chartColumns(monthly, '2026-10-04').map(({ key, missing }) => [key, missing])).toEqual([
      ['2026-10', ['Vietcombank']],
    ]);
  });
});

describe('niceTop', () => {
  it.each([
    [['0'], 0n],
    [['1'], 1n],
    [['99', '101'], 120n],
    [['1000'], 1000n],
    [['41000000'], 50_000_000n],
    [['999999999999999999'], 1_000_000_000_000_000_000n],
  ])('%j → %s', (amounts, top) => {
    expect(niceTop(amounts.map(column))).toBe(top);
  });
});

describe('columnHeights', () => {
  it('is a share of the scale', () => {
    expect(columnHeights([column('50'), column('100'), column('0')], 200n)).toEqual([0.25, 0.5, 0]);
    expect(columnHeights([column('0')], 0n)).toEqual([0]);
  });
});
