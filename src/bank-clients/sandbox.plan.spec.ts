import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isStallCode } from '../kernel/stall-code';
import { COMMON_HOLDERS, holdersAt, SANDBOX_ACCOUNTS, SANDBOX_MARKETS, VACANT_STALL } from './sandbox.plan';

const common = [...COMMON_HOLDERS.flatMap(({ stalls }) => stalls), VACANT_STALL];
const stallsOf = (bin: string) => holdersAt(bin).flatMap(({ stalls }) => stalls);

it('has stalls of its own for every bank, with codes and numbers that nothing else has', () => {
  const stalls = [...common, ...['970436', '970437', '000000', '999999'].flatMap(stallsOf)];
  expect(stalls.every(({ code }) => isStallCode(code))).toBe(true);
  expect(new Set(stalls.map(({ code }) => code)).size).toBe(stalls.length);
  expect(new Set(stalls.map(({ market, number }) => `${market} ${number}`)).size).toBe(stalls.length);
});

it('is what the guide for banks promises', () => {
  const guide = readFileSync(join(__dirname, '../../docs/bank-guide.md'), 'utf8');
  const named = [...guide.matchAll(/^\| (?:stall|account|market) +(`.*?) +\|/gm)]
    .flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)])
    .map(([, code]) => code);
  const markets = SANDBOX_MARKETS.map(({ code }) => code);
  expect(named).toEqual([...common.map(({ code }) => code), ...Object.values(SANDBOX_ACCOUNTS), ...markets]);
});
