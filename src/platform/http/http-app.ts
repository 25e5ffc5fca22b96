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
import { Shutdown } from '../health/shutdown';
import { JsonLogger } from '../log/json-logger';
import { acceptBodies, MAX_JSON_BYTES } from './content-types';
import { watchBodies } from './body-pace';
import {
  CHECK_INTERVAL_MS,
  HEADERS_TIMEOUT_MS,
  KEEP_ALIVE_MS,
  limitConnections,
  SILENCE_MS,
} from './connection-limits';
import { answerProblem, ProblemFilter } from './problem.filter';
import { limitRates } from './rate-limits';
import { refuseRaw } from './raw-refusal';
import { observeRequests, refuseEarly } from './request-hooks';
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
export async function createHttpApp(
  root: Type | DynamicModule,
  env: Env,
  logger = new JsonLogger(env.logLevel),
): Promise<NestFastifyApplication> {
  const adapter = adapterOf(env, logger);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger,
    bodyParser: false,
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(new RequestSchemaPipe());
  await app.register(cookie);
  await app.register(multipart, { limits: { files: 1, fields: 10, parts: 11, headerPairs: 100 } });
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    strictTransportSecurity: env.publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  const fastify = adapter.getInstance();
  const metrics = app.get(Metrics, { strict: false });
  refuseEarly(fastify, app.get(Shutdown, { strict: false }));
  watchBodies(fastify, env.slowBodySeconds);
  await limitRates(fastify, env.rates);
  acceptBodies(fastify);
  observeRequests(fastify, metrics);
  limitConnections(
    fastify.server,
    { all: env.maxConnections, perAddress: env.maxConnectionsPerAddress, proxies: env.trustedProxies },
    (limit) => metrics.countRefusedConnection(limit),
  );
  return app;
}

function adapterOf(env: Env, logger: JsonLogger): FastifyAdapter {
  return new FastifyAdapter({
    loggerInstance: logger.pino,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => v7(),
    trustProxy: env.trustedProxies.length > 0 ? env.trustedProxies : false,
    bodyLimit: MAX_JSON_BYTES,
    routerOptions: { maxParamLength: 200 },
    http: {
      maxHeaderSize: MAX_HEADER_BYTES,
      // Node's own refusal of a missing Host has no body; ours is in request-hooks.ts.
      requireHostHeader: false,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
    },
    // Banks on slow lines may take their time over a body, as long as it keeps coming: see body-pace.ts.
    requestTimeout: 0,
    connectionTimeout: SILENCE_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Fastify's own 503 is no problem document; ours is in request-hooks.ts.
    return503OnClosing: false,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply): void =>
      void answerProblem(error, request, reply),
    clientErrorHandler: refuseRaw,
  });
}
