import directory from '../banks/bank-directory.json';
import { isBankBin, isSandboxBin, sandboxBinOf } from './bank-bin';

it.each([
  ['970436', '070436'],
  ['546034', '046034'],
])('what %s tests with is kept under %s', (bin, sandbox) => {
  expect(sandboxBinOf(bin)).toBe(sandbox);
  expect([isSandboxBin(bin), isSandboxBin(sandbox), isBankBin(sandbox)]).toEqual([false, true, true]);
});

it('no institution of the directory is a test institution, and no two share one', () => {
  const bins = directory.banks.map(({ bin }) => bin);
  expect(bins.filter(isSandboxBin)).toEqual([]);
  expect(new Set(bins.map(sandboxBinOf)).size).toBe(bins.length);
});
