import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/errors';
import type { Rates } from '../config/env';

const WINDOW_SECONDS = 60;

/** What is counted, by the name that the headers tell (draft-ietf-httpapi-ratelimit-headers). */
type Policy = 'anonymous' | 'address' | 'session' | 'bank-key';

/** Who has proved to be whom, as far as counting needs it. Never logged, never answered. */
export interface Credential {
  readonly policy: Extract<Policy, 'session' | 'bank-key'>;
  /** The same for every request with the same session or key. */
  readonly key: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by whoever has proved a session or a bank's key. */
    credential?: Credential;
  }
  interface FastifyInstance {
    /** Counts a request of a proved caller. @throws RateLimited */
    countCaller(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  }
}

export class RateLimited extends DomainError {
  constructor(seconds: number) {
    super(
      'rate_limited',
      'rate_limited',
      {
        vi: `Quá nhiều yêu cầu trong một phút; hãy thử lại sau ${seconds} giây.`,
        en: `Too many requests within a minute; try again in ${seconds} seconds.`,
      },
      [],
      seconds,
    );
  }
}

/**
 * Counts requests per minute: per address before anything is looked at, per session or bank key once it is proved.
 * In the memory of this process only (docs/decisions/0023): what must hold exactly, such as tries to sign in, is counted
 * in PostgreSQL by those whom it concerns.
 */
export async function limitRates(fastify: FastifyInstance, rates: Rates): Promise<void> {
  await fastify.register(rateLimit, { global: false });
  const counters: Record<Policy, Counter> = {
    anonymous: counterOf(fastify, 'anonymous', rates.anonymous, addressOf),
    address: counterOf(fastify, 'address', rates.address, addressOf),
    session: counterOf(fastify, 'session', rates.session, credentialOf),
    'bank-key': counterOf(fastify, 'bank-key', rates.bankKey, credentialOf),
  };
  fastify.addHook('onRequest', async (request, reply) => {
    if (isUncounted(request.url)) return;
    await counters.address(request, reply);
    if (!showsCredential(request)) await counters.anonymous(request, reply);
  });
  fastify.decorate('countCaller', async (request, reply) => {
    if (request.credential) await counters[request.credential.policy](request, reply);
  });
}

type Counter = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** Of several counters the last one speaks: it is the nearest to the caller. */
function counterOf(
  fastify: FastifyInstance,
  policy: Policy,
  quota: number,
  keyGenerator: (request: FastifyRequest) => string,
): Counter {
  const count = fastify.createRateLimit({ max: quota, timeWindow: WINDOW_SECONDS * 1_000, keyGenerator });
  return async (request, reply) => {
    const state = await count(request);
    if (state.isAllowed) return;
    // A window that has just been used up may round down to nothing.
    const seconds = Math.max(1, state.ttlInSeconds);
    void reply.header('RateLimit-Policy', `"${policy}";q=${quota};w=${WINDOW_SECONDS}`);
    void reply.header('RateLimit', `"${policy}";r=${state.remaining};t=${seconds}`);
    if (state.isExceeded) throw new RateLimited(seconds);
  };
}

/** Addresses of IPv6 count by the /64 that one customer is given. */
function addressOf({ ip }: FastifyRequest): string {
  return normalizeIP(ip);
}

function credentialOf({ credential }: FastifyRequest): string {
  return credential?.key ?? '';
}

/** Supervisors may ask as often as they like, and files that never change are asked for once. */
function isUncounted(url: string): boolean {
  return url.startsWith('/health/') || url.startsWith('/assets/');
}

/** Proved or not: who invents one still counts for the address. */
function showsCredential({ headers }: FastifyRequest): boolean {
  return [headers.cookie, headers.signature, headers['x-vendor-link']].some((shown) => shown !== undefined);
}
