import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';
import { INTERACTIVE_LIMIT_MS } from './database';
import { columnTypes } from './type-parsers';

/** A class of entity or migration, listed by name: nothing is found by a file pattern. */
export type EntityClass = new () => object;
export type MigrationClass = new () => MigrationInterface;

export interface DataSourceSetup {
  readonly url: string;
  readonly poolSize: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  readonly entities?: readonly EntityClass[];
  readonly migrations?: readonly MigrationClass[];
}

/** Waiting for a free or new connection, ms; leaves a request the time to answer 503 within 5 s (robustness R5). */
const CONNECT_LIMIT_MS = 3_000;
const LOCK_LIMIT_MS = 3_000;
const IDLE_IN_TRANSACTION_LIMIT_MS = 15_000;
const IDLE_CONNECTION_LIMIT_MS = 30_000;

/** The pool of a process. Not connected yet; `synchronize` is off everywhere, tests included. */
export function createDataSource(setup: DataSourceSetup): DataSource {
  return new DataSource({
    ...base(setup),
    poolSize: setup.poolSize,
    extra: {
      types: columnTypes,
      // Policies make plans look dear; compiling one (200 ms) costs more than any of our statements gains by it.
      options: '-c TimeZone=UTC -c jit=off',
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      idleTimeoutMillis: IDLE_CONNECTION_LIMIT_MS,
      statement_timeout: INTERACTIVE_LIMIT_MS,
      lock_timeout: LOCK_LIMIT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_LIMIT_MS,
      keepAlive: true, // a connection that a firewall forgot is found before a request finds it
      keepAliveInitialDelayMillis: 10_000,
    },
  });
}

/** One connection without a statement limit, on which migrations run under the lock that it holds. */
export function createMigrationSource(setup: Omit<DataSourceSetup, 'poolSize'>): DataSource {
  return new DataSource({
    ...base(setup),
    poolSize: 1,
    extra: {
      types: columnTypes,
      options: '-c TimeZone=UTC',
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      idleTimeoutMillis: 0,
      keepAlive: true,
    },
  });
}

function base({ url, applicationName, entities = [], migrations = [] }: Omit<DataSourceSetup, 'poolSize'>) {
  return {
    type: 'postgres',
    url,
    applicationName,
    entities: [...entities],
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    logging: false,
    poolErrorHandler: () => undefined, // an idle connection that died is replaced; whoever needs one hears of it
  } satisfies DataSourceOptions;
}
