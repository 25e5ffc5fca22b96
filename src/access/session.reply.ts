import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { SessionAnswer } from './access.schema';
import { SecondFactorRequired } from './second-factor/second-factor.errors';
import { SessionAnswers } from './session.answer';
import { PendingCookie, SessionCookie } from './session.cookie';
import type { OpenedSession } from './sessions.service';
import type { SignInOutcome } from './sign-in-steps/sign-in-steps.service';

/** Puts a new session, or half a sign-in, into the browser's cookies. */
@Injectable()
export class SessionReply {
  constructor(
    private readonly answers: SessionAnswers,
    private readonly cookie: SessionCookie,
    private readonly pending: PendingCookie,
  ) {}

  /** @throws SecondFactorRequired with the cookie that the second step needs */
  async outcome(reply: FastifyReply, outcome: SignInOutcome): Promise<SessionAnswer> {
    if (outcome.kind === 'opened') return this.opened(reply, outcome.session);
    this.pending.set(reply, outcome.token);
    this.cookie.clear(reply);
    throw new SecondFactorRequired();
  }

  opened(reply: FastifyReply, session: OpenedSession): Promise<SessionAnswer> {
    this.cookie.set(reply, session.sessionId);
    return this.answers.of(session);
  }

  /** The second step is done. */
  completed(reply: FastifyReply, session: OpenedSession): Promise<SessionAnswer> {
    const answer = this.opened(reply, session);
    this.pending.clear(reply);
    return answer;
  }
}
