import { isSandboxBin, sandboxBinOf } from '../kernel/bank-bin';
import directory from './bank-directory.json';

it('no institution is a test institution, and no two share one', () => {
  const bins = directory.banks.map(({ bin }) => bin);
  expect(bins.filter(isSandboxBin)).toEqual([]);
  expect(new Set(bins.map(sandboxBinOf)).size).toBe(bins.length);
});
