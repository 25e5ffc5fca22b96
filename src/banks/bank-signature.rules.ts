import { types } from 'node:util';
import { BODY_COMPONENTS, REQUEST_COMPONENTS, type SignableRequest, signatureInput } from './bank-signature.base';
import { declaredSha256 } from './bank-signature.digest';
import { SignatureRefused } from './bank-signature.errors';
import { isInnerList, readDictionary, type SfInnerList, type SfItem, type SfParameters } from './structured-fields';

/** The longest time a signature may be good for (bank-contract §3). */
export const MAX_LIFETIME_SECONDS = 300;

/**
 * How far a sender's clock may run ahead of ours. A clock that runs behind needs no rule: it eats from the sender's own
 * five minutes.
 */
export const CLOCK_SKEW_SECONDS = 60;

const VISIBLE_ASCII = /^[\x21-\x7E]{1,255}$/;
/** A header name or a derived component; parameters on components are not part of the contract. */
const COMPONENT = /^(?:@method|@target-uri|@authority|@scheme|@path|@query|@request-target|[a-z0-9!#$%&'*+.^_`|~-]+)$/;
const QUOTED = /"(?:[^"\\]|\\.)*"/g;
const MAX_COMPONENTS = 30;
const BODYLESS = new Set(['GET', 'HEAD']);

/** A signature as it was read: nothing in it is trusted before it has been verified. */
export interface ReadSignature {
  readonly components: readonly string[];
  /** Canonical text of the parameters, the last line of the signature base. */
  readonly input: string;
  readonly signature: Buffer;
  /** Whole seconds since 1970. */
  readonly created: number;
  readonly expires: number;
  readonly nonce: string;
  readonly keyId: string;
  readonly alg?: string;
}

/** What the signed headers of a request with a body say. */
export interface SignedBody {
  readonly contentSha256: Buffer;
  readonly idempotencyKey: string;
}

/** @throws SignatureRefused unless there is exactly one signature, over everything the contract asks for */
export function readSignature(request: SignableRequest): ReadSignature {
  const { components, parameters, signature } = onlySignature(request);
  const required = hasBody(request) ? [...REQUEST_COMPONENTS, ...BODY_COMPONENTS] : REQUEST_COMPONENTS;
  if (!required.every((name) => components.includes(name))) throw new SignatureRefused('signature_components_missing');
  const input = signatureInput(components, parameters);
  return { components, input, signature, ...readParameters(parameters) };
}

/** @throws SignatureRefused for a body without type, digest or key, or with unreadable ones; null when none is expected */
export function readSignedBody(request: SignableRequest): SignedBody | null {
  if (!hasBody(request)) return null;
  if (!single(request, 'content-type')) throw new SignatureRefused('content_type_missing');
  const digest = single(request, 'content-digest');
  if (!digest) throw new SignatureRefused('content_digest_missing');
  const idempotencyKey = single(request, 'idempotency-key');
  if (!idempotencyKey) throw new SignatureRefused('idempotency_key_missing');
  if (!VISIBLE_ASCII.test(idempotencyKey)) throw new SignatureRefused('idempotency_key_invalid');
  return { contentSha256: declaredSha256(digest), idempotencyKey };
}

/** @throws SignatureRefused when the signature is too long-lived, not yet good or no longer good at `now` */
export function checkWindow({ created, expires }: Pick<ReadSignature, 'created' | 'expires'>, now: Date): void {
  const lifetime = expires - created;
  if (lifetime <= 0 || lifetime > MAX_LIFETIME_SECONDS) throw new SignatureRefused('signature_lifetime_too_long');
  const seconds = now.getTime() / 1_000;
  if (created > seconds + CLOCK_SKEW_SECONDS) throw new SignatureRefused('signature_not_yet_valid');
  if (seconds >= expires) throw new SignatureRefused('signature_expired');
}

function hasBody(request: SignableRequest): boolean {
  return !BODYLESS.has(request.method);
}

/** A second signature would leave open which of the two counts: refused. */
function onlySignature(request: SignableRequest): {
  components: string[];
  parameters: SfParameters;
  signature: Buffer;
} {
  const inputs = dictionary(single(request, 'signature-input'));
  const signatures = dictionary(single(request, 'signature'));
  const [label] = inputs.keys();
  if (label === undefined || inputs.size !== 1 || signatures.size !== 1) malformed();
  // A label that stands twice leaves one member in the dictionary (RFC 9651 §3.2): the last, whichever was meant.
  if (repeatsMembers(request, 'signature-input') || repeatsMembers(request, 'signature')) malformed();
  const input = inputs.get(label);
  const signature = signatures.get(label)?.[0];
  if (!input || !isInnerList(input) || !types.isArrayBuffer(signature)) malformed();
  const components = input[0].map(([name, parameters]) => {
    if (typeof name !== 'string' || !COMPONENT.test(name) || parameters.size > 0) malformed();
    return name;
  });
  const repeated = new Set(components).size !== components.length;
  if (repeated || components.length > MAX_COMPONENTS) malformed();
  return { components, parameters: input[1], signature: Buffer.from(signature) };
}

/** Whether a dictionary of one label is written with several members: commas outside of quoted strings separate them. */
function repeatsMembers(request: SignableRequest, name: string): boolean {
  return single(request, name)?.replace(QUOTED, '').includes(',') === true;
}

function readParameters(
  parameters: SfParameters,
): Pick<ReadSignature, 'created' | 'expires' | 'nonce' | 'keyId' | 'alg'> {
  const [created, expires] = [parameters.get('created'), parameters.get('expires')];
  const [nonce, keyId, alg] = [parameters.get('nonce'), parameters.get('keyid'), parameters.get('alg')];
  const fits = isSeconds(created) && isSeconds(expires) && isShortText(nonce) && isShortText(keyId);
  if (!fits || (alg !== undefined && !isShortText(alg))) throw new SignatureRefused('signature_parameters_missing');
  return { created, expires, nonce, keyId, alg };
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= 255;
}

function dictionary(header: string | null): ReadonlyMap<string, SfItem | SfInnerList> {
  if (!header) throw new SignatureRefused('signature_missing');
  return readDictionary(header) ?? malformed();
}

/** A header's value; null without it. @throws SignatureRefused when it came more than once */
function single(request: SignableRequest, name: string): string | null {
  const value = request.headers[name];
  if (Array.isArray(value)) malformed();
  return value?.trim() || null;
}

function malformed(): never {
  throw new SignatureRefused('signature_malformed');
}
