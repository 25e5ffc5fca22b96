import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { Env } from './platform/config/env';
import { JsonLogger } from './platform/log/json-logger';
import { explainAndExit, runUntilSignal } from './platform/process';

/** A process that only runs jobs; start as many as the work needs. */
async function main(): Promise<void> {
  const env = Env.read();
  const root = AppModule.with({ env, applicationName: 'cho40-worker', workers: true });
  const logger = new JsonLogger(env.logLevel);
  await runUntilSignal(() => NestFactory.createApplicationContext(root, { logger, abortOnError: false }));
}

main().catch(explainAndExit);
