import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/errors';
import { Env } from '../config/env';
import { Operation } from '../http/operation.decorator';
import { Metrics } from './metrics';

class MetricsRefused extends DomainError {
  constructor() {
    super('unauthenticated', 'metrics_token_required', {
      vi: 'Chỉ số vận hành chỉ đọc được tại máy chủ hoặc bằng METRICS_TOKEN.',
      en: 'Metrics are read on the machine itself or with METRICS_TOKEN.',
    });
  }
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Prometheus text format; from the machine itself, or with the bearer token of the scraper. */
@Controller('metrics')
@ApiExcludeController()
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly env: Env,
  ) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @Operation({ id: 'metrics', summary: 'Metrics', audience: 'public', files: ['text/plain'] })
  async scrape(@Req() request: FastifyRequest): Promise<string> {
    if (!this.mayScrape(request)) throw new MetricsRefused();
    return this.metrics.text();
  }

  private mayScrape(request: FastifyRequest): boolean {
    const { metricsToken } = this.env;
    if (metricsToken) return request.headers.authorization === `Bearer ${metricsToken}`;
    // A forwarded request also comes from loopback when the proxy stands on this machine.
    return LOOPBACK.has(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined;
  }
}
