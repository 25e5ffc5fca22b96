import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who sign in, their sessions and one-time links; banks' keys, nonces and idempotency; the audit trail. */
export class Access0002 implements MigrationInterface {
  readonly name = 'Access1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE staff (
        id uuid PRIMARY KEY,
        email text NOT NULL,
        full_name text NOT NULL,
        role text NOT NULL CHECK (role IN ('system_admin', 'department_officer', 'department_leader', 'auditor')),
        password_hash text,
        state text NOT NULL DEFAULT 'invited' CHECK (state IN ('invited', 'active', 'disabled')),
        created_at timestamptz NOT NULL,
        CONSTRAINT staff_email UNIQUE (email)
      );
      COMMENT ON COLUMN staff.email IS 'Lower case, NFC: the name one signs in with';
      COMMENT ON COLUMN staff.password_hash IS 'argon2id, PHC string; null until the one-time link is used';

      CREATE TABLE staff_links (
        token_hash bytea PRIMARY KEY,
        staff_id uuid NOT NULL REFERENCES staff (id),
        purpose text NOT NULL CHECK (purpose IN ('activate', 'reset')),
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      COMMENT ON COLUMN staff_links.token_hash IS 'SHA-256 of the link''s secret; the secret itself is shown once and kept nowhere';

      CREATE TABLE sessions (
        id_hash bytea PRIMARY KEY,
        staff_id uuid NOT NULL REFERENCES staff (id),
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        csrf_token text NOT NULL,
        user_agent text NOT NULL,
        address text NOT NULL
      );
      COMMENT ON COLUMN sessions.expires_at IS 'Absolute end; the idle limit counts from last_seen_at';
      CREATE INDEX sessions_staff ON sessions (staff_id);

      CREATE TABLE sign_in_failures (
        subject text NOT NULL,
        at timestamptz NOT NULL,
        attempt uuid NOT NULL
      );
      COMMENT ON TABLE sign_in_failures IS 'Sign-ins that failed or still run, per account and per address, for throttling; purged after an hour';
      COMMENT ON COLUMN sign_in_failures.subject IS 'account:<SHA-256 of the name typed> or address:<IPv4, or /64 of IPv6>';
      CREATE INDEX sign_in_failures_subject ON sign_in_failures (subject, at);
      CREATE INDEX sign_in_failures_at ON sign_in_failures (at);

      CREATE TABLE staff_addresses (
        staff_id uuid NOT NULL REFERENCES staff (id),
        address text NOT NULL,
        signed_in_at timestamptz NOT NULL,
        CONSTRAINT staff_addresses_pk PRIMARY KEY (staff_id, address)
      );
      COMMENT ON TABLE staff_addresses IS 'From where a person last signed in: there nobody else can lock them out by guessing';

      CREATE TABLE bank_keys (
        key_id text PRIMARY KEY,
        bank_bin text NOT NULL REFERENCES banks (bin),
        alg text NOT NULL CHECK (alg IN ('hmac-sha256', 'ed25519')),
        material bytea NOT NULL,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'retired')),
        created_at timestamptz NOT NULL,
        retired_at timestamptz
      );
      COMMENT ON COLUMN bank_keys.material IS 'hmac: the secret sealed with the application''s key; ed25519: the public key (SPKI DER)';
      CREATE INDEX bank_keys_bank ON bank_keys (bank_bin);

      CREATE TABLE bank_nonces (
        key_id text NOT NULL,
        nonce text NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT bank_nonces_pk PRIMARY KEY (key_id, nonce)
      );
      COMMENT ON TABLE bank_nonces IS 'A nonce is good once; kept until its signature has expired';
      CREATE INDEX bank_nonces_expiry ON bank_nonces (expires_at);

      CREATE TABLE idempotency_records (
        caller text NOT NULL,
        key text NOT NULL,
        request_hash bytea,
        state text NOT NULL CHECK (state IN ('in_progress', 'done')),
        locked_until timestamptz NOT NULL,
        owner uuid NOT NULL,
        response_status smallint,
        response_headers jsonb,
        response_body bytea,
        created_at timestamptz NOT NULL,
        CONSTRAINT idempotency_records_pk PRIMARY KEY (caller, key)
      );
      CREATE INDEX idempotency_records_age ON idempotency_records (created_at);
      COMMENT ON COLUMN idempotency_records.caller IS 'Who chose the key: bank:<BIN>';
      COMMENT ON COLUMN idempotency_records.request_hash IS 'SHA-256 over method, target and body; known once the body has been read';
      COMMENT ON TABLE idempotency_records IS 'The first answer to an Idempotency-Key, byte for byte; a 5xx is never kept';

      CREATE TABLE audit_entries (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        actor_kind text NOT NULL CHECK (actor_kind IN ('staff', 'bank', 'system', 'cli')),
        actor_id text NOT NULL,
        action text NOT NULL,
        subject_type text NOT NULL,
        subject_id text NOT NULL,
        before jsonb,
        after jsonb,
        reason text,
        trace_id text,
        address text
      );
      COMMENT ON TABLE audit_entries IS 'Who did what to what, why and from where; written in the transaction of the change, never altered';
      CREATE INDEX audit_entries_subject ON audit_entries (subject_type, subject_id, id);

      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit_entries, idempotency_records, bank_nonces, bank_keys, staff_addresses, sign_in_failures, sessions, staff_links, staff;
      DROP FUNCTION refuse_change();
    `);
  }
}
