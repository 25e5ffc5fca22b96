import { createHash } from 'node:crypto';

/** For how long a reservation holds without a sign of life; renewed while its request runs. */
export const RESERVATION_MS = 30_000;
export const RENEWAL_MS = 10_000;

/** For how long a first answer is kept. Afterwards the natural key of what was sent still guards (bank-contract §3). */
export const ANSWER_KEPT_DAYS = 30;

/**
 * What makes two requests the same: method, target with its query, and the SHA-256 of the body. The query belongs to
 * it: the same body sent for another `part` is another request.
 */
export function requestHash(method: string, target: string, bodySha256: Buffer): Buffer {
  return createHash('sha256').update(`${method}\n${target}\n`).update(bodySha256).digest();
}
