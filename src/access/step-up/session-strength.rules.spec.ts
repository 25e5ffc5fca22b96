import { STAFF_ROLES, type StaffRole } from '../../kernel/permissions';
import type { Proof } from '../sessions.service';
import { type Demand, FRESH_MS, missingStrength, mustEnrol } from './session-strength.rules';

const NOW = new Date('2026-11-22T02:00:00.000Z');
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);

const session = (role: StaffRole, proofs: Proof[] = ['password'], hasSecondFactor = false, provenAt = NOW) => ({
  staff: { role },
  proofs,
  hasSecondFactor,
  provenAt,
});
const READ: Demand = { permission: 'market.read', stepUp: false, mode: 'required' };
const OWN: Demand = { ...READ, permission: 'self' };
const DANGER: Demand = { ...READ, stepUp: true };

it.each([
  ['without a factor cannot work', session('system_admin'), READ, 'enrolment'],
  ['without a factor reaches the own account', session('system_admin'), OWN, null],
  ['without a factor works where it is only offered', session('system_admin'), { ...READ, mode: 'offered' }, null],
  ['of a role that decides nothing works with a password', session('market_board'), READ, null],
  ['with code works', session('system_admin', ['password', 'totp'], true), READ, null],
  ['with recovery code works', session('department_leader', ['password', 'recovery_code'], true), READ, null],
  ['with passkey alone works', session('department_officer', ['passkey'], true), READ, null],
  ['whose identity service is believed works', session('system_admin', ['identity_service_mfa']), READ, null],
  ['whose identity service is not believed cannot', session('system_admin', ['identity_service']), READ, 'enrolment'],
  ['enrolled elsewhere, here with a password only, must prove it', session('system_admin', [], true), READ, 'step_up'],
  ['who gave the factor up is led back', session('system_admin', ['password', 'totp'], false), READ, 'enrolment'],
] as const)('a person %s', (_name, given, demand, missing) => {
  expect(missingStrength(given, demand, NOW)).toBe(missing);
});

it.each([
  ['just now', 0, null],
  ['ten minutes ago', FRESH_MS, null],
  ['a moment longer ago', FRESH_MS + 1, 'step_up'],
] as const)('a dangerous operation wants a fresh proof: %s', (_name, age, missing) => {
  expect(missingStrength(session('market_board', ['password'], false, ago(age)), DANGER, NOW)).toBe(missing);
  const own = { ...OWN, stepUp: true, mode: 'offered' } as const;
  expect(missingStrength(session('system_admin', ['password'], false, ago(age)), own, NOW)).toBe(missing);
});

it('enrolment comes before the fresh proof, which would be of too little', () => {
  expect(missingStrength(session('system_admin', ['password'], false, ago(FRESH_MS * 2)), DANGER, NOW)).toBe(
    'enrolment',
  );
});

it('who must have a second factor', () => {
  const must = STAFF_ROLES.filter((role) => mustEnrol(session(role), 'required'));
  expect(must).toEqual(['system_admin', 'department_officer', 'department_leader']);
  expect(STAFF_ROLES.filter((role) => mustEnrol(session(role), 'offered'))).toEqual([]);
  expect(STAFF_ROLES.filter((role) => mustEnrol(session(role, ['identity_service_mfa']), 'required'))).toEqual([]);
});
