import type { AreaKind, StaffRole } from '../api/people';

/** In the order in which the form offers them: those that are given most often first. */
export const STAFF_ROLES = [
  'market_board',
  'commune_officer',
  'community_team',
  'department_officer',
  'department_leader',
  'auditor',
  'system_admin',
] as const satisfies readonly StaffRole[];

/** Where a role can hold; the server's table decides, this one only knows which field to show. */
export const AREAS_OF_ROLE: Readonly<Record<StaffRole, readonly [AreaKind, ...AreaKind[]]>> = {
  system_admin: ['province'],
  department_officer: ['province'],
  department_leader: ['province'],
  commune_officer: ['communes'],
  market_board: ['markets'],
  community_team: ['communes', 'markets'],
  auditor: ['province'],
};

/** What the area becomes when the role does: the places chosen stay if the new role can hold there. */
export function areaFor(role: StaffRole, kind: AreaKind | undefined): AreaKind {
  const [first, ...others] = AREAS_OF_ROLE[role];
  return kind && others.includes(kind) ? kind : first;
}
