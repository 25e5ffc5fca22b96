import { signInName } from '../sign-in.rules';

/** What we believe of what the identity service says. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** As one signs in with; null unless the service has verified it. */
  readonly email: string | null;
  /** Whether the service says that it asked for a second factor, in words the operator believes. */
  readonly hasSecondFactor: boolean;
}

export type Claims = Readonly<Record<string, unknown>>;

/** @param mfa values of `amr` or `acr` that the operator believes; none: never */
export function identityOf(claims: Claims, mfa: readonly string[]): Identity {
  const verified = claims.email_verified === true && typeof claims.email === 'string';
  return {
    issuer: String(claims.iss),
    subject: String(claims.sub),
    email: verified ? signInName(String(claims.email)) : null,
    hasSecondFactor: methodsOf(claims).some((method) => mfa.includes(method)),
  };
}

/** RFC 8176 `amr` is a list, `acr` one value; whatever is neither counts for nothing. */
function methodsOf({ amr, acr }: Claims): string[] {
  const methods: unknown[] = Array.isArray(amr) ? amr : [];
  return [...methods, acr].filter((method) => typeof method === 'string');
}

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** The state that came back; null for none, for several, and for what we never made. */
export function stateOf(query: URLSearchParams): string | null {
  const [state, ...others] = query.getAll('state');
  return state !== undefined && others.length === 0 && SECRET.test(state) ? state : null;
}

const PATH = /^\/(?![/\\])[\x21-\x7e]{0,500}$/;

/** A page of our own to go on to; everything else leads to the first one. */
export function returnPathOf(path: string | undefined): string {
  return path !== undefined && PATH.test(path) && !path.includes('\\') ? path : '/';
}

const CONNECTION_CODES = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT']);

interface Fault {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly status?: unknown;
  readonly cause?: unknown;
}

/** Whether the service could not be asked, as against: was asked and said no. Looks at causes too, three deep. */
export function isOutage(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 3) return false;
  const { name, message, code, status, cause }: Fault = error;
  if (typeof code === 'string' && CONNECTION_CODES.has(code)) return true;
  if (typeof status === 'number' && status >= 500) return true;
  // How `fetch` tells of broken lines.
  if (name === 'TypeError' && message === 'fetch failed') return true;
  return isOutage(cause, depth + 1);
}
