import { type INestApplicationContext, Logger } from '@nestjs/common';
import { StartupError } from './startup-error';

const CLOSE_LIMIT_MS = 25_000;

/**
 * Starts, and closes in order at SIGTERM or SIGINT, also when the signal comes before the start is over; a second signal,
 * or 25 s without an end, ends at once (robustness R6).
 */
export function runUntilSignal<App extends INestApplicationContext>(start: () => Promise<App>): Promise<App> {
  const log = new Logger('shutdown');
  let closing = false;
  const end = (signal: NodeJS.Signals): void => {
    if (closing) process.exit(1);
    closing = true;
    log.log(`${signal}: finishing what is running`);
    setTimeout(() => process.exit(1), CLOSE_LIMIT_MS).unref();
    starting
      .then((app) => app.close())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  const starting = start();
  return starting;
}

/** A start that cannot proceed says so in one line; anything else is a defect and shows its stack. */
export function explainAndExit(error: unknown): never {
  process.stderr.write(error instanceof StartupError ? `${error.line}\n` : `${describe(error)}\n`);
  process.exit(1);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
