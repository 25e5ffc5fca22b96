import { generateURI, ScureBase32Plugin, verifySync } from 'otplib';

/** 160 bits, as RFC 4226 recommends. */
export const TOTP_SECRET_BYTES = 20;
/** RFC 6238 as every authenticator app does it: SHA-1, six digits, 30 s; one step of tolerance for clocks that differ. */
const STEP_SECONDS = 30;
const TOLERANCE_SECONDS = STEP_SECONDS;
const ISSUER = 'Chợ 4.0';
const CODE_SHAPE = /^[0-9]{6}$/;

const base32 = new ScureBase32Plugin();

/** The secret for typing by hand, in groups of four. */
export function spelledSecret(secret: Buffer): string {
  return base32.encode(secret).replace(/(.{4})(?=.)/g, '$1 ');
}

/** What the QR symbol says to the app. */
export function totpUri(secret: Buffer, email: string): string {
  return generateURI({ issuer: ISSUER, label: email, secret: base32.encode(secret) });
}

/**
 * The time step whose code this is.
 * @param lastStep the step of the code that was last taken: it and all before it are used up
 * @returns null for a code that is wrong, too old, or was used
 */
export function stepOfCode(secret: Buffer, code: string, now: Date, lastStep: number | null): number | null {
  if (!CODE_SHAPE.test(code)) return null;
  const epoch = Math.floor(now.getTime() / 1_000);
  const result = verifySync({ secret, token: code, epoch, period: STEP_SECONDS, epochTolerance: TOLERANCE_SECONDS });
  if (!result.valid || !('timeStep' in result)) return null;
  return lastStep !== null && result.timeStep <= lastStep ? null : result.timeStep;
}
