import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Optional } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NO_SCOPE, type Scope, SCOPE_SETTING, scopeText } from '../../kernel/scope';
import { currentScope } from '../actor';
import { asUnavailable, isConnectionLost, isRepeatable } from './db.errors';
import type { Tx } from './sql';
import { type Attempt, runAttempt } from './transaction';

export { execute, pgClient, sql, sqlOne, type SqlValue, type Tx } from './sql';
export { violatedConstraint } from './db.errors';

/** How long one transaction may take. */
export interface TransactionLimits {
  /**
   * Whole ms from the call to the answer, retries included. Default {@link INTERACTIVE_LIMIT_MS}; jobs give more.
   * Beyond it the connection is cut and the call fails with `database_unavailable`.
   */
  readonly limitMs?: number;
  /** Aborted when nobody waits for the answer any more: the statement is cancelled. */
  readonly signal?: AbortSignal;
}

/** A request must end within 5 s whatever the database does (robustness R5). */
export const INTERACTIVE_LIMIT_MS = 4_000;

const MAX_ATTEMPTS = 6;
const MAX_CONNECTIONS_LOST = 3;

/** The two kinds of transactions there are. */
const WRITE = 'START TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE';
/** Repeatable read: several statements of one answer see one state, so that its levels agree (robustness R2). */
const READ = 'START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY';

/**
 * The only door to PostgreSQL. Nothing else opens connections, so that what is set here holds for every statement: each
 * transaction carries the scope of its actor, which row-level security reads, and forgets it with its end.
 */
@Injectable()
export class Database {
  constructor(
    private readonly source: DataSource,
    /** The reach of transactions outside of `runAs`: nothing, except for factories of tests. */
    @Optional() private readonly scopeOfNobody: Scope = NO_SCOPE,
  ) {}

  /**
   * One transaction. `work` may run more than once (deadlock, serialization failure, connection lost before COMMIT):
   * it must do nothing but SQL, one statement after the other.
   * @throws DatabaseUnavailable when only time can help; whatever `work` throws otherwise.
   */
  write<T>(work: (tx: Tx) => Promise<T>, limits: TransactionLimits = {}): Promise<T> {
    return this.run(WRITE, work, limits);
  }

  /** One read-only transaction on one snapshot; same terms as {@link write}. A write in it fails with 25006. */
  read<T>(work: (tx: Tx) => Promise<T>, limits: TransactionLimits = {}): Promise<T> {
    return this.run(READ, work, limits);
  }

  /** One round trip, for readiness. @throws DatabaseUnavailable */
  async ping(limitMs: number): Promise<void> {
    await this.read(async () => undefined, { limitMs });
  }

  private async run<T>(begin: string, work: (tx: Tx) => Promise<T>, limits: TransactionLimits): Promise<T> {
    const deadline = performance.now() + (limits.limitMs ?? INTERACTIVE_LIMIT_MS);
    for (let tries = 1, lost = 0; ; tries += 1) {
      const attempt: Attempt = {
        begin: withSettings(begin, currentScope() ?? this.scopeOfNobody, limits.limitMs),
        readOnly: begin === READ,
        limitMs: deadline - performance.now(),
        long: limits.limitMs !== undefined || limits.signal !== undefined,
        signal: limits.signal,
      };
      try {
        return await runAttempt(this.source, attempt, work);
      } catch (error) {
        if (isConnectionLost(error)) lost += 1;
        const pauseMs = jitterMs(tries);
        const inTime = performance.now() + pauseMs < deadline && !limits.signal?.aborted;
        const again = tries < MAX_ATTEMPTS && lost < MAX_CONNECTIONS_LOST && mayRepeat(error, attempt);
        if (!again || !inTime) throw asUnavailable(error);
        await sleep(pauseMs);
      }
    }
  }
}

/** After COMMIT has left, a lost connection says nothing about the outcome: only the caller's own key can tell. */
function mayRepeat(error: unknown, attempt: Attempt): boolean {
  return isRepeatable(error) || (isConnectionLost(error) && !attempt.commitSent);
}

/**
 * Settings ride on BEGIN in the same round trip and end with the transaction. The session's own timeout serves the
 * interactive limit; another limit is told to the server too.
 */
function withSettings(begin: string, scope: Scope, limitMs: number | undefined): string {
  const scoped = `${begin}; SET LOCAL ${SCOPE_SETTING} = '${scopeText(scope)}'`;
  return limitMs === undefined ? scoped : `${scoped}; SET LOCAL statement_timeout = ${Math.ceil(limitMs)}`;
}

/** Full jitter, so that two that met once do not meet again: up to 20, 40, 80 … ms. */
function jitterMs(tries: number): number {
  return Math.random() * 10 * 2 ** tries;
}
