import { isBankBin, isSandboxBin, sandboxBinOf } from './bank-bin';

it.each([
  ['970436', '070436'],
  ['546034', '046034'],
])('what %s tests with is kept under %s', (bin, sandbox) => {
  expect(sandboxBinOf(bin)).toBe(sandbox);
  expect([isSandboxBin(bin), isSandboxBin(sandbox), isBankBin(sandbox)]).toEqual([false, true, true]);
});
