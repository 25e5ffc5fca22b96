import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { v7 } from 'uuid';
import type { Env } from '../config/env';
import { Metrics } from '../health/metrics';
import { JsonLogger } from '../log/json-logger';
import { acceptBodies, MAX_JSON_BYTES } from './content-types';
import { RequestMalformed } from './http.errors';
import { answerProblem, ProblemFilter } from './problem.filter';
import { refuseRaw } from './raw-refusal';
import { RequestSchemaPipe } from './request-schema.pipe';

/** Nothing a person or bank sends in headers needs more. */
const MAX_HEADER_BYTES = 16_384;

const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
};

/** The Nest application with everything that holds for every route; not yet listening. */
export async function createHttpApp(root: Type | DynamicModule, env: Env): Promise<NestFastifyApplication> {
  const logger = new JsonLogger(env.logLevel);
  const adapter = new FastifyAdapter({
    loggerInstance: logger.pino,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => v7(),
    trustProxy: env.trustedProxies.length > 0 ? env.trustedProxies : false,
    bodyLimit: MAX_JSON_BYTES,
    routerOptions: { maxParamLength: 200 },
    // Node's own refusal of a missing Host has no body; ours is below.
    http: { maxHeaderSize: MAX_HEADER_BYTES, requireHostHeader: false },
    requestTimeout: 0,
    return503OnClosing: true,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply): void =>
      void answerProblem(error, request, reply),
    clientErrorHandler: refuseRaw,
  });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger,
    bodyParser: false,
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(new RequestSchemaPipe());
  const fastify = adapter.getInstance();
  await app.register(cookie);
  await app.register(multipart, { limits: { files: 1, fields: 10, parts: 11, headerPairs: 100 } });
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    strictTransportSecurity: env.publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('X-Request-Id', request.id);
    if (request.url.startsWith('/api/')) void reply.header('Cache-Control', 'no-store');
    const unnamed = request.headers.host === undefined && request.raw.httpVersion !== '1.0';
    if (!unnamed && isText(request.url)) return;
    void reply.header('Connection', 'close');
    throw new RequestMalformed();
  });
  acceptBodies(fastify);
  const metrics = app.get(Metrics, { strict: false });
  fastify.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    const route = request.routeOptions.url ?? 'unmatched';
    metrics.observeRequest(method, route, reply.statusCode, reply.elapsedTime / 1000);
    const path = url.split('?', 1)[0];
    const ms = Math.round(reply.elapsedTime);
    if (!path?.startsWith('/health')) request.log.info({ method, path, status: reply.statusCode, ms }, 'request');
  });
  return app;
}

/** Whether an address decodes to Unicode text without NUL, which PostgreSQL does not store. */
function isText(url: string): boolean {
  if (!url.includes('%')) return true;
  try {
    return !decodeURIComponent(url).includes('\0');
  } catch {
    return false;
  }
}
