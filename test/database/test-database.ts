import { randomBytes } from 'node:crypto';
import { escapeIdentifier } from 'pg';
import type { DataSource } from 'typeorm';
import { SYSTEM_SCOPE } from '../../src/kernel/scope';
import { createDataSource, type EntityClass } from '../../src/platform/db/data-source';
import { Database } from '../../src/platform/db/database';
import { roleOf, TEST_PREFIX, type TestServer, withAdmin, withDatabase } from './test-server';

export interface TestDatabaseOptions {
  readonly entities?: readonly EntityClass[];
  /** False: an empty database, for tests of migrations. */
  readonly migrated?: boolean;
  readonly poolSize?: number;
}

/** A database of one test file's own, cloned from the migrated template in some 50 ms. */
export interface TestDatabase {
  readonly name: string;
  /** As DATABASE_URL. */
  readonly appUrl: string;
  /** As DATABASE_MIGRATION_URL. */
  readonly ownerUrl: string;
  /** May look at and end other sessions. */
  readonly adminUrl: string;
  /** Connected as the application; with the reach of the system wherever no actor says otherwise. */
  readonly source: DataSource;
  readonly database: Database;
  /** Closes the pool and drops the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** Call in `beforeAll`, and `drop()` in `afterAll`. Safe in any number of jest workers. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = testServer();
  // Random, not counted: jest gives every file its own copy of this module, and a file may fail to drop its database.
  const name = `${TEST_PREFIX}${server.run}_${randomBytes(6).toString('hex')}`;
  await withAdmin(server.adminUrl, (admin) => admin.query(createStatement(name, server, options.migrated ?? true)));
  const appUrl = withDatabase(server.appUrl, name);
  const { entities, poolSize = 5 } = options;
  const source = createDataSource({ url: appUrl, poolSize, applicationName: 'cho40-test', entities });
  await source.initialize();
  return {
    name,
    appUrl,
    ownerUrl: withDatabase(server.ownerUrl, name),
    adminUrl: withDatabase(server.adminUrl, name),
    source,
    database: new Database(source, SYSTEM_SCOPE),
    drop: () => drop(server, name, source),
  };
}

function createStatement(name: string, server: TestServer, migrated: boolean): string {
  const owner = `OWNER ${escapeIdentifier(roleOf(server.ownerUrl))}`;
  return `CREATE DATABASE ${name} ${owner}${migrated ? ` TEMPLATE ${server.template}` : ''}`;
}

async function drop(server: TestServer, name: string, source: DataSource): Promise<void> {
  if (source.isInitialized) await source.destroy();
  await withAdmin(server.adminUrl, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
}

function testServer(): TestServer {
  const text = process.env.TEST_SERVER;
  if (!text) throw new Error('test/database/global-setup.ts did not run: name it in this project of jest.config.js');
  return JSON.parse(text) as TestServer;
}
