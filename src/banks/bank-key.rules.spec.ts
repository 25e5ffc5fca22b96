import { BANK_KEY_STATES, mayMoveKey } from './bank-key.rules';

it('moves only forward, and from retired nowhere', () => {
  const moves = BANK_KEY_STATES.flatMap((from) =>
    BANK_KEY_STATES.filter((to) => mayMoveKey(from, to)).map((to) => `${from} → ${to}`),
  );
  expect(moves).toEqual([
    'to_collect → retired',
    'active → suspended',
    'active → retired',
    'suspended → active',
    'suspended → retired',
  ]);
});
