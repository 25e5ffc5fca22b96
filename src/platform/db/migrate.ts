import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeLiteral } from 'pg';
import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { SCOPE_SETTING } from '../../kernel/scope';
import { StartupError } from '../startup-error';
import { createMigrationSource, type MigrationClass } from './data-source';
import { errorCode } from './db.errors';
import type { StartLog } from './embedded-postgres';
import { grantApplication, protectMigrations } from './grants';

export interface MigrationPlan {
  /** Connects as the owner of the schema. */
  readonly migrationUrl: string;
  /** Connects as the application; its role is granted what the owner creates. */
  readonly appUrl: string;
  readonly migrations: readonly MigrationClass[];
  /** Schemas of libraries (the queue's), made under the same lock after our own. */
  readonly afterwards?: readonly ((migrationUrl: string, appRole: string) => Promise<void>)[];
  readonly log: StartLog;
}

export interface MigrationOutcome {
  /** Names of the migrations that ran now, in order. */
  readonly applied: readonly string[];
  /** Names in the database that this program does not know: a newer version has been here. */
  readonly unknown: readonly string[];
}

/** One number for all processes of this system; advisory locks are per database. */
const MIGRATION_LOCK = '4040404002';
const LOCK_PATIENCE_MS = 120_000;
const LOCK_POLL_MS = 100;

/** DDL waits no longer for its lock than a request may wait behind it (robustness R7: 2 s), then tries again. */
const DDL_LOCK_TIMEOUT_MS = 1_000;
const DDL_ATTEMPTS = 30;

/**
 * Brings the schema up to this program's version; each migration in its own transaction. Any number of processes may
 * call it at once: one works, the others wait and find nothing to do. A newer schema is used as it is (N−1 runs on N).
 * @throws StartupError `migration_failed`, `migration_lock_timeout`.
 */
export async function migrate(plan: MigrationPlan): Promise<MigrationOutcome> {
  return asOwner(plan, async (runner, source) => {
    // A migration that changes rows must see them: row-level security holds for their owner too.
    await runner.query(`SET cho40.app_role = ${escapeLiteral(appRoleOf(plan))}; SET ${SCOPE_SETTING} = 'system'`);
    await grantApplication(runner, appRoleOf(plan));
    const applied = await runPending(source, runner);
    await protectMigrations(runner, appRoleOf(plan));
    for (const step of plan.afterwards ?? []) await step(plan.migrationUrl, appRoleOf(plan));
    const unknown = await unknownMigrations(source, runner);
    report(plan.log, applied, unknown);
    return { applied, unknown };
  });
}

/** Takes back the newest migration; for the test that every `down` undoes its `up`. Returns its name, null when none is left. */
export async function revertNewest(plan: MigrationPlan): Promise<string | null> {
  return asOwner(plan, async (runner, source) => {
    const executor = executorOf(source, runner);
    const [newest] = await executor.getExecutedMigrations();
    if (newest) await executor.undoLastMigration();
    return newest?.name ?? null;
  });
}

async function asOwner<T>(
  plan: MigrationPlan,
  work: (runner: QueryRunner, source: DataSource) => Promise<T>,
): Promise<T> {
  const { migrationUrl: url, migrations } = plan;
  const source = createMigrationSource({ url, migrations, applicationName: 'cho40-migrate' });
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await runner.connect();
    await takeLock(runner);
    await runner.query(`SET statement_timeout = 0; SET lock_timeout = ${DDL_LOCK_TIMEOUT_MS}`);
    return await work(runner, source);
  } finally {
    await runner.release();
    await source.destroy(); // ends the session, and with it the lock
  }
}

/** Asks again and again instead of waiting in the lock queue, where TypeORM's own runs killed each other. */
async function takeLock(runner: QueryRunner): Promise<void> {
  const deadline = performance.now() + LOCK_PATIENCE_MS;
  while (performance.now() < deadline) {
    const [row] = (await runner.query(`SELECT pg_try_advisory_lock(${MIGRATION_LOCK}) AS taken`)) as {
      taken: boolean;
    }[];
    if (row?.taken) return;
    await sleep(LOCK_POLL_MS);
  }
  throw new StartupError('migration_lock_timeout', {
    vi: 'Một tiến trình khác đang nâng cấp cơ sở dữ liệu quá lâu. Hãy xem tiến trình đó rồi khởi động lại.',
    en: 'Another process has been migrating the database for too long. Look at it, then start again.',
  });
}

async function runPending(source: DataSource, runner: QueryRunner): Promise<string[]> {
  const applied: string[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const executor = executorOf(source, runner);
    const before = new Set((await executor.getExecutedMigrations()).map(({ name }) => name));
    try {
      await executor.executePendingMigrations();
      return [...applied, ...(await newSince(executor, before))];
    } catch (error) {
      applied.push(...(await newSince(executor, before)));
      if (errorCode(error) !== '55P03' || attempt === DDL_ATTEMPTS) throw await migrationFailed(executor, error);
      await sleep(LOCK_POLL_MS + Math.random() * 400);
    }
  }
}

function executorOf(source: DataSource, runner: QueryRunner): MigrationExecutor {
  const executor = new MigrationExecutor(source, runner);
  executor.transaction = 'each';
  return executor;
}

/** Oldest first. */
async function newSince(executor: MigrationExecutor, before: ReadonlySet<string>): Promise<string[]> {
  const executed = await executor.getExecutedMigrations();
  return executed
    .map(({ name }) => name)
    .filter((name) => !before.has(name))
    .reverse();
}

async function migrationFailed(executor: MigrationExecutor, error: unknown): Promise<StartupError> {
  const [next] = await executor.getPendingMigrations();
  const reason = error instanceof Error ? error.message : String(error);
  return new StartupError(
    'migration_failed',
    {
      vi: `Nâng cấp cơ sở dữ liệu dừng ở ${next?.name ?? '?'}: ${reason}`,
      en: `Migrating the database stopped at ${next?.name ?? '?'}: ${reason}`,
    },
    error,
  );
}

async function unknownMigrations(source: DataSource, runner: QueryRunner): Promise<string[]> {
  const known = new Set(source.migrations.map((migration) => migration.name ?? migration.constructor.name));
  const executed = await executorOf(source, runner).getExecutedMigrations();
  return executed.map(({ name }) => name).filter((name) => !known.has(name));
}

function report(log: StartLog, applied: readonly string[], unknown: readonly string[]): void {
  if (applied.length > 0) log.info(`database migrated: ${applied.join(', ')}`);
  if (unknown.length > 0) log.warn(`the database is newer than this program: ${unknown.join(', ')}`);
}

function appRoleOf(plan: MigrationPlan): string {
  return new Client({ connectionString: plan.appUrl }).user ?? '';
}
