import { Body, Controller, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { StallCode } from '../kernel/stall-code';
import { marketParamSchema } from '../markets/market.schema';
import {
  type StallChange,
  stallChangeSchema,
  type StallInput,
  stallInputSchema,
  stallParamSchema,
} from '../markets/stall.schema';
import { StallsService } from '../markets/stalls.service';
import { etagOf, versionOf } from '../platform/http/if-match';
import { Operation } from '../platform/http/operation.decorator';
import {
  type Stall,
  type StallListQuery,
  stallListQuerySchema,
  stallPageSchema,
  stallSchema,
} from './stall-register.schema';
import { StallRegisterService } from './stall-register.service';

type MarketParam = z.infer<typeof marketParamSchema>;
type StallParam = { readonly stallCode: StallCode };

@Controller('api/v1')
export class StallsConsoleController {
  constructor(
    private readonly register: StallRegisterService,
    private readonly stalls: StallsService,
  ) {}

  @Get('markets/:code/stalls')
  @Operation({
    id: 'listStalls',
    summary: 'Stalls of a market in natural order, with vendor, account and code of today',
    audience: 'staff',
    permission: 'stall.read',
    answer: stallPageSchema,
    refusals: ['market_not_found', 'cursor_invalid'],
  })
  list(
    @Param({ schema: marketParamSchema }) { code }: MarketParam,
    @Query({ schema: stallListQuerySchema }) query: StallListQuery,
  ) {
    return this.register.list(code, query);
  }

  @Post('markets/:code/stalls')
  @Operation({
    id: 'registerStall',
    summary: 'Register a stall; it gets its code',
    audience: 'staff',
    permission: 'stall.write',
    status: 201,
    answer: stallSchema,
    refusals: ['market_not_found', 'stall_number_taken', 'zone_not_found'],
  })
  async create(
    @Param({ schema: marketParamSchema }) { code }: MarketParam,
    @Body({ schema: stallInputSchema }) input: StallInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const stallCode = await this.stalls.register(code, input);
    return withETag(reply, await this.register.read(stallCode));
  }

  @Get('stalls/:stallCode')
  @Operation({
    id: 'readStall',
    summary: 'One stall with its dated chain of leases and accounts; ETag for changes',
    audience: 'staff',
    permission: 'stall.read',
    answer: stallSchema,
    refusals: ['stall_not_found'],
  })
  async read(
    @Param({ schema: stallParamSchema }) { stallCode }: StallParam,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withETag(reply, await this.register.read(stallCode));
  }

  @Patch('stalls/:stallCode')
  @Operation({
    id: 'changeStall',
    summary: 'Change or close a stall; If-Match names the version that was read',
    audience: 'staff',
    permission: 'stall.write',
    answer: stallSchema,
    refusals: [
      'stall_not_found',
      'version_conflict',
      'if_match_required',
      'stall_closed',
      'stall_closed_before_opened',
      'stall_number_taken',
      'zone_not_found',
    ],
  })
  async change(
    @Param({ schema: stallParamSchema }) { stallCode }: StallParam,
    @Body({ schema: stallChangeSchema }) change: StallChange,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.stalls.change(stallCode, versionOf(ifMatch), change);
    return withETag(reply, await this.register.read(stallCode));
  }
}

function withETag(reply: FastifyReply, stall: Stall): Stall {
  void reply.header('ETag', etagOf(stall.version));
  return stall;
}
