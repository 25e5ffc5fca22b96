import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../health/metrics';
import { type Shutdown, ShuttingDown } from '../health/shutdown';
import { loggedPath } from '../log/logged-path';
import { RequestMalformed } from './http.errors';

/** What no page of ours uses is kept from whatever might be smuggled into one. */
const NO_DEVICES = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'bluetooth', 'display-capture']
  .map((feature) => `${feature}=()`)
  .join(', ');

/** For every request, before anybody asks what it is about. */
export function refuseEarly(fastify: FastifyInstance, shutdown: Shutdown): void {
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('X-Request-Id', request.id);
    void reply.header('Permissions-Policy', NO_DEVICES);
    if (request.url.startsWith('/api/')) void reply.header('Cache-Control', 'no-store');
    const refusal = refusalOf(request, shutdown);
    if (!refusal) return;
    void reply.header('Connection', 'close');
    throw refusal;
  });
  // A connection that is kept for a next request would keep the process as well.
  fastify.addHook('onSend', async (_request, reply) => {
    if (shutdown.hasBegun) void reply.header('Connection', 'close');
  });
  // Nor may one whose answer was under way when the end began, with headers that promised to stay.
  fastify.addHook('onResponse', async () => {
    if (shutdown.hasBegun) setImmediate(() => fastify.server.closeIdleConnections());
  });
}

function refusalOf(request: FastifyRequest, shutdown: Shutdown): ShuttingDown | RequestMalformed | null {
  if (shutdown.hasBegun && request.url !== '/health/live') return new ShuttingDown();
  const unnamed = request.headers.host === undefined && request.raw.httpVersion !== '1.0';
  return unnamed || !isText(request.url) ? new RequestMalformed() : null;
}

/** Whether an address decodes to Unicode text without NUL, which PostgreSQL does not store. */
function isText(url: string): boolean {
  if (!url.includes('%')) return true;
  try {
    return !decodeURIComponent(url).includes('\0');
  } catch {
    return false;
  }
}

/** One line in the log and one observation for every request. The query may hold names and is not logged. */
export function observeRequests(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    const route = request.routeOptions.url ?? 'unmatched';
    metrics.observeRequest(method, route, reply.statusCode, reply.elapsedTime / 1000);
    const path = loggedPath(url);
    const ms = Math.round(reply.elapsedTime);
    if (!path.startsWith('/health')) request.log.info({ method, path, status: reply.statusCode, ms }, 'request');
  });
}
