import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { DomainError } from '../../kernel/errors';

/** PostgreSQL is away, frozen, full or too busy: nothing is wrong with the request, and it may be sent again. */
export class DatabaseUnavailable extends DomainError {
  constructor(cause: unknown) {
    super(
      'unavailable',
      'database_unavailable',
      {
        vi: 'Cơ sở dữ liệu tạm thời không phục vụ được. Xin thử lại sau ít giây.',
        en: 'The database cannot serve at the moment. Try again in a few seconds.',
      },
      [],
      RETRY_AFTER_SECONDS,
    );
    this.cause = cause;
  }
}

const RETRY_AFTER_SECONDS = 5;

/** Another transaction stood in the way; the same work succeeds when run again. */
const REPEATABLE = new Set(['40001', '40P01']);

/** The session is gone or was refused before any work: crash, restart, `pg_terminate_backend`, connection limit. */
const CONNECTION_LOST = new Set(['57P01', '57P02', '57P03', '57P05', '25P03', '25P04', '53300']);

/** The server answers but cannot do it now: cancelled by a timeout, lock wait, disk, memory. */
const OVERLOADED = new Set(['57014', '55P03', '53000', '53100', '53200', '58030']);

const SOCKET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
]);

/** What `pg` says without a code (client.js, pg-pool/index.js). */
const CLIENT_SENTENCES = [
  'Connection terminated',
  'timeout expired',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'Query read timeout',
  'Cannot use a pool after calling end',
];

/** All connections of the pool were busy for so long; asking again at once would only make the queue longer. */
const POOL_EXHAUSTED = 'timeout exceeded when trying to connect';

interface PostgresFields {
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly message?: unknown;
}

/** The driver's own error beneath TypeORM's wrapping. */
function driverError(error: unknown): PostgresFields {
  const inner: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return typeof inner === 'object' && inner !== null ? inner : {};
}

/** The five-character SQLSTATE or the socket's code; null when there is none. */
export function errorCode(error: unknown): string | null {
  const { code } = driverError(error);
  return typeof code === 'string' ? code : null;
}

/** The constraint that refused a row (unique, foreign key, exclusion, check, not null by name), else null. */
export function violatedConstraint(error: unknown): string | null {
  const { code, constraint } = driverError(error);
  const isViolation = typeof code === 'string' && code.startsWith('23');
  return isViolation && typeof constraint === 'string' ? constraint : null;
}

export function isRepeatable(error: unknown): boolean {
  return REPEATABLE.has(errorCode(error) ?? '');
}

export function isConnectionLost(error: unknown): boolean {
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  const code = errorCode(error) ?? '';
  if (code.startsWith('08') || CONNECTION_LOST.has(code) || SOCKET.has(code)) return true;
  const message = driverError(error).message;
  return typeof message === 'string' && CLIENT_SENTENCES.some((sentence) => message.includes(sentence));
}

/** Turns what only time can heal into {@link DatabaseUnavailable}; leaves every other error as it is. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const overloaded = OVERLOADED.has(errorCode(error) ?? '') || driverError(error).message === POOL_EXHAUSTED;
  const temporary = overloaded || isConnectionLost(error) || isRepeatable(error);
  return temporary ? new DatabaseUnavailable(error) : error;
}
