import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import { ALL_MIGRATIONS } from '../../migrations/all-migrations';
import { startEmbeddedPostgres } from '../../src/platform/db/embedded-postgres';
import { migrate } from '../../src/platform/db/migrate';
import { migrateQueueSchema } from '../../src/platform/queue/queue-schema';
import { sealClearFields } from '../../src/platform/secrets/clear-fields';
import { quiet } from './quiet-log';
import { plantIndexRoot, TEST_SEALING } from './test-secrets';

const PROJECT = join(__dirname, '..', '..');
const TEMPLATE_PREFIX = 'cho40_template_';
export const TEST_PREFIX = 'cho40_test_';
/** Templates of former schemas that are kept, for branches that are tested in turn. */
const TEMPLATES_KEPT = 8;
const TEMPLATE_LOCK = '4040404003';

/** What a test file needs to know; travels to jest's workers in the environment. */
export interface TestServer {
  /** May create databases. */
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** A migrated database that nobody may connect to. */
  readonly template: string;
  /** Process id of the run, so that leftovers of dead runs can be told from living ones. */
  readonly run: number;
}

export interface OpenTestServer extends TestServer {
  readonly stop: () => Promise<void>;
}

type Urls = Omit<OpenTestServer, 'template' | 'run'>;

/** Nothing of a test run has to survive a power cut. */
const FAST_AND_LOOSE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  autovacuum: 'off',
};

/**
 * One server for the whole run: TEST_DATABASE_URL (a role with CREATEDB and CREATEROLE) or the embedded one in `.tmp/test-postgres`,
 * whose data stays for the next run. The template is migrated once per text of the migrations.
 */
export async function openTestServer(): Promise<OpenTestServer> {
  const own = process.env.TEST_DATABASE_URL;
  const urls = own ? await useOwnServer(own) : await useEmbeddedServer();
  const template = await withAdmin(urls.adminUrl, async (admin) => {
    await admin.query(`SELECT pg_advisory_lock(${TEMPLATE_LOCK})`);
    await sweepLeftovers(admin);
    return ensureTemplate(admin, urls);
  });
  return { ...urls, template, run: process.pid };
}

export function withDatabase(url: string, database: string): string {
  const copy = new URL(url);
  copy.pathname = `/${database}`;
  return copy.href;
}

export function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

export async function withAdmin<T>(url: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

async function useEmbeddedServer(): Promise<Urls> {
  const dataDir = join(PROJECT, '.tmp', 'test-postgres');
  const server = await startEmbeddedPostgres({ dataDir, log: quiet, settings: FAST_AND_LOOSE });
  const { adminUrl, ownerUrl, appUrl } = server;
  return { adminUrl, ownerUrl, appUrl, stop: () => server.stop() };
}

/** The application gets a role of its own, as in production. */
async function useOwnServer(url: string): Promise<Urls> {
  const appUrl = await withAdmin(url, async (admin) => {
    const app = new URL(url);
    app.username = 'cho40_test_app';
    app.password = 'cho40_test_app';
    const exists = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [app.username]);
    if (!exists.rowCount) await admin.query(`CREATE ROLE ${app.username} LOGIN PASSWORD '${app.password}'`);
    return app.href;
  });
  return { adminUrl: url, ownerUrl: url, appUrl, stop: async () => undefined };
}

async function ensureTemplate(admin: Client, urls: Urls): Promise<string> {
  const template = `${TEMPLATE_PREFIX}${schemaHash()}`;
  const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1 AND NOT datallowconn', [template]);
  if (rowCount) return template;
  await admin.query(`DROP DATABASE IF EXISTS ${template}`);
  await admin.query(`CREATE DATABASE ${template} OWNER ${escapeIdentifier(roleOf(urls.ownerUrl))}`);
  await migrate({
    migrationUrl: withDatabase(urls.ownerUrl, template),
    appUrl: withDatabase(urls.appUrl, template),
    migrations: ALL_MIGRATIONS,
    afterwards: [migrateQueueSchema, plantIndexRoot, sealClearFields(TEST_SEALING)],
    log: quiet,
  });
  await admin.query(`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`);
  return template;
}

/** Of everything that shapes the template. */
function schemaHash(): string {
  const folders = ['migrations', 'src/platform/db', 'src/platform/queue', 'src/platform/secrets', 'test/database'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(PROJECT, folder))
      .filter((name) =>
        /^(\d{4}-.*|all-migrations|migrate|grants|queue-schema|clear-fields|test-secrets)\.ts$/.test(name),
      )
      .map((name) => join(PROJECT, folder, name)),
  );
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** Databases of runs that were killed, and templates of long ago. */
async function sweepLeftovers(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ name: string; kind: string }>(
    `SELECT datname AS name, CASE WHEN starts_with(datname, '${TEST_PREFIX}') THEN 'test' ELSE 'template' END AS kind
     FROM pg_database WHERE starts_with(datname, '${TEST_PREFIX}') OR starts_with(datname, '${TEMPLATE_PREFIX}')
     ORDER BY oid DESC`,
  );
  const templates = rows.filter(({ kind }) => kind === 'template').slice(TEMPLATES_KEPT);
  const dead = rows.filter(({ name, kind }) => kind === 'test' && !isAlive(Number(name.split('_')[2])));
  for (const { name } of [...templates, ...dead]) {
    await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
