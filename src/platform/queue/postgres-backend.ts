import {
  assertSchemaCompatibility,
  type BackendFactory,
  createPostgresBackend,
  type IQueueBackend,
  SchemaMigrationRequiredError,
} from 'bullmq';
import { Pool } from 'pg';
import { QUEUE_SCHEMA } from './queue-schema';
import { type QueueBackend, QueueNotReady } from './queue-backend';

/** One connection listens for NOTIFY, the others are held for milliseconds. */
const LISTENING = 1;
const ASKING = 2;

/** BullMQ on PostgreSQL, over one small pool of its own: a burst of rings must not take the requests' connections. */
export class PostgresBackend implements QueueBackend {
  readonly unreachable = 'queue_database_unreachable';
  /** A pool only knows by asking, and a refused connection answers at once. */
  readonly isDown = false;
  readonly factory: BackendFactory<IQueueBackend>;
  private readonly pool: Pool;

  constructor(databaseUrl: string, concurrency: number) {
    const pool = new Pool({
      connectionString: databaseUrl,
      options: `-c search_path=${QUEUE_SCHEMA}`,
      application_name: 'cho40-queue',
      max: concurrency === 0 ? ASKING : LISTENING + ASKING + Math.ceil(concurrency / 4),
      connectionTimeoutMillis: 5_000,
      // The server's own limit does not help when the server is frozen; the client's does.
      statement_timeout: 9_000,
      query_timeout: 10_000,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 10_000,
      // Lets BullMQ notice that the connection it listens on is dead.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    // Connections die with the server, idle or lent; each of the two without a listener would end the process.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    this.pool = pool;
    this.factory = (name, options, kind) => createPostgresBackend(name, { ...options, connection: pool }, kind);
  }

  async reach(): Promise<void> {
    try {
      await assertSchemaCompatibility(this.pool, QUEUE_SCHEMA);
    } catch (error) {
      if (error instanceof SchemaMigrationRequiredError) throw new QueueNotReady('queue_schema_missing', error);
      throw error;
    }
  }

  async unfit(): Promise<undefined> {}

  close(): Promise<void> {
    return this.pool.end();
  }
}
