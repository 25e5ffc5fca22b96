import {
  areaFits,
  mayDo,
  type Permission,
  PERMISSIONS,
  permissionsOf,
  ROLES,
  STAFF_ROLES,
  type StaffRole,
} from './permissions';

const WRITES = PERMISSIONS.filter((permission) => !/(^self|\.read)$/.test(permission));

it.each(STAFF_ROLES)('%s names no permission twice, and may use its own account', (role) => {
  expect([...new Set(permissionsOf(role))]).toEqual(permissionsOf(role));
  expect(mayDo(role, 'self')).toBe(true);
});

it.each<[StaffRole, readonly Permission[]]>([
  ['auditor', WRITES],
  ['system_admin', ['vendor.read', 'personal_data.reveal', 'account.assign', 'submission.read', 'totals.read']],
  ['department_leader', ['account.assign', 'code.reissue', 'people.manage', 'bank_client.manage']],
  ['commune_officer', ['submission.read', 'approval.decide', 'account.assign', 'personal_data.reveal']],
  ['market_board', ['account.verify', 'vendor.approve', 'approval.decide', 'code.reissue', 'submission.read']],
  ['community_team', ['account.assign', 'vendor.approve', 'totals.read', 'card.print']],
])('%s may never: %j', (role, forbidden) => {
  expect(forbidden.filter((permission) => mayDo(role, permission))).toEqual([]);
});

it('somebody may do each thing', () => {
  const held = new Set(Object.values(ROLES).flatMap(({ may }) => may as readonly Permission[]));
  expect(PERMISSIONS.filter((permission) => !held.has(permission))).toEqual([]);
});

it.each<[StaffRole, string[]]>([
  ['system_admin', ['province']],
  ['commune_officer', ['communes']],
  ['market_board', ['markets']],
  ['community_team', ['communes', 'markets']],
])('%s is bound to %j', (role, areas) => {
  expect((['province', 'communes', 'markets'] as const).filter((kind) => areaFits(role, kind))).toEqual(areas);
});
