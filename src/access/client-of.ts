import type { FastifyRequest } from 'fastify';
import type { SessionCookie } from './session.cookie';
import type { Client } from './sessions.service';

/** From where and with what somebody signs in. */
export function clientOf(request: FastifyRequest, cookie: SessionCookie): Client {
  const userAgent = request.headers['user-agent'] ?? '';
  return { address: request.ip, userAgent, formerSessionId: cookie.read(request) };
}
