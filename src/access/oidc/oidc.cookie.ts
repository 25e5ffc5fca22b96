import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Env } from '../../platform/config/env';

/**
 * Binds a way to the identity service and back to the browser that began it. `Lax`, because the browser comes back from
 * another site, where it sends no strict cookie; it is worth nothing but that one way.
 */
@Injectable()
export class OidcCookie {
  private readonly name: string;
  private readonly secure: boolean;

  constructor(env: Env) {
    this.secure = env.publicUrl.startsWith('https:');
    this.name = this.secure ? '__Host-oidc' : 'oidc';
  }

  read(request: FastifyRequest): string | null {
    return request.cookies[this.name] || null;
  }

  set(reply: FastifyReply, secret: string): void {
    void reply.setCookie(this.name, secret, this.options());
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(this.name, this.options());
  }

  private options() {
    return { httpOnly: true, secure: this.secure, sameSite: 'lax', path: '/' } as const;
  }
}
