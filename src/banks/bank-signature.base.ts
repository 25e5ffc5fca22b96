import { createHmac, type KeyObject, sign, timingSafeEqual, verify } from 'node:crypto';
import { httpbis } from 'http-message-signatures';
import { innerListText, type SfParameters } from './structured-fields';

/** The parts of a request that a signature can cover. */
export interface SignableRequest {
  readonly method: string;
  /** RFC 9421 §2.2.2: scheme, host, path and query, as the sender addressed it. */
  readonly targetUri: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A key ready for use. Secret and private key sign; secret and public key verify. */
export type KeyMaterial =
  { readonly alg: 'hmac-sha256'; readonly secret: Buffer } | { readonly alg: 'ed25519'; readonly key: KeyObject };

/** What every request signs, and what one with a body signs beside it (bank-contract §3). */
export const REQUEST_COMPONENTS = ['@method', '@target-uri'] as const;
export const BODY_COMPONENTS = ['content-type', 'content-digest', 'idempotency-key'] as const;

/** `("@method" …);created=…;…`: the value of Signature-Input under its label. */
export function signatureInput(components: readonly string[], parameters: SfParameters): string {
  return innerListText([components.map((name) => [name, new Map()]), parameters]);
}

/** The text under the signature (RFC 9421 §2.5). @throws Error when a covered part is not in the request */
export function signatureBase(request: SignableRequest, components: readonly string[], input: string): Buffer {
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined),
  );
  const message = { method: request.method, url: request.targetUri, headers };
  const base = httpbis.createSignatureBase({ fields: components.map((name) => `"${name}"`) }, message);
  base.push(['"@signature-params"', [input]]);
  return Buffer.from(httpbis.formatSignatureBase(base));
}

export function signBase(base: Buffer, key: KeyMaterial): Buffer {
  return key.alg === 'hmac-sha256' ? hmac(base, key.secret) : sign(null, base, key.key);
}

/** In constant time for hmac; ed25519 compares public values only. */
export function matchesBase(base: Buffer, signature: Buffer, key: KeyMaterial): boolean {
  if (key.alg === 'ed25519') return verify(null, base, key.key, signature);
  const expected = hmac(base, key.secret);
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}

function hmac(base: Buffer, secret: Buffer): Buffer {
  return createHmac('sha256', secret).update(base).digest();
}
