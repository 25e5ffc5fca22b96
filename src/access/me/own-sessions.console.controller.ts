import { Body, Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Operation } from '../../platform/http/operation.decorator';
import { type SessionAnswer, sessionSchema } from '../access.schema';
import { clientOf } from '../client-of';
import { SessionCookie } from '../session.cookie';
import { SessionReply } from '../session.reply';
import type { ListedSession, Session } from '../sessions.service';
import { SignedIn } from '../staff.verifier';
import { deviceOf } from './device.rules';
import {
  endedSessionsSchema,
  type OwnSession,
  ownSessionParams,
  ownSessionsSchema,
  type PasswordChange,
  passwordChangeSchema,
} from './me.schema';
import { OwnAccountService } from './own-account.service';

/** Where a person is signed in, and the password that lets them. */
@Controller('api/v1/me')
export class OwnSessionsConsoleController {
  constructor(
    private readonly account: OwnAccountService,
    private readonly reply: SessionReply,
    private readonly cookie: SessionCookie,
  ) {}

  @Post('password')
  @Operation({
    id: 'changePassword',
    summary: 'Choose a new password; every other session of yours ends',
    audience: 'staff',
    permission: 'self',
    answer: sessionSchema,
    refusals: [
      'current_password_wrong',
      'password_too_short',
      'password_too_long',
      'password_too_common',
      'too_many_attempts',
      'sign_in_busy',
    ],
  })
  async changePassword(
    @Body({ schema: passwordChangeSchema }) change: PasswordChange,
    @SignedIn() session: Session,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const client = clientOf(request, this.cookie);
    return this.reply.opened(reply, await this.account.changePassword(session, change, client));
  }

  @Get('sessions')
  @Operation({
    id: 'listOwnSessions',
    summary: 'Where you are signed in',
    audience: 'staff',
    permission: 'self',
    answer: ownSessionsSchema,
  })
  async list(@SignedIn() session: Session): Promise<{ items: OwnSession[] }> {
    const sessions = await this.account.sessionsOf(session);
    return { items: sessions.map((listed) => answerOf(listed, session)) };
  }

  @Post('sessions/end-others')
  @Operation({
    id: 'endOtherSessions',
    summary: 'Sign out everywhere else, at once',
    audience: 'staff',
    permission: 'self',
    answer: endedSessionsSchema,
  })
  async endOthers(@SignedIn() session: Session): Promise<{ ended: number }> {
    return { ended: await this.account.endOtherSessions(session) };
  }

  @Delete('sessions/:id')
  @Operation({
    id: 'endOwnSession',
    summary: 'Sign out on one device, at once',
    audience: 'staff',
    permission: 'self',
    status: 204,
    refusals: ['session_not_found'],
  })
  async end(
    @Param({ schema: ownSessionParams }) { id }: z.infer<typeof ownSessionParams>,
    @SignedIn() session: Session,
  ): Promise<void> {
    await this.account.endSession(session, id);
  }
}

function answerOf({ handle, createdAt, lastSeenAt, address, userAgent }: ListedSession, asking: Session): OwnSession {
  return {
    id: handle,
    isCurrent: handle === asking.handle,
    startedAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    address,
    ...deviceOf(userAgent),
  };
}
