import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { cleanText } from '../kernel/text';

/** How many failures are free, and how long the next ones have to wait. Failures are forgotten after an hour. */
export interface ThrottleRule {
  readonly free: number;
  readonly firstWaitSeconds: number;
  readonly longestWaitSeconds: number;
}

/** For guessing one person's password, from wherever. */
export const PER_ACCOUNT: ThrottleRule = { free: 5, firstWaitSeconds: 15, longestWaitSeconds: 900 };
/** For guessing many people's passwords from one place; an office behind one address shares it, so it is wider. */
export const PER_ADDRESS: ThrottleRule = { free: 20, firstWaitSeconds: 15, longestWaitSeconds: 900 };

export const FAILURES_KEPT_MS = 3_600_000;

/** A person who signed in from an address within this time cannot be locked out there by strangers' guesses. */
export const ADDRESS_KNOWN_MS = 30 * 86_400_000;

/**
 * Seconds until the next try is allowed; 0 when it is now. The wait doubles with every failure beyond the free ones,
 * counts from the last failure, and tries made while waiting are not looked at: it always ends.
 */
export function waitSeconds(rule: ThrottleRule, failures: number, lastFailureAt: Date | null, now: Date): number {
  if (failures < rule.free || !lastFailureAt) return 0;
  const doubled = rule.firstWaitSeconds * 2 ** Math.min(failures - rule.free, 20);
  const wait = Math.min(doubled, rule.longestWaitSeconds);
  const passed = (now.getTime() - lastFailureAt.getTime()) / 1_000;
  return Math.max(0, Math.ceil(wait - passed));
}

/** The one spelling of the name one signs in with. */
export function signInName(typed: string): string {
  return cleanText(typed).toLowerCase();
}

/** Hashed, because people type passwords into the wrong field. */
export function accountSubject(name: string): string {
  return `account:${createHash('sha256').update(name).digest('base64url')}`;
}

/** For guessing the second factor of somebody whose password is known. */
export function secondFactorSubject(staffId: string): string {
  return `second:${createHash('sha256').update(staffId).digest('base64url')}`;
}

/** An IPv6 customer holds a whole /64: its single addresses are no limit to anybody. */
export function addressSubject(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return `address:${mapped}`;
  return `address:${isIPv6(address) ? `${networkOf(address)}::/64` : address}`;
}

/** The first four groups, without leading zeros. */
function networkOf(address: string): string {
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').split('::', 2);
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return [...front, ...zeros, ...back]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}

/** `n***@example.vn`: enough to recognise in the audit trail, not enough to collect. */
export function maskEmail(email: string): string {
  const [name = '', domain = ''] = email.split('@');
  return `${[...name][0] ?? ''}***@${domain}`;
}
