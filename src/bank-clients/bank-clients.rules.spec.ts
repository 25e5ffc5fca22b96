import { isBankBin } from '../kernel/bank-bin';
import { isStallCode } from '../kernel/stall-code';
import { isCollectable, isInUse, latest } from './bank-clients.rules';
import { COMMON_HOLDERS, holdersAt, VACANT_STALL } from './sandbox.plan';

const NOW = new Date('2026-11-22T02:00:00Z');
const at = (ms: number) => new Date(NOW.getTime() + ms);

it.each([
  ['to_collect', false],
  ['active', true],
  ['suspended', true],
  ['retired', false],
] as const)('a key that is %s is in use: %s', (state, inUse) => {
  expect(isInUse({ state })).toBe(inUse);
});

it.each([
  ['in time', 'to_collect', at(1), true],
  ['at its end', 'to_collect', at(0), false],
  ['too late', 'to_collect', at(-1), false],
  ['collected', 'active', at(1), false],
  ['retired', 'retired', at(1), false],
  ['one that never waited', 'active', null, false],
] as const)('a granted key is collected: %s', (_name, state, collectUntil, collectable) => {
  expect(isCollectable({ state, collectUntil }, NOW)).toBe(collectable);
});

it.each([
  ['none', [], null],
  ['never used', [null, null], null],
  ['one of them used', [null, at(5), null], at(5)],
  ['several used', [at(1), at(9), at(3)], at(9)],
])('the latest of %s', (_name, instants, expected) => {
  expect(latest(instants)).toEqual(expected);
});

describe('the sandbox', () => {
  const stallsOf = (bin: string) => holdersAt(bin).flatMap(({ stalls }) => stalls);
  const common = [...COMMON_HOLDERS.flatMap(({ stalls }) => stalls), VACANT_STALL];

  it('has stalls of its own for every bank, with codes that nothing else has', () => {
    expect(isBankBin('999999')).toBe(true);
    const stalls = [...common, ...['970436', '970437', '000000', '999999'].flatMap(stallsOf)];
    expect(stalls.every(({ code }) => isStallCode(code))).toBe(true);
    expect(new Set(stalls.map(({ code }) => code)).size).toBe(stalls.length);
    expect(new Set(stalls.map(({ market, number }) => `${market} ${number}`)).size).toBe(stalls.length);
  });
});
