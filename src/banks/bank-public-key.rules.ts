import { createPublicKey, type KeyObject } from 'node:crypto';
import { PrivateKeySent, PublicKeyInvalid } from './bank-key.errors';

/** `"d"` is the private half of a JWK (RFC 8037). */
const PRIVATE = /PRIVATE KEY|"d"\s*:/;

/**
 * A bank's Ed25519 public key as its engineers paste it: PEM (`BEGIN PUBLIC KEY`) or JWK (`kty` OKP, `crv` Ed25519).
 * @returns SPKI, DER
 * @throws PrivateKeySent, PublicKeyInvalid
 */
export function readPublicKey(text: string): Buffer {
  if (PRIVATE.test(text)) throw new PrivateKeySent();
  const key = publicKeyOf(text.trim());
  if (key?.asymmetricKeyType !== 'ed25519') throw new PublicKeyInvalid();
  return key.export({ format: 'der', type: 'spki' });
}

function publicKeyOf(text: string): KeyObject | null {
  try {
    if (!text.startsWith('{')) return createPublicKey(text);
    const { kty, crv, x } = JSON.parse(text) as Record<string, string>;
    return createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
  } catch {
    return null;
  }
}
