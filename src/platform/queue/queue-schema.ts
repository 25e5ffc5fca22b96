import {
  assertSchemaCompatibility,
  LATEST_SCHEMA_VERSION,
  MIGRATION_ADVISORY_LOCK_KEY,
  runMigrations,
  SchemaMigrationRequiredError,
} from 'bullmq';
import { Client, escapeIdentifier } from 'pg';

/** Where BullMQ keeps its tables; its own name for it, apart from ours. */
export const QUEUE_SCHEMA = 'bullmq';
/** The one queue of the system; on a shared Redis its name keeps it apart from others'. */
export const QUEUE_NAME = 'cho40-jobs';

/** BullMQ's own, until the end of the transaction: two grants at once fail. */
const LOCK = `SELECT pg_advisory_xact_lock(${MIGRATION_ADVISORY_LOCK_KEY}, hashtext('${QUEUE_SCHEMA}'))`;

/**
 * Creates or upgrades BullMQ's tables as the owner and lets the application role use them. Safe to repeat; BullMQ takes
 * a lock of its own and does everything in one transaction. Runs with our migrations, never when a process starts:
 * the application role may not create anything.
 */
export async function migrateQueueSchema(ownerUrl: string, appRole: string): Promise<void> {
  const client = new Client({
    connectionString: ownerUrl,
    application_name: 'cho40-migrate-queue',
    connectionTimeoutMillis: 5_000,
  });
  await client.connect();
  try {
    // BullMQ's own step locks its ledger table even when it finds nothing to do.
    if ((await schemaVersion(client)) < LATEST_SCHEMA_VERSION) await runMigrations(client, QUEUE_SCHEMA);
    await client.query(`${LOCK}; ${idSequence()}; ${client.user === appRole ? '' : grants(escapeIdentifier(appRole))}`);
  } finally {
    await client.end();
  }
}

/** 0 before the first migration. */
async function schemaVersion(client: Client): Promise<number> {
  try {
    return await assertSchemaCompatibility(client, QUEUE_SCHEMA);
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return 0;
    throw error;
  }
}

/** BullMQ would create it at the first job, as the application role, which may not. */
function idSequence(): string {
  return `DO $$ BEGIN
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS ${QUEUE_SCHEMA}.%I', ${QUEUE_SCHEMA}.job_id_seq_name('${QUEUE_NAME}'));
  END $$`;
}

function grants(role: string): string {
  return `
    GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO ${role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO ${role};
    GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO ${role};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO ${role};
    REVOKE INSERT, UPDATE, DELETE ON ${QUEUE_SCHEMA}.migration FROM ${role};`;
}
