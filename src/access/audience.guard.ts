import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../platform/actor';
import { Clock } from '../kernel/clock';
import { mayDo, type Permission } from '../kernel/permissions';
import { Env } from '../platform/config/env';
import { AUDIENCE, type Audience, PERMISSION, STEP_UP } from '../platform/http/operation.decorator';
import { AudienceMissing, NotPermitted } from './access.errors';
import { AudienceVerifiers } from './audience.verifiers';
import { missingStrength } from './step-up/session-strength.rules';
import { SecondFactorEnrolmentRequired, StepUpRequired } from './step-up/step-up.errors';

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
    private readonly env: Env,
    private readonly clock: Clock,
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

  /**
   * @throws AudienceMissing when the operation names no permission, NotPermitted when the role lacks it,
   * SecondFactorEnrolmentRequired and StepUpRequired when the session is not strong enough for it
   */
  private mustBePermitted(context: ExecutionContext, { session }: FastifyRequest): void {
    const permission = this.reflector.get<Permission | undefined>(PERMISSION, context.getHandler());
    if (!permission || !session) throw new AudienceMissing();
    if (!mayDo(session.staff.role, permission)) throw new NotPermitted();
    const stepUp = this.reflector.get<boolean | undefined>(STEP_UP, context.getHandler()) === true;
    const missing = missingStrength(session, { permission, stepUp, mode: this.env.secondFactor }, this.clock.now());
    if (missing === 'enrolment') throw new SecondFactorEnrolmentRequired();
    if (missing === 'step_up') throw new StepUpRequired();
  }
}
