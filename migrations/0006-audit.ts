import type { MigrationInterface, QueryRunner } from 'typeorm';
import { VALUES } from './row-security';

/**
 * The trail that cannot be bent: who may write and read it, and the chain that its entries are sealed into
 * (docs/decisions/0016-audit-chain.md).
 */
export class Audit0006 implements MigrationInterface {
  readonly name = 'Audit1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION scope_province() RETURNS text LANGUAGE sql STABLE AS $$
        SELECT CASE scope_kind()
          WHEN 'province' THEN (scope_values())[1]
          WHEN 'communes' THEN (SELECT province_code FROM administrative_units
                                WHERE code = (scope_values())[1] ORDER BY valid_from DESC LIMIT 1)
          WHEN 'markets' THEN left((scope_values())[1], 2) END $$;
      COMMENT ON FUNCTION scope_province() IS 'The province of the person whom the transaction acts for; null for banks, vendors and jobs';

      ALTER TABLE audit_entries ADD COLUMN province_code text;
      ALTER TABLE audit_entries ALTER COLUMN province_code SET DEFAULT scope_province();
      COMMENT ON COLUMN audit_entries.province_code IS
        'Who may read it: the province of the person who acted; null belongs to the system''s own province';
      CREATE INDEX audit_entries_at ON audit_entries (at, id);
      CREATE INDEX audit_entries_actor ON audit_entries (actor_id, id);
      CREATE INDEX audit_entries_action ON audit_entries (action, id);

      CREATE TABLE audit_seals (
        position bigint PRIMARY KEY CHECK (position > 0),
        entry_id bigint NOT NULL,
        hash bytea NOT NULL CHECK (octet_length(hash) = 32),
        sealed_at timestamptz NOT NULL,
        CONSTRAINT audit_seals_entry UNIQUE (entry_id)
      );
      COMMENT ON TABLE audit_seals IS 'The chain: each entry''s place in it and the hash over the entry and the hash before';
      COMMENT ON COLUMN audit_seals.entry_id IS
        'No foreign key: its check would write to every entry once more, and what is missing the chain itself tells';
      COMMENT ON COLUMN audit_seals.position IS 'From 1 without a gap, in the order in which entries became visible';
      COMMENT ON COLUMN audit_seals.hash IS 'SHA-256 over the hash before in hex, a line feed and the entry as canonical JSON';
      CREATE INDEX audit_seals_sealed_at ON audit_seals (sealed_at);

      CREATE TABLE audit_verifications (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        ok boolean NOT NULL,
        position bigint NOT NULL CHECK (position >= 0),
        hash bytea NOT NULL CHECK (octet_length(hash) = 32),
        unsealed bigint NOT NULL,
        problem jsonb,
        stamp text NOT NULL,
        CHECK (ok = (problem IS NULL))
      );
      COMMENT ON TABLE audit_verifications IS 'Every run over the whole chain and what it found; each is a checkpoint for the next';
      COMMENT ON COLUMN audit_verifications.position IS 'The last position that was found to be right';
      COMMENT ON COLUMN audit_verifications.unsealed IS 'Entries that had no place in the chain yet';
      COMMENT ON COLUMN audit_verifications.problem IS 'The first thing that was wrong: code, position, entryId';
      COMMENT ON COLUMN audit_verifications.stamp IS 'Keyed digest over position, hash and at; the key is not in the database';
    `);
    for (const [table, rules] of Object.entries(TABLES)) await runner.query(guardStatements(table, rules));
    await runner.query(forWriters(Object.keys(TABLES), 'REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM %s'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit_verifications, audit_seals;
      DROP POLICY audit_entries_write ON audit_entries;
      DROP POLICY audit_entries_read ON audit_entries;
      ALTER TABLE audit_entries NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE audit_entries DISABLE ROW LEVEL SECURITY;
      DROP INDEX audit_entries_action, audit_entries_actor, audit_entries_at;
      ALTER TABLE audit_entries DROP COLUMN province_code;
      DROP FUNCTION scope_province();
    `);
    await runner.query(forWriters(['audit_entries'], 'GRANT UPDATE, DELETE ON %s TO %s'));
  }
}

interface Rules {
  /** Who may add a row. */
  readonly write: string;
  /** Which rows somebody bound to provinces may read; nobody but the system reads others. */
  readonly read: string;
}

const IS_SYSTEM = `(SELECT scope_kind()) = 'system'`;
const OWN_PROVINCE = `(SELECT value ->> 'code' FROM settings WHERE key = 'province')`;

const TABLES: Readonly<Record<string, Rules>> = {
  // Whoever acts leaves a trace, also who is not signed in; reading it is another matter.
  audit_entries: { write: 'true', read: `coalesce(province_code, ${OWN_PROVINCE}) = ANY (${VALUES})` },
  audit_seals: { write: IS_SYSTEM, read: 'true' },
  audit_verifications: { write: IS_SYSTEM, read: 'true' },
};

/** Rows are added and read: without a policy for them, changing and deleting find no row, their owner's included. */
function guardStatements(table: string, { write, read }: Rules): string {
  const isNew = table !== 'audit_entries';
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY ${table}_write ON ${table} FOR INSERT WITH CHECK (${write});
    CREATE POLICY ${table}_read ON ${table} FOR SELECT USING (CASE (SELECT scope_kind())
      WHEN 'system' THEN true
      WHEN 'province' THEN ${read}
      ELSE false END);
    ${
      isNew
        ? `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`
        : ''
    }`;
}

/**
 * A statement for every table and everybody but its owner who may add rows to it: the application. Where owner and
 * application are one role, there are only the trigger and the policies.
 */
function forWriters(tables: readonly string[], statement: string): string {
  const names = tables.map((table) => `'${table}'::regclass`).join(', ');
  return `DO $$
    DECLARE
      grant_row record;
    BEGIN
      FOR grant_row IN SELECT c.oid::regclass AS name, acl.grantee::regrole AS grantee
        FROM pg_class c, aclexplode(c.relacl) acl
        WHERE c.oid IN (${names}) AND acl.privilege_type = 'INSERT' AND acl.grantee NOT IN (c.relowner, 0)
      LOOP
        EXECUTE format('${statement}', grant_row.name, grant_row.grantee);
      END LOOP;
    END $$;`;
}
