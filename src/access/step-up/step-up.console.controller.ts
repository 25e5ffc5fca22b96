import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../platform/http/operation.decorator';
import { type SessionAnswer, sessionSchema } from '../access.schema';
import { clientOf } from '../client-of';
import { SessionCookie } from '../session.cookie';
import { SessionReply } from '../session.reply';
import type { Session } from '../sessions.service';
import { SignedIn } from '../staff.verifier';
import { type StepUpInput, stepUpSchema, type StepUpWays, stepUpWaysSchema } from './step-up.schema';
import { StepUpService } from './step-up.service';

/** Confirming in the middle of a session, before something dangerous. */
@Controller('api/v1/auth/step-up')
export class StepUpConsoleController {
  constructor(
    private readonly stepUps: StepUpService,
    private readonly reply: SessionReply,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @Operation({
    id: 'getStepUpWays',
    summary: 'How you can confirm to be yourself',
    audience: 'staff',
    permission: 'self',
    answer: stepUpWaysSchema,
  })
  ways(@SignedIn() session: Session): Promise<StepUpWays> {
    return this.stepUps.waysOf(session);
  }

  @Post()
  @Operation({
    id: 'stepUp',
    summary:
      'Confirm to be yourself: the session goes on under a new cookie, good for dangerous operations for 10 minutes',
    audience: 'staff',
    permission: 'self',
    answer: sessionSchema,
    refusals: ['step_up_failed', 'step_up_way_too_weak', 'too_many_attempts', 'sign_in_busy'],
  })
  async confirm(
    @Body({ schema: stepUpSchema }) input: StepUpInput,
    @SignedIn() session: Session,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const confirmed = await this.stepUps.confirm(session, input, clientOf(request, this.cookie));
    return this.reply.opened(reply, confirmed);
  }
}
