import { takesPlace } from './bank-key.rules';

const NOW = new Date('2026-11-22T02:00:00Z');

it.each([
  ['active', null, true],
  ['suspended', null, true],
  ['retired', null, false],
  ['to_collect', '2026-11-22T02:00:01Z', true],
  ['to_collect', '2026-11-22T02:00:00Z', false],
] as const)('%s until %s stands in the way: %s', (state, collectUntil, taken) => {
  expect(takesPlace({ state, collectUntil }, NOW)).toBe(taken);
});
