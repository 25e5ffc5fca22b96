import { createHash, timingSafeEqual } from 'node:crypto';
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

const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];
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
    const { headers, socket } = request;
    if (metricsToken) return isEqual(headers.authorization ?? '', `Bearer ${metricsToken}`);
    // A forwarded request also comes from loopback when the proxy stands on this machine.
    const forwarded = FORWARDED.some((name) => headers[name] !== undefined);
    return LOOPBACK.has(socket.remoteAddress ?? '') && !forwarded;
  }
}

/** In constant time: digests have one length. */
function isEqual(given: string, right: string): boolean {
  const [a, b] = [given, right].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(a, b);
}
