import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Operation } from '../../platform/http/operation.decorator';
import { type SessionAnswer, sessionSchema } from '../access.schema';
import { clientOf } from '../client-of';
import { type PasskeyOptions, passkeyOptionsSchema } from '../passkeys/passkey.schema';
import { type SecondProof, secondProofSchema } from '../second-factor/second-proof.schema';
import { PendingCookie, SessionCookie } from '../session.cookie';
import { SessionReply } from '../session.reply';
import { passkeySignInSchema, type SecondFactorWays, secondFactorWaysSchema } from './sign-in-steps.schema';
import { SignInSteps } from './sign-in-steps.service';

/** The second step of signing in, and the way in by passkey, which is one step. */
@Controller('api/v1/auth')
export class SignInStepsConsoleController {
  constructor(
    private readonly steps: SignInSteps,
    private readonly reply: SessionReply,
    private readonly cookie: SessionCookie,
    private readonly pending: PendingCookie,
  ) {}

  @Get('second-factor')
  @Operation({
    id: 'getSecondFactorWays',
    summary: 'After the right password: how the second factor can be proven',
    audience: 'public',
    answer: secondFactorWaysSchema,
    refusals: ['second_step_expired'],
  })
  ways(@Req() request: FastifyRequest): Promise<SecondFactorWays> {
    return this.steps.waysOf(this.pending.read(request));
  }

  @Post('second-factor')
  @Operation({
    id: 'confirmSignIn',
    summary: 'Prove the second factor: answers the session and sets its cookie',
    audience: 'public',
    answer: sessionSchema,
    refusals: ['second_step_expired', 'second_factor_failed', 'too_many_attempts', 'cross_site_request'],
  })
  async confirm(
    @Body({ schema: secondProofSchema }) given: SecondProof,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const token = this.pending.read(request);
    return this.reply.completed(reply, await this.steps.confirm(token, given, clientOf(request, this.cookie)));
  }

  @Get('passkey')
  @Operation({
    id: 'askPasskey',
    summary: 'What the browser needs to sign in with a passkey alone',
    audience: 'public',
    answer: passkeyOptionsSchema,
  })
  askPasskey(): Promise<PasskeyOptions> {
    return this.steps.askPasskey();
  }

  @Post('passkey')
  @Operation({
    id: 'signInByPasskey',
    summary: 'Sign in with a passkey: answers the session and sets its cookie',
    audience: 'public',
    answer: sessionSchema,
    refusals: ['passkey_refused', 'too_many_attempts', 'cross_site_request'],
  })
  async signInByPasskey(
    @Body({ schema: passkeySignInSchema }) { assertion }: z.infer<typeof passkeySignInSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const session = await this.steps.enterByPasskey(assertion, clientOf(request, this.cookie));
    return this.reply.completed(reply, session);
  }
}
