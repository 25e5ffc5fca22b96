import {
  type DynamicModule,
  type FactoryProvider,
  Inject,
  Logger,
  Module,
  type ModuleMetadata,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseConnections, openConnections } from './connections';
import { createDataSource, type EntityClass, type MigrationClass } from './data-source';
import { Database } from './database';
import type { StartLog } from './embedded-postgres';
import { migrate, type MigrationPlan } from './migrate';

export interface DbOptions {
  readonly databaseUrl?: string;
  readonly databaseMigrationUrl?: string;
  readonly dataDir: string;
  readonly databasePoolSize: number;
  /** Shown in pg_stat_activity, such as `cho40-api`. */
  readonly applicationName: string;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
  /** Schemas of libraries, made under the same lock after our own migrations. */
  readonly afterMigrations?: MigrationPlan['afterwards'];
}

export interface DbModuleSetup extends Pick<ModuleMetadata, 'imports'>, Pick<FactoryProvider, 'inject'> {
  readonly useFactory: FactoryProvider<DbOptions>['useFactory'];
}

const DB_OPTIONS = Symbol('DB_OPTIONS');

/**
 * PostgreSQL for every module: {@link Database} for work, DataSource for TypeORM's own tools, DatabaseConnections for
 * the queue. All three exist only once the server answers and the schema is migrated, so nothing starts before.
 */
@Module({})
export class DbModule implements OnApplicationShutdown {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(DatabaseConnections) private readonly connections: DatabaseConnections,
  ) {}

  static forRootAsync({ imports, inject, useFactory }: DbModuleSetup): DynamicModule {
    return {
      global: true,
      module: DbModule,
      imports,
      providers: [
        { provide: DB_OPTIONS, inject, useFactory },
        { provide: DatabaseConnections, inject: [DB_OPTIONS], useFactory: openMigrated },
        { provide: DataSource, inject: [DB_OPTIONS, DatabaseConnections], useFactory: openPool },
        { provide: Database, inject: [DataSource], useFactory: (source: DataSource) => new Database(source) },
      ],
      exports: [Database, DataSource, DatabaseConnections],
    };
  }

  /** After the HTTP server has answered its last request; the embedded server goes after its last client. */
  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
    await this.connections.close();
  }
}

async function openMigrated(options: DbOptions): Promise<DatabaseConnections> {
  const log = startLog();
  const connections = await openConnections({ ...options, log });
  try {
    const { migrationUrl, appUrl } = connections;
    await migrate({ migrationUrl, appUrl, migrations: options.migrations, afterwards: options.afterMigrations, log });
    return connections;
  } catch (error) {
    await connections.close();
    throw error;
  }
}

async function openPool(options: DbOptions, { appUrl }: DatabaseConnections): Promise<DataSource> {
  const { databasePoolSize: poolSize, applicationName, entities } = options;
  const source = createDataSource({ url: appUrl, poolSize, applicationName, entities });
  return source.initialize();
}

function startLog(): StartLog {
  const logger = new Logger('Database');
  return { info: (line) => logger.log(line), warn: (line) => logger.warn(line) };
}
