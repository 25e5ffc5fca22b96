import { join } from 'node:path';
import { Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module';
import { ManualClock } from '../../src/kernel/clock';
import { SYSTEM_SCOPE } from '../../src/kernel/scope';
import { Env } from '../../src/platform/config/env';
import { Database } from '../../src/platform/db/database';
import { serveApiDocs } from '../../src/platform/http/api-docs';
import { serveConsole } from '../../src/platform/http/console';
import { createHttpApp } from '../../src/platform/http/http-app';
import { createTestDatabase, type TestDatabase } from '../database/test-database';
import { TEST_SEALING_KEY } from '../database/test-secrets';
import { LogWatch } from './log-watch';
import { freePort } from './free-port';

/** The instant at which every test stands unless it moves the clock: 22 November 2026, 09:00 in Vietnam. */
export const TEST_NOW = new Date('2026-11-22T02:00:00.000Z');

/** The address that links, cookies and signatures name; requests go to {@link TestApp.url}. */
export const PUBLIC_URL = 'http://cho40.test';

/** Tests ask more in a minute than a person does; one file tests the limits themselves. */
const NO_RATE_LIMITS = {
  RATE_ANONYMOUS: '100000000',
  RATE_ADDRESS: '100000000',
  RATE_SESSION: '100000000',
  RATE_BANK_KEY: '100000000',
};

/** Of all instances of a test file; each that stops has it searched for what no log may show. */
export const LOG = new LogWatch();

/** The whole application over HTTP on a free port, on a database of its own or on another instance's. */
export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly url: string;
  /** What its links, cookies and signatures name: {@link PUBLIC_URL}, with the console its own {@link url}. */
  readonly publicUrl: string;
  readonly clock: ManualClock;
  /** For factories and looks behind the scenes: reaches every row. */
  readonly database: Database;
  /** As DATABASE_URL and DATABASE_MIGRATION_URL, for a second instance. */
  readonly urls: Pick<TestDatabase, 'appUrl' | 'ownerUrl'>;
  stop(): Promise<void>;
}

export interface TestAppOptions {
  /** Whether jobs run in this process; default true. */
  readonly workers?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** An instance whose database this one shares; stop this one first. */
  readonly beside?: TestApp;
  /** Controllers of the test's own, beside all of the application's. */
  readonly controllers?: Type[];
  /** Serves the built console too; a browser checks cookies and origins, so PUBLIC_URL is then the real address. */
  readonly console?: boolean;
  /** The name a browser finds it by; default 127.0.0.1. Passkeys are for names only, `localhost` among them. */
  readonly consoleHost?: 'localhost';
}

const CONSOLE_FOLDER = join(__dirname, '..', '..', 'dist', 'web');

@Module({})
class TestModule {}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const testDatabase = options.beside ? null : await createTestDatabase();
  const urls = options.beside?.urls ?? (testDatabase as TestDatabase);
  const clock = new ManualClock(TEST_NOW);
  const port = options.console ? await freePort() : 0;
  const publicUrl = options.console ? `http://${options.consoleHost ?? '127.0.0.1'}:${port}` : PUBLIC_URL;
  const env = Env.read({
    NODE_ENV: 'test',
    LOG_LEVEL: 'trace',
    PUBLIC_URL: publicUrl,
    DATABASE_URL: urls.appUrl,
    DATABASE_MIGRATION_URL: urls.ownerUrl,
    DATABASE_POOL_SIZE: '5',
    // One file tests what `required` does; everybody else signs in with a password and works.
    SECOND_FACTOR: 'offered',
    ...NO_RATE_LIMITS,
    SEALING_KEY: TEST_SEALING_KEY.toString('base64'),
    ...options.environment,
  });
  const root = AppModule.with({ env, applicationName: 'cho40-test', workers: options.workers ?? true, clock });
  const module = { module: TestModule, imports: [root], controllers: options.controllers };
  const app = await createHttpApp(module, env, LOG.loggerAt(env.logLevel));
  serveApiDocs(app);
  if (options.console) await serveConsole(app, CONSOLE_FOLDER);
  await app.init();
  await app.listen(port, '127.0.0.1');
  return {
    app,
    url: await app.getUrl(),
    publicUrl: env.publicUrl,
    clock,
    database: new Database(app.get(DataSource), SYSTEM_SCOPE),
    urls,
    stop: async () => {
      await app.close();
      await testDatabase?.drop();
      LOG.assertNothingConfidential();
    },
  };
}
