import { needsSecondFactor, type Permission } from '../../kernel/permissions';
import type { Proof, Session } from '../sessions.service';

/** A proof this old still counts for dangerous operations. */
export const FRESH_MS = 10 * 60_000;

const SECOND_FACTORS: ReadonlySet<Proof> = new Set<Proof>(['totp', 'recovery_code', 'passkey']);

/** The operator believes the identity service's word for a second factor: what it asked for counts as ours. */
const PROVEN_ELSEWHERE: Proof = 'identity_service_mfa';

export type MissingStrength = 'enrolment' | 'step_up';

export interface Demand {
  readonly permission: Permission;
  readonly stepUp: boolean;
  readonly mode: 'required' | 'offered';
}

type Strength = Pick<Session, 'proofs' | 'provenAt' | 'hasSecondFactor'> & { staff: Pick<Session['staff'], 'role'> };

/**
 * What a session must do before an operation that its role may do (robustness §4): a person who decides, manages or
 * reveals must have a second factor and have shown it in this session; dangerous operations want a fresh proof.
 * One's own account stays open, or nobody could enrol.
 */
export function missingStrength(session: Strength, demand: Demand, now: Date): MissingStrength | null {
  const mustHave = demand.mode === 'required' && needsSecondFactor(session.staff.role);
  if (mustHave && demand.permission !== 'self' && !session.proofs.includes(PROVEN_ELSEWHERE)) {
    if (!session.hasSecondFactor) return 'enrolment';
    if (!session.proofs.some((proof) => SECOND_FACTORS.has(proof))) return 'step_up';
  }
  return demand.stepUp && now.getTime() - session.provenAt.getTime() > FRESH_MS ? 'step_up' : null;
}

/** Whether the console must lead this person to their account before anything else. */
export function mustEnrol({ staff, proofs, hasSecondFactor }: Strength, mode: Demand['mode']): boolean {
  const isProven = hasSecondFactor || proofs.includes(PROVEN_ELSEWHERE);
  return mode === 'required' && needsSecondFactor(staff.role) && !isProven;
}
