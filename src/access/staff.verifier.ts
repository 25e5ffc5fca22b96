import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NO_SCOPE } from '../kernel/scope';
import { Env } from '../platform/config/env';
import type { Actor } from '../platform/actor';
import { CrossSiteRequest, CsrfTokenInvalid, SignInRequired } from './access.errors';
import { AudienceVerifiers } from './audience.verifiers';
import { isSameSite, isWrite } from './same-site.rules';
import { SessionCookie } from './session.cookie';
import { isTokenOf, type Session, SessionsService } from './sessions.service';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every operation for staff. */
    session?: Session;
  }
}

/** Proves the audiences `staff` (a session, and its token on writes) and `public` (anybody, from our own pages). */
@Injectable()
export class StaffVerifier {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookie: SessionCookie,
    private readonly env: Env,
    verifiers: AudienceVerifiers,
  ) {
    verifiers.add('staff', (request) => this.staff(request));
    verifiers.add('public', (request) => Promise.resolve(this.anybody(request)));
  }

  private async staff(request: FastifyRequest): Promise<Actor> {
    this.refuseOtherSites(request);
    const cookie = this.cookie.read(request);
    const session = await this.sessions.resume(cookie);
    request.credential = { policy: 'session', key: cookie ?? '' };
    if (isWrite(request.method) && !isTokenOf(session, request.headers['x-csrf-token'])) throw new CsrfTokenInvalid();
    request.session = session;
    return { kind: 'staff', id: session.staff.id, scope: session.staff.area, address: request.ip, traceId: request.id };
  }

  private anybody(request: FastifyRequest): Actor {
    this.refuseOtherSites(request);
    return { kind: 'system', id: 'anonymous', scope: NO_SCOPE, address: request.ip, traceId: request.id };
  }

  /** Also before a session exists: nobody is signed in to a stranger's account from a stranger's page. */
  private refuseOtherSites({ method, headers }: FastifyRequest): void {
    if (isWrite(method) && !isSameSite(headers, this.env.publicUrl)) throw new CrossSiteRequest();
  }
}

/** The session of an operation for staff. */
export const SignedIn = createParamDecorator((_data: unknown, context: ExecutionContext): Session => {
  const { session } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!session) throw new SignInRequired();
  return session;
});
