import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../platform/actor';
import type { Audience } from '../platform/http/operation.decorator';

/** Proves who sends a request. @throws DomainError when it cannot */
export type AudienceVerifier = (request: FastifyRequest) => Promise<Actor>;

/**
 * Who proves what: each module that knows an audience adds its verifier at start, so that the guard knows them all and
 * imports none of those above it.
 */
@Injectable()
export class AudienceVerifiers {
  private readonly verifiers = new Map<Audience, AudienceVerifier>();

  /** @throws Error when the audience has one already: the process does not start */
  add(audience: Audience, verifier: AudienceVerifier): void {
    if (this.verifiers.has(audience)) throw new Error(`two verifiers for the audience ${audience}`);
    this.verifiers.set(audience, verifier);
  }

  of(audience: Audience): AudienceVerifier | undefined {
    return this.verifiers.get(audience);
  }
}
