import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { DatabaseUnavailable, isConnectionLost } from './db.errors';
import { bindClient, type Tx } from './sql';

/** One try at one transaction. */
export interface Attempt {
  /** The statement that opens the transaction, with its modes and local settings. */
  readonly begin: string;
  /** Nothing to commit: the answer is there before the transaction has ended. */
  readonly readOnly: boolean;
  /** After so many ms the connection is cut, which frees everybody who waits on a frozen server. */
  readonly limitMs: number;
  /** The caller expects to wait: the server itself must notice when we are gone. */
  readonly long: boolean;
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
  const client = await connectInTime(runner, attempt.limitMs);
  bindClient(runner, client);
  const disarm = cutOffWhenDue(client, attempt);
  const finish = async (): Promise<void> => {
    disarm();
    await runner.release();
  };
  try {
    if (attempt.long) await noticeOurEnd(client);
    await begin(runner, client, attempt.begin);
    const result = await work(runner.manager);
    if (attempt.readOnly) {
      void rollBack(client).then(finish); // nothing hangs on the end of a snapshot: the answer need not wait for it
      return result;
    }
    attempt.commitSent = true;
    await commit(client);
    await finish();
    return result;
  } catch (error) {
    await rollBack(client);
    await finish();
    throw error;
  }
}

/** A connection that comes too late goes straight back to the pool. */
function connectInTime(runner: QueryRunner, limitMs: number): Promise<PoolClient> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new DatabaseUnavailable(new Error('no connection within the time limit')));
    }, limitMs);
    (runner.connect() as Promise<PoolClient>).then(
      (client) => {
        clearTimeout(timer);
        if (late) void runner.release();
        else resolve(client);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/** Modes and settings ride on BEGIN in one round trip; TypeORM is told, so that `save` opens no second transaction. */
async function begin(runner: QueryRunner, client: PoolClient, text: string): Promise<void> {
  await client.query(text);
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
}

const noticing = new WeakSet<PoolClient>();

/** Lets PostgreSQL cancel a long statement soon after its connection was cut. Once per connection; not on Windows. */
async function noticeOurEnd(client: PoolClient): Promise<void> {
  if (noticing.has(client)) return;
  noticing.add(client);
  await client.query("SET client_connection_check_interval = '2s'").catch((error: unknown) => {
    if (isConnectionLost(error)) throw error;
  });
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
