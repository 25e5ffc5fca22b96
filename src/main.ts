import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { Env } from './platform/config/env';
import { serveApiDocs } from './platform/http/api-docs';
import { serveConsole } from './platform/http/console';
import { createHttpApp } from './platform/http/http-app';
import { endOnSignals, explainAndExit } from './platform/process';
import { StartupError } from './platform/startup-error';

/** `node main.js` serves and works; `node main.js --api-only` leaves the jobs to worker processes. */
async function main(): Promise<void> {
  const env = Env.read();
  const workers = !process.argv.includes('--api-only');
  const app = await createHttpApp(AppModule.with({ env, applicationName: 'cho40-api', workers }), env);
  serveApiDocs(app);
  await serveConsole(app, join(__dirname, '..', 'web'));
  endOnSignals(app);
  await app.init();
  await listen(app, env);
}

async function listen(app: NestFastifyApplication, env: Env): Promise<void> {
  try {
    await app.listen(env.port, env.host);
  } catch (error) {
    await app.close();
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new StartupError(
      code === 'EADDRINUSE' ? 'port_taken' : 'cannot_listen',
      {
        vi: `Không mở được cổng ${env.port} trên ${env.host} (${code}). Hãy dừng chương trình đang dùng cổng hoặc đặt PORT khác.`,
        en: `Cannot listen on port ${env.port} of ${env.host} (${code}). Stop what uses the port or set another PORT.`,
      },
      error,
    );
  }
}

main().catch(explainAndExit);
