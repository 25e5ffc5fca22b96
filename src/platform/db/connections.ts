import { type EmbeddedPostgres, type StartLog, startEmbeddedPostgres } from './embedded-postgres';
import { checkServer } from './server-check';

export interface ConnectionOptions {
  /** The operator's server; without it the embedded one of {@link dataDir} is used. */
  readonly databaseUrl?: string;
  /** The owner of the schema there; default the same role for both. */
  readonly databaseMigrationUrl?: string;
  readonly dataDir: string;
  readonly log: StartLog;
}

/** A server that is being started together with us gets this long; then we say that it is not there. */
const SERVER_PATIENCE_MS = 10_000;

/** Which PostgreSQL this process uses, and as whom. Injectable: the queue connects by the same address. */
export class DatabaseConnections {
  constructor(
    /** Owner: changes shapes. */
    readonly migrationUrl: string,
    /** Application: changes rows. */
    readonly appUrl: string,
    private readonly embedded?: EmbeddedPostgres,
  ) {}

  /** Leaves the embedded server, which stops with its last user; nothing for an operator's server. */
  async close(): Promise<void> {
    await this.embedded?.stop();
  }
}

/** @throws StartupError when the server cannot be reached, refuses us or is too old. */
export async function openConnections(options: ConnectionOptions): Promise<DatabaseConnections> {
  if (options.databaseUrl === undefined) {
    const embedded = await startEmbeddedPostgres({ dataDir: options.dataDir, log: options.log });
    return new DatabaseConnections(embedded.ownerUrl, embedded.appUrl, embedded);
  }
  const migrationUrl = options.databaseMigrationUrl ?? options.databaseUrl;
  for (const url of new Set([options.databaseUrl, migrationUrl])) {
    await checkServer(url, SERVER_PATIENCE_MS, url === options.databaseUrl);
  }
  return new DatabaseConnections(migrationUrl, options.databaseUrl);
}
