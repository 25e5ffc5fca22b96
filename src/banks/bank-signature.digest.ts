import { createHash, timingSafeEqual } from 'node:crypto';
import { types } from 'node:util';
import { SignatureRefused } from './bank-signature.errors';
import { readDictionary } from './structured-fields';

const SHA256_BYTES = 32;

/** The `Content-Digest` of a body (RFC 9530), sha-256. */
export function contentDigestOf(body: Buffer | string): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

/**
 * The sha-256 that a `Content-Digest` declares; other algorithms beside it are ignored.
 * @throws SignatureRefused `content_digest_invalid`
 */
export function declaredSha256(contentDigest: string): Buffer {
  const value = readDictionary(contentDigest)?.get('sha-256')?.[0];
  if (!types.isArrayBuffer(value) || value.byteLength !== SHA256_BYTES) {
    throw new SignatureRefused('content_digest_invalid');
  }
  return Buffer.from(value);
}

/** Compares a body with its signed digest while it streams: `update` every chunk, then `verify` before anything counts. */
export class DigestCheck {
  private readonly hash = createHash('sha256');

  /** @param declared the 32 bytes of `request.bank.contentSha256` */
  constructor(private readonly declared: Buffer) {}

  update(chunk: Buffer): void {
    this.hash.update(chunk);
  }

  /**
   * Ends the check; call once.
   * @returns the SHA-256 of the bytes that passed
   * @throws SignatureRefused `content_digest_mismatch`
   */
  verify(): Buffer {
    const actual = this.hash.digest();
    if (!timingSafeEqual(actual, this.declared)) throw new SignatureRefused('content_digest_mismatch');
    return actual;
  }
}
