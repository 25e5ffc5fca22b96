import type { Coverage } from '../api/types';
import { missingByDay, missingReports } from './coverage.rules';

const coverage: Coverage = {
  expectedBanks: 2,
  expectedReports: 6,
  receivedReports: 3,
  missing: [
    { bankBin: '970436', bankName: 'Vietcombank', days: ['2026-10-01', '2026-10-02'] },
    { bankBin: '970405', bankName: 'Agribank', days: ['2026-10-02'] },
  ],
  suspenseAmount: '0',
  suspenseShare: '0',
  asOf: '2026-10-03T00:00:00Z',
};

describe('coverage', () => {
  it('counts bank-days', () => {
    expect(missingReports(coverage)).toBe(3);
    expect(missingReports({ ...coverage, missing: [] })).toBe(0);
  });

  it('names the institutions of a day', () => {
    expect([...missingByDay(coverage)]).toEqual([
      ['2026-10-01', ['Vietcombank']],
      ['2026-10-02', ['Vietcombank', 'Agribank']],
    ]);
  });
});
