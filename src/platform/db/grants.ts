import { escapeIdentifier } from 'pg';
import type { QueryRunner } from 'typeorm';

/** Tables that only migrations write. */
const READ_ONLY_TABLES = ['migrations'];

/**
 * Lets the application's role use what the owner creates from now on: rows, never shapes. Done once, as the owner and
 * without superuser; later REVOKEs of single migrations (append-only tables) therefore stay.
 * What exists already is granted in the same moment, for a server whose roles were separated late.
 */
export async function grantApplication(runner: QueryRunner, appRole: string): Promise<void> {
  const [state] = (await runner.query(
    `SELECT current_user = $1 AS same, EXISTS (
       SELECT FROM pg_default_acl acl, aclexplode(acl.defaclacl) entry
       WHERE pg_get_userbyid(acl.defaclrole) = current_user AND pg_get_userbyid(entry.grantee) = $1) AS done`,
    [appRole],
  )) as { same: boolean; done: boolean }[];
  if (!state || state.same || state.done) return;
  await runner.query(statements(escapeIdentifier(appRole), await ownSchemas(runner)).join(';\n'));
}

/** Takes the migration table back, which exists only after the first migration. */
export async function protectMigrations(runner: QueryRunner, appRole: string): Promise<void> {
  const [state] = (await runner.query(`SELECT current_user = $1 AS same`, [appRole])) as { same: boolean }[];
  if (!state || state.same) return;
  const role = escapeIdentifier(appRole);
  for (const table of READ_ONLY_TABLES) await runner.query(`REVOKE INSERT, UPDATE, DELETE ON ${table} FROM ${role}`);
}

function statements(role: string, schemas: string[]): string[] {
  const rows = 'SELECT, INSERT, UPDATE, DELETE';
  return [
    `ALTER DEFAULT PRIVILEGES GRANT ${rows} ON TABLES TO ${role}`,
    `ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO ${role}`,
    `ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO ${role}`,
    ...schemas.flatMap((schema) => [
      `GRANT USAGE ON SCHEMA ${schema} TO ${role}`,
      `GRANT ${rows} ON ALL TABLES IN SCHEMA ${schema} TO ${role}`,
      `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role}`,
    ]),
  ];
}

/** `public`, and what the owner made beside it. */
async function ownSchemas(runner: QueryRunner): Promise<string[]> {
  const rows = (await runner.query(
    `SELECT nspname AS name FROM pg_namespace WHERE nspname = 'public' OR pg_get_userbyid(nspowner) = current_user`,
  )) as { name: string }[];
  return rows.map(({ name }) => escapeIdentifier(name));
}
