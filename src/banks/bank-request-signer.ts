import { createPrivateKey } from 'node:crypto';
import {
  BODY_COMPONENTS,
  type KeyMaterial,
  REQUEST_COMPONENTS,
  signatureBase,
  signatureInput,
  signBase,
} from './bank-signature.base';
import { contentDigestOf } from './bank-signature.digest';
import { MAX_LIFETIME_SECONDS } from './bank-signature.rules';
import type { SfParameters } from './structured-fields';

/** What a bank holds: `bank key create` prints exactly this. */
export type BankSigningKey =
  | { readonly keyId: string; readonly alg: 'hmac-sha256'; /** base64 */ readonly secret: string }
  | { readonly keyId: string; readonly alg: 'ed25519'; /** PKCS #8, PEM */ readonly privateKey: string };

export interface BankRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute, as it will be sent: its scheme and host must be those of PUBLIC_URL. */
  readonly url: string;
  /** With a body: its bytes, or their digest from {@link contentDigestOf} where they are streamed from a file. */
  readonly body?: Buffer | string;
  readonly contentDigest?: string;
  readonly contentType?: string;
  readonly idempotencyKey?: string;
  readonly key: BankSigningKey;
  readonly now: Date;
  /** New for every request. */
  readonly nonce: string;
  /** 300 unless told. */
  readonly lifetimeSeconds?: number;
}

/**
 * The headers that make a request acceptable to us (bank-contract §3): for tests, the command line, the demo, and as
 * the reference a bank's own signer is compared with.
 * @throws TypeError when a body comes without content type or idempotency key
 */
export function signBankRequest(request: BankRequest): Record<string, string> {
  const headers = request.method === 'GET' ? {} : bodyHeaders(request);
  const components = request.method === 'GET' ? REQUEST_COMPONENTS : [...REQUEST_COMPONENTS, ...BODY_COMPONENTS];
  const input = signatureInput(components, parametersOf(request));
  const targetUri = withoutFragment(request.url);
  const base = signatureBase({ method: request.method, targetUri, headers }, components, input);
  const signature = signBase(base, materialOf(request.key)).toString('base64');
  return { ...headers, 'signature-input': `sig=${input}`, signature: `sig=:${signature}:` };
}

function bodyHeaders({ body, contentDigest, contentType, idempotencyKey }: BankRequest): Record<string, string> {
  if (!contentType || !idempotencyKey) throw new TypeError('a POST needs contentType and idempotencyKey');
  return {
    'content-type': contentType,
    'content-digest': contentDigest ?? contentDigestOf(body ?? ''),
    'idempotency-key': idempotencyKey,
  };
}

function parametersOf({ key, now, nonce, lifetimeSeconds = MAX_LIFETIME_SECONDS }: BankRequest): SfParameters {
  const created = Math.floor(now.getTime() / 1_000);
  return new Map<string, string | number>([
    ['created', created],
    ['expires', created + lifetimeSeconds],
    ['nonce', nonce],
    ['keyid', key.keyId],
    ['alg', key.alg],
  ]);
}

function materialOf(key: BankSigningKey): KeyMaterial {
  return key.alg === 'hmac-sha256'
    ? { alg: key.alg, secret: Buffer.from(key.secret, 'base64') }
    : { alg: key.alg, key: createPrivateKey(key.privateKey) };
}

/** As a client sends it: normalised, and the fragment never leaves the client. */
function withoutFragment(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
}
