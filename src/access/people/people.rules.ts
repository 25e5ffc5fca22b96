import { areaFits, type StaffRole } from '../../kernel/permissions';
import type { AreaKind, Scope } from '../../kernel/scope';
import type { StaffState } from '../staff.repository';
import type { AreaPlace } from './area-directory';

export type AreaFault = 'area_does_not_fit' | 'area_empty' | 'area_unknown';

/**
 * What speaks against a role holding at these places; null when nothing does.
 * @param codes as asked for
 * @param places those of them that exist
 * @param reach of whoever grants: nobody gives more than they have
 */
export function areaFault(
  role: StaffRole,
  { kind, codes }: { readonly kind: AreaKind; readonly codes: readonly string[] },
  places: readonly AreaPlace[],
  reach: Scope,
): AreaFault | null {
  if (!areaFits(role, kind)) return 'area_does_not_fit';
  if (codes.length === 0) return 'area_empty';
  const known = new Set(places.filter((place) => isWithin(place, reach)).map(({ code }) => code));
  return codes.every((code) => known.has(code)) ? null : 'area_unknown';
}

function isWithin({ provinceCode }: AreaPlace, reach: Scope): boolean {
  if (reach.kind === 'system') return true;
  return reach.kind === 'province' && reach.codes.includes(provinceCode);
}

/** Each code once, in one order: the same area asked for twice is the same request. */
export function sortedCodes(codes: readonly string[]): string[] {
  return [...new Set(codes)].sort();
}

export interface Subject {
  readonly id: string;
  readonly role: StaffRole;
  readonly state: StaffState;
}

export type DisablingFault = 'not_oneself' | 'last_administrator' | 'grant_waits';

/**
 * What speaks against a person losing the account, or an administrator the role.
 * @param administrators ids of everybody who administers and may sign in
 */
export function lossFault(subject: Subject, actorId: string, administrators: readonly string[]): DisablingFault | null {
  if (subject.id === actorId) return 'not_oneself';
  if (subject.state === 'requested') return 'grant_waits';
  const isLast = administrators.length === 1 && administrators[0] === subject.id;
  return isLast ? 'last_administrator' : null;
}

/** Whom a one-time link can be made for, and for what. */
export function linkPurpose(state: StaffState): 'activate' | 'reset' | null {
  if (state === 'invited') return 'activate';
  return state === 'active' ? 'reset' : null;
}
