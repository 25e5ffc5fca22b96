import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Secrets } from './cluster';

/**
 * "Somebody of ours uses this server": a session that holds a shared advisory lock. PostgreSQL frees it with the
 * session, so a killed process is never counted. Whoever leaves tries the exclusive lock: getting it means to be the
 * last one, and while it is held nobody new can get in before the server stops.
 */
const PRESENCE_LOCK = '4040404001';

const CONNECT_TIMEOUT_MS = 3_000;

/** On a busy machine PostgreSQL takes a moment to notice that a killed process's session has ended. */
const LEAVE_TRIES = 6;
const LEAVE_PAUSE_MS = 100;

export interface Presence {
  /** Called once when the session ends without {@link Presence.leave}. */
  onLost(listener: () => void): void;
  /** Gives the presence up; true when nobody else is there, in which case newcomers wait until the server has stopped. */
  leaveAsLast(): Promise<boolean>;
  /** Ends the session. */
  close(): Promise<void>;
}

/**
 * Opens a presence on the server at `port` after making sure that it serves `dataFolder` and knows our passwords.
 * Null when nobody or a stranger answers there, or when the server is just being stopped.
 */
export async function announcePresence(port: number, dataFolder: string, secrets: Secrets): Promise<Presence | null> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: secrets.postgres,
    database: 'postgres',
    application_name: 'cho40 presence',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  const loss = watchLoss(client);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>("SELECT current_setting('data_directory') AS folder");
    if (rows[0]?.folder !== dataFolder) throw new Error('a server of another folder');
    await client.query(`SELECT pg_advisory_lock_shared(${PRESENCE_LOCK})`);
  } catch {
    loss.ignore();
    void client.end().catch(() => undefined);
    return null;
  }
  return {
    onLost: loss.listen,
    leaveAsLast: () => leaveAsLast(client, loss.ignore),
    close: async () => {
      loss.ignore();
      await client.end().catch(() => undefined);
    },
  };
}

async function leaveAsLast(client: Client, ignoreLoss: () => void): Promise<boolean> {
  ignoreLoss();
  try {
    await client.query(`SELECT pg_advisory_unlock_shared(${PRESENCE_LOCK})`);
    for (let tries = 0; tries < LEAVE_TRIES; tries += 1) {
      const { rows } = await client.query<{ last: boolean }>(`SELECT pg_try_advisory_lock(${PRESENCE_LOCK}) AS last`);
      if (rows[0]?.last === true) return true;
      await sleep(LEAVE_PAUSE_MS);
    }
    return false;
  } catch {
    return false; // the server is gone already
  }
}

interface Watch {
  readonly listen: (listener: () => void) => void;
  readonly ignore: () => void;
}

function watchLoss(client: Client): Watch {
  let ignored = false;
  let lost = false;
  let listener: (() => void) | undefined;
  const onEnd = (): void => {
    if (ignored || lost) return;
    lost = true;
    listener?.();
  };
  client.on('error', onEnd);
  client.on('end', onEnd);
  return {
    listen: (added) => {
      listener = added;
      if (lost) added();
    },
    ignore: () => {
      ignored = true;
    },
  };
}
