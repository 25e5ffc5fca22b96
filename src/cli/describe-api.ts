import type { OpenAPIObject } from '@nestjs/swagger';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../app.module';
import { Env } from '../platform/config/env';
import { buildOpenApi } from '../platform/http/openapi';

/** The OpenAPI document from the modules alone: nothing is started, no environment and no database is touched. */
export async function describeApi(): Promise<OpenAPIObject> {
  const root = AppModule.with({ env: Env.read({}), applicationName: 'cho40-openapi', workers: false });
  const app = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return buildOpenApi(app);
}
