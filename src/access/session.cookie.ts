import type { CookieSerializeOptions } from '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Env } from '../platform/config/env';

/**
 * The cookie that carries a session's id. Over https its name has the prefix `__Host-`, with which browsers guarantee
 * that no other host and no plain-http page has set it; browsers refuse `Secure` cookies over plain http, so there the
 * name is `session`.
 */
@Injectable()
export class SessionCookie {
  readonly name: string;
  private readonly secure: boolean;

  constructor(env: Env) {
    this.secure = env.publicUrl.startsWith('https:');
    this.name = this.secure ? '__Host-session' : 'session';
  }

  read(request: FastifyRequest): string | null {
    return request.cookies[this.name] || null;
  }

  /** Without Max-Age: it ends with the browser, and the server ends it earlier. */
  set(reply: FastifyReply, sessionId: string): void {
    void reply.setCookie(this.name, sessionId, this.options());
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(this.name, this.options());
  }

  private options(): CookieSerializeOptions {
    return { httpOnly: true, secure: this.secure, sameSite: 'strict', path: '/' };
  }
}
