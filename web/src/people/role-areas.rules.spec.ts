import { ROLES, STAFF_ROLES as ROLES_OF_THE_SERVER } from '../../../src/kernel/permissions';
import { areaFor, AREAS_OF_ROLE, STAFF_ROLES } from './role-areas.rules';

it('offers the roles and areas of the server’s one table', () => {
  expect([...STAFF_ROLES].sort()).toEqual([...ROLES_OF_THE_SERVER].sort());
  for (const role of STAFF_ROLES) expect(AREAS_OF_ROLE[role]).toEqual(ROLES[role].areas);
});

it.each([
  ['market_board', undefined, 'markets'],
  ['market_board', 'province', 'markets'],
  ['community_team', undefined, 'communes'],
  ['community_team', 'markets', 'markets'],
  ['community_team', 'province', 'communes'],
  ['auditor', 'markets', 'province'],
] as const)('%s after %s is bound to %s', (role, kind, expected) => {
  expect(areaFor(role, kind)).toBe(expected);
});
