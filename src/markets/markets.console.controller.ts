import { Body, Controller, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { etagOf, versionOf } from '../platform/http/if-match';
import { Operation } from '../platform/http/operation.decorator';
import {
  type MarketChange,
  marketChangeSchema,
  type MarketInput,
  marketInputSchema,
  type MarketListQuery,
  marketListQuerySchema,
  marketPageSchema,
  marketParamSchema,
  marketSchema,
  type Market,
  type ZoneInput,
  zoneInputSchema,
  zoneSchema,
  zonesSchema,
} from './market.schema';
import { MarketsService } from './markets.service';

type MarketParam = z.infer<typeof marketParamSchema>;

const FACTS_REFUSED = ['commune_unknown', 'commune_dissolved', 'class_decision_incomplete'];

@Controller('api/v1/markets')
export class MarketsConsoleController {
  constructor(private readonly markets: MarketsService) {}

  @Get()
  @Operation({
    id: 'listMarkets',
    summary: 'Markets in Vietnamese order, searched without accents',
    audience: 'staff',
    permission: 'market.read',
    answer: marketPageSchema,
    refusals: ['cursor_invalid'],
  })
  list(@Query({ schema: marketListQuerySchema }) query: MarketListQuery) {
    return this.markets.list(query);
  }

  @Post()
  @Operation({
    id: 'registerMarket',
    summary: 'Register a market',
    audience: 'staff',
    permission: 'market.write',
    status: 201,
    answer: marketSchema,
    refusals: ['market_code_taken', ...FACTS_REFUSED],
  })
  async register(
    @Body({ schema: marketInputSchema }) input: MarketInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withETag(reply, await this.markets.register(input));
  }

  @Get(':code')
  @Operation({
    id: 'readMarket',
    summary: 'One market with its counts; ETag for changes',
    audience: 'staff',
    permission: 'market.read',
    answer: marketSchema,
    refusals: ['market_not_found'],
  })
  async read(
    @Param({ schema: marketParamSchema }) { code }: MarketParam,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withETag(reply, await this.markets.read(code));
  }

  @Patch(':code')
  @Operation({
    id: 'changeMarket',
    summary: 'Change a market; If-Match names the version that was read',
    audience: 'staff',
    permission: 'market.write',
    answer: marketSchema,
    refusals: ['market_not_found', 'version_conflict', 'if_match_required', ...FACTS_REFUSED],
  })
  async change(
    @Param({ schema: marketParamSchema }) { code }: MarketParam,
    @Body({ schema: marketChangeSchema }) change: MarketChange,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withETag(reply, await this.markets.change(code, versionOf(ifMatch), change));
  }

  @Get(':code/zones')
  @Operation({
    id: 'listZones',
    summary: 'Zones of a market, in their order',
    audience: 'staff',
    permission: 'market.read',
    answer: zonesSchema,
    refusals: ['market_not_found'],
  })
  zones(@Param({ schema: marketParamSchema }) { code }: MarketParam) {
    return this.markets.zones(code);
  }

  @Post(':code/zones')
  @Operation({
    id: 'addZone',
    summary: 'Add a zone behind the others',
    audience: 'staff',
    permission: 'stall.write',
    status: 201,
    answer: zoneSchema,
    refusals: ['market_not_found', 'zone_name_taken'],
  })
  addZone(
    @Param({ schema: marketParamSchema }) { code }: MarketParam,
    @Body({ schema: zoneInputSchema }) zone: ZoneInput,
  ) {
    return this.markets.addZone(code, zone);
  }
}

function withETag(reply: FastifyReply, market: Market): Market {
  void reply.header('ETag', etagOf(market.version));
  return market;
}
