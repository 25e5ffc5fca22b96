import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../platform/http/operation.decorator';
import {
  type ActivationInput,
  activationSchema,
  type SessionAnswer,
  sessionSchema,
  type SignInInput,
  signInSchema,
} from './access.schema';
import { clientOf } from './client-of';
import { SessionAnswers } from './session.answer';
import { SessionCookie } from './session.cookie';
import { SessionReply } from './session.reply';
import type { Session } from './sessions.service';
import { SignInService } from './sign-in.service';
import { SignedIn } from './staff.verifier';

/** Signing in and out of the console. */
@Controller('api/v1/auth')
export class AccessConsoleController {
  constructor(
    private readonly signIns: SignInService,
    private readonly reply: SessionReply,
    private readonly answers: SessionAnswers,
    private readonly cookie: SessionCookie,
  ) {}

  @Post('sign-in')
  @Operation({
    id: 'signIn',
    summary: 'Sign in: answers the session and sets its cookie, or asks for the second factor',
    audience: 'public',
    answer: sessionSchema,
    refusals: ['sign_in_failed', 'second_factor_required', 'too_many_attempts', 'sign_in_busy', 'cross_site_request'],
  })
  async signIn(
    @Body({ schema: signInSchema }) input: SignInInput,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const outcome = await this.signIns.signIn(input, clientOf(request, this.cookie));
    return this.reply.outcome(reply, outcome);
  }

  @Post('activation')
  @Operation({
    id: 'activate',
    summary: 'Choose a password by one-time link, and sign in',
    audience: 'public',
    answer: sessionSchema,
    refusals: [
      'link_not_valid',
      'second_factor_required',
      'password_too_short',
      'password_too_long',
      'password_too_common',
      'sign_in_busy',
    ],
  })
  async activate(
    @Body({ schema: activationSchema }) input: ActivationInput,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const outcome = await this.signIns.activate(input, clientOf(request, this.cookie));
    return this.reply.outcome(reply, outcome);
  }

  @Post('sign-out')
  @Operation({ id: 'signOut', summary: 'End this session at once', audience: 'staff', permission: 'self', status: 204 })
  async signOut(
    @SignedIn() session: Session,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.signIns.signOut(this.cookie.read(request) ?? '', session);
    this.cookie.clear(reply);
  }

  @Get('session')
  @Operation({
    id: 'getSession',
    summary: 'Who is signed in, and the token that writes need',
    audience: 'staff',
    permission: 'self',
    answer: sessionSchema,
    refusals: ['sign_in_required'],
  })
  session(@SignedIn() session: Session): Promise<SessionAnswer> {
    return this.answers.of(session);
  }
}
