import { isCollectable, isInUse, latest } from './bank-clients.rules';

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
