import { mayDo, type Permission, type StaffRole } from '../kernel/permissions';
import type { Transitions } from '../kernel/transitions';

/** Where a request stands. `failed`: approved, but what it asked for was no longer possible. */
export const APPROVAL_STATES = ['pending', 'approved', 'refused', 'withdrawn', 'expired', 'failed'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** Decided once; every end is final. */
export const APPROVAL_NEXT: Transitions<ApprovalState> = {
  pending: ['approved', 'refused', 'withdrawn', 'expired', 'failed'],
  approved: [],
  refused: [],
  withdrawn: [],
  expired: [],
  failed: [],
};

/** How long a request waits for its second person, in days; the setting `approval_days` says otherwise. */
export const APPROVAL_DAYS = 7;

/** Who asked, as the audit trail knows them. */
export interface Requester {
  readonly kind: 'staff' | 'bank' | 'vendor' | 'system' | 'cli';
  readonly id: string;
  /** Of staff. */
  readonly email?: string | null;
}

/** A signed-in person, as of the transaction. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly role: StaffRole;
}

export interface Decidable {
  readonly state: ApprovalState;
  readonly expiresAt: Date;
  readonly requestedBy: Requester;
}

export type DecisionFault = 'not_permitted' | 'closed' | 'expired' | 'same_person';

/** What speaks against this person deciding now; null when nothing does. `permission`: what the kind asks for. */
export function decisionFault(
  approval: Decidable,
  person: Person,
  { permission, now }: { readonly permission: Permission; readonly now: Date },
): DecisionFault | null {
  if (!mayDo(person.role, 'approval.decide') || !mayDo(person.role, permission)) return 'not_permitted';
  if (approval.state !== 'pending') return 'closed';
  if (approval.expiresAt <= now) return 'expired';
  return isSamePerson(approval.requestedBy, person) ? 'same_person' : null;
}

/** One account, or two accounts of one mailbox: `lan+2@…` is read by whoever reads `lan@…`. */
export function isSamePerson(requester: Requester, person: Pick<Person, 'id' | 'email'>): boolean {
  if (requester.kind !== 'staff') return false;
  if (requester.id === person.id) return true;
  return requester.email != null && mailbox(requester.email) === mailbox(person.email);
}

function mailbox(email: string): string {
  return email.toLowerCase().replace(/\+[^@]*(?=@)/, '');
}
