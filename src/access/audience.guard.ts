import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../platform/actor';
import { AUDIENCE, type Audience, PERMISSION } from '../platform/http/operation.decorator';
import { mayDo, type Permission } from '../kernel/permissions';
import { AudienceMissing, NotPermitted } from './access.errors';
import { AudienceVerifiers } from './audience.verifiers';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by AudienceGuard on every request that may proceed. */
    actor?: Actor;
  }
}

/**
 * The one gate: every controller method of the system passes here, and one that has not declared its audience, or for
 * staff its permission, is refused. Nothing is reachable by oversight.
 */
@Injectable()
export class AudienceGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifiers: AudienceVerifiers,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const audience = this.reflector.get<Audience | undefined>(AUDIENCE, context.getHandler());
    const verifier = audience && this.verifiers.of(audience);
    if (!verifier) throw new AudienceMissing();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.actor = await verifier(request);
    if (audience === 'staff') this.mustBePermitted(context, request);
    return true;
  }

  /** @throws AudienceMissing when the operation names no permission, NotPermitted when the role lacks it */
  private mustBePermitted(context: ExecutionContext, { session }: FastifyRequest): void {
    const permission = this.reflector.get<Permission | undefined>(PERMISSION, context.getHandler());
    if (!permission || !session) throw new AudienceMissing();
    if (!mayDo(session.staff.role, permission)) throw new NotPermitted();
  }
}
