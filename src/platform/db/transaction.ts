import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { bindClient, type Tx } from './sql';

/** One try at one transaction. */
export interface Attempt {
  /** The statement that opens the transaction, with its modes and local settings. */
  readonly begin: string;
  /** After so many ms the connection is cut, which frees everybody who waits on a frozen server. */
  readonly limitMs: number;
  /** Cuts the connection when the caller has gone. */
  readonly signal?: AbortSignal | undefined;
  /** Set before COMMIT leaves: from here on a lost connection means "perhaps committed". */
  commitSent?: boolean;
}

/**
 * Runs `work` between BEGIN and COMMIT on one pooled connection and returns that connection in a clean state.
 * @throws whatever `work` or the driver threw; never swallows a COMMIT that the server turned into a ROLLBACK.
 */
export async function runAttempt<T>(source: DataSource, attempt: Attempt, work: (tx: Tx) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  bindClient(runner, client);
  const release = cutOffWhenDue(client, attempt);
  try {
    await begin(runner, client, attempt.begin);
    const result = await work(runner.manager);
    attempt.commitSent = true;
    await commit(client);
    return result;
  } catch (error) {
    await rollBack(client);
    throw error;
  } finally {
    release();
    await runner.release();
  }
}

/** Modes and settings ride on BEGIN in one round trip; TypeORM is told, so that `save` opens no second transaction. */
async function begin(runner: QueryRunner, client: PoolClient, text: string): Promise<void> {
  await client.query(text);
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
}

/** PostgreSQL answers COMMIT of a failed transaction with a quiet ROLLBACK, for instance after a swallowed error. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT') throw new Error('the transaction had failed before COMMIT and was rolled back');
}

/** A connection that cannot even roll back is closed, so that the pool never hands it out again. */
async function rollBack(client: PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
  } catch {
    void client.end();
  }
}

/** `end()` while a statement runs destroys the socket, so nobody waits for ever for a frozen server. */
function cutOffWhenDue(client: PoolClient, attempt: Attempt): () => void {
  const cut = (): void => void client.end();
  const timer = setTimeout(cut, attempt.limitMs);
  attempt.signal?.addEventListener('abort', cut, { once: true });
  return () => {
    clearTimeout(timer);
    attempt.signal?.removeEventListener('abort', cut);
  };
}
