import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Approval, approvalSchema } from '../approvals/approvals.schema';
import { Operation } from '../platform/http/operation.decorator';
import {
  type Launch,
  type LaunchBoard,
  launchBoardSchema,
  launchSchema,
  type TransitionInput,
  transitionInputSchema,
} from './launches.schema';
import { LaunchesService } from './launches.service';

@Controller('api/v1')
export class LaunchesConsoleController {
  constructor(private readonly launches: LaunchesService) {}

  @Get('launches/board')
  @Operation({
    id: 'getLaunchBoard',
    summary: 'All markets by state',
    audience: 'staff',
    permission: 'launch.read',
    answer: launchBoardSchema,
  })
  board(): Promise<LaunchBoard> {
    return this.launches.board();
  }

  @Get('markets/:code/launch')
  @Operation({
    id: 'getLaunch',
    summary: 'A market’s state, the steps it may take and its history',
    audience: 'staff',
    permission: 'launch.read',
    answer: launchSchema,
    refusals: ['market_not_found'],
  })
  launch(@Param('code') code: string): Promise<Launch> {
    return this.launches.launchOf(code);
  }

  @Post('markets/:code/launch/transitions')
  @Operation({
    id: 'moveLaunch',
    summary: 'Record a step on a market’s way to its launch; one past the criteria takes a second person',
    audience: 'staff',
    permission: 'launch.move',
    status: 201,
    answer: launchSchema,
    waits: approvalSchema,
    refusals: [
      'market_not_found',
      'launch_not_allowed',
      'launch_before_current',
      'launch_in_future',
      'launch_decision_missing',
      'approval_pending',
    ],
  })
  async move(
    @Param('code') code: string,
    @Body({ schema: transitionInputSchema }) input: TransitionInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Launch | Approval> {
    const moved = await this.launches.move(code, input);
    if ('kind' in moved) void reply.status(202);
    return moved;
  }
}
