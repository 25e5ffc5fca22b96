import type { Writable } from 'node:stream';
import type { LoggerService } from '@nestjs/common';
import { destination, type Logger as Pino, pino } from 'pino';
import { errorFacts, withoutIdentifiers } from './error-facts';

const SECRETS = [
  'password',
  'secret',
  'token',
  'csrfToken',
  'cookie',
  'authorization',
  'signature',
  'personalId',
  'taxCode',
  'phone',
  'accountNumber',
  // Whole: cookies, signatures and tokens travel in them under many names.
  'headers',
];

/** What must never stand in a log, wherever it hides in a logged object. */
const REDACTED = SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** Nest tells every module and route it maps; that is for who debugs the wiring. */
const CHATTY = new Set<unknown>([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
]);

/** Why the application does not start is thrown as well as logged; process.ts says it, in one line where it can. */
const TOLD_BY_WHO_STARTED = new Set<unknown>(['ExceptionHandler', 'NestApplication']);

/** Nest's logger as structured lines on standard output; Fastify writes through the same pino. */
export class JsonLogger implements LoggerService {
  readonly pino: Pino;

  /** `stream`: where lines go; 1 is standard output, 2 standard error. */
  constructor(level: string, stream: 1 | 2 | Writable = 1) {
    const options = {
      level,
      base: undefined,
      redact: { paths: REDACTED, censor: '[redacted]' },
      serializers: { err: (error: unknown) => errorFacts(error) },
    };
    this.pino = pino(options, typeof stream === 'number' ? destination(stream) : stream);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write(CHATTY.has(rest.at(-1)) ? 'debug' : 'info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    if (TOLD_BY_WHO_STARTED.has(rest.at(-1))) return;
    this.write('error', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes the context last and, for errors, the stack before it. */
  private write(
    level: 'info' | 'warn' | 'error' | 'debug' | 'trace' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = rest.length > 0 ? rest.at(-1) : undefined;
    const details = {
      context,
      ...(message instanceof Error ? { err: message } : {}),
      ...(rest.length > 1 && !(message instanceof Error) && { stack: stackOf(rest[0]) }),
    };
    if (message instanceof Error) this.pino[level](details, errorFacts(message).message);
    else if (typeof message === 'object') this.pino[level]({ ...details, ...message }, 'event');
    else this.pino[level](details, '%s', message);
  }
}

/** Nest hands over the stack of an error as text, its sentence included. */
function stackOf(stack: unknown): unknown {
  return typeof stack === 'string' ? withoutIdentifiers(stack) : stack;
}
