import type { StaffRole } from '../../kernel/permissions';
import type { AreaKind, Scope } from '../../kernel/scope';
import type { StaffState } from '../staff.repository';
import { areaFault, linkPurpose, lossFault, sortedCodes } from './people.rules';

const PLACES = [
  { code: '92', name: 'Thành phố Cần Thơ', provinceCode: '92' },
  { code: '31117', name: 'Phường Ninh Kiều', provinceCode: '92' },
  { code: '92ST041', name: 'Chợ Nhu Gia', provinceCode: '92' },
  { code: '79', name: 'Thành phố Hồ Chí Minh', provinceCode: '79' },
];
const OWN: Scope = { kind: 'province', codes: ['92'] };

describe('areaFault', () => {
  it.each<[string, StaffRole, AreaKind, string[], Scope, string | null]>([
    ['a department in its province', 'department_officer', 'province', ['92'], OWN, null],
    ['a commune officer in a commune', 'commune_officer', 'communes', ['31117'], OWN, null],
    ['a board in its market', 'market_board', 'markets', ['92ST041'], OWN, null],
    ['a digital team in communes', 'community_team', 'communes', ['31117'], OWN, null],
    ['a digital team in markets', 'community_team', 'markets', ['92ST041'], OWN, null],
    ['a board in a whole province', 'market_board', 'province', ['92'], OWN, 'area_does_not_fit'],
    ['an administrator of a market', 'system_admin', 'markets', ['92ST041'], OWN, 'area_does_not_fit'],
    ['nowhere', 'market_board', 'markets', [], OWN, 'area_empty'],
    ['a code that nothing has', 'commune_officer', 'communes', ['99999'], OWN, 'area_unknown'],
    ['one of two that nothing has', 'commune_officer', 'communes', ['31117', '99999'], OWN, 'area_unknown'],
    ['another province than the granter’s', 'department_officer', 'province', ['79'], OWN, 'area_unknown'],
    ['any province, by the shell', 'department_officer', 'province', ['79'], { kind: 'system' }, null],
    ['a granter without a province', 'market_board', 'markets', ['92ST041'], { kind: 'none' }, 'area_unknown'],
    [
      'a granter of the same market',
      'market_board',
      'markets',
      ['92ST041'],
      { kind: 'markets', codes: ['92ST041'] },
      'area_unknown',
    ],
  ])('%s', (_name, role, kind, codes, reach, expected) => {
    expect(areaFault(role, { kind, codes }, PLACES, reach)).toBe(expected);
  });
});

describe('lossFault', () => {
  it.each<[string, string, StaffState, string[], string | null]>([
    ['an officer', 'b', 'active', ['a'], null],
    ['one of two administrators', 'b', 'active', ['a', 'b'], null],
    ['the last administrator', 'b', 'active', ['b'], 'last_administrator'],
    ['oneself', 'a', 'active', ['a', 'b'], 'not_oneself'],
    ['somebody not yet approved', 'b', 'requested', ['a'], 'grant_waits'],
    ['somebody disabled already', 'b', 'disabled', ['a'], null],
  ])('%s', (_name, id, state, administrators, expected) => {
    expect(lossFault({ id, role: 'system_admin', state }, 'a', administrators)).toBe(expected);
  });
});

it.each([
  ['requested', null],
  ['invited', 'activate'],
  ['active', 'reset'],
  ['disabled', null],
] as const)('a link for somebody %s: %s', (state, purpose) => {
  expect(linkPurpose(state)).toBe(purpose);
});

it('codes are asked for once and in order', () => {
  expect(sortedCodes(['B', 'A', 'B'])).toEqual(['A', 'B']);
});
