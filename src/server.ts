import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule, type ProcessSetup } from './app.module';
import { serveApiDocs } from './platform/http/api-docs';
import { serveConsole } from './platform/http/console';
import { createHttpApp } from './platform/http/http-app';
import { StartupError } from './platform/startup-error';
import { seedReferenceData } from './reference-data';

/**
 * The whole system behind one address: API, console, documentation. Listening when it returns.
 * @throws StartupError for what keeps it from starting, in one line
 */
export async function startServer(setup: ProcessSetup): Promise<NestFastifyApplication> {
  const { env } = setup;
  const app = await createHttpApp(AppModule.with(setup), env);
  serveApiDocs(app);
  await serveConsole(app, join(__dirname, '..', 'web'));
  try {
    await app.init();
    await seedReferenceData(app);
    await app.listen(env.port, env.host);
    return app;
  } catch (error) {
    await app.close();
    throw asStartupError(error, env);
  }
}

function asStartupError(error: unknown, { host, port }: { host: string; port: number }): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== 'listen' && syscall !== 'bind' && syscall !== 'getaddrinfo') return error;
  const text = {
    vi: `Không mở được cổng ${port} trên ${host} (${code}). Hãy dừng chương trình đang dùng cổng hoặc đặt PORT khác.`,
    en: `Cannot listen on port ${port} of ${host} (${code}). Stop what uses the port or set another PORT.`,
  };
  return new StartupError(code === 'EADDRINUSE' ? 'port_taken' : 'cannot_listen', text, error);
}
