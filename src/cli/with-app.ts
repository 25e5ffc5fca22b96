import { userInfo } from 'node:os';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { Env } from '../platform/config/env';
import { runAs } from '../platform/actor';
import { JsonLogger } from '../platform/log/json-logger';

/**
 * Runs a command against the real services, as the user of the shell. The process rings for jobs and runs none.
 * Loaded by a command's action, so that commands without a database start in a moment.
 */
export async function withApp<T>(work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  const env = Env.read();
  const root = AppModule.with({ env, applicationName: 'cho40-cli', workers: false });
  // Standard output belongs to the command's JSON: only errors are logged, on standard error.
  const logger = new JsonLogger('error', 2);
  const app = await NestFactory.createApplicationContext(root, { logger, abortOnError: false });
  try {
    return await runAs({ kind: 'cli', id: userInfo().username }, () => work(app));
  } finally {
    await app.close();
  }
}
