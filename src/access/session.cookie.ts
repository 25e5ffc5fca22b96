import type { CookieSerializeOptions } from '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Env } from '../platform/config/env';

/**
 * A cookie that only we read, only from our own pages. Over https its name has the prefix `__Host-`, with which browsers
 * guarantee that no other host and no plain-http page has set it; browsers refuse `Secure` cookies over plain http, so
 * there the name stands alone. Without Max-Age it ends with the browser, and the server ends what it names earlier.
 */
abstract class OwnCookie {
  readonly name: string;
  private readonly secure: boolean;

  constructor(env: Env, name: string) {
    this.secure = env.publicUrl.startsWith('https:');
    this.name = this.secure ? `__Host-${name}` : name;
  }

  read(request: FastifyRequest): string | null {
    return request.cookies[this.name] || null;
  }

  set(reply: FastifyReply, value: string): void {
    void reply.setCookie(this.name, value, this.options());
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(this.name, this.options());
  }

  private options(): CookieSerializeOptions {
    return { httpOnly: true, secure: this.secure, sameSite: 'strict', path: '/' };
  }
}

/** Carries a session's id. */
@Injectable()
export class SessionCookie extends OwnCookie {
  constructor(env: Env) {
    super(env, 'session');
  }
}

/** Carries a sign-in from its first step to its second; no session by itself. */
@Injectable()
export class PendingCookie extends OwnCookie {
  constructor(env: Env) {
    super(env, 'sign-in');
  }
}
