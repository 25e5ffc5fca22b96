import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Second factors, the half-way house of sign-in in two steps, and what a session knows about its proofs. */
export class SecondFactor0008 implements MigrationInterface {
  readonly name = 'SecondFactor1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    // Defaults, because instances of the version before go on opening sessions while this runs.
    await runner.query(`
      ALTER TABLE sessions
        ADD COLUMN handle uuid NOT NULL DEFAULT gen_random_uuid(),
        ADD COLUMN proofs text[] NOT NULL DEFAULT '{password}',
        ADD COLUMN proven_at timestamptz NOT NULL DEFAULT now(),
        ADD CONSTRAINT sessions_handle UNIQUE (handle);
      UPDATE sessions SET proven_at = created_at;
      COMMENT ON COLUMN sessions.handle IS 'Names the session to its person; the cookie holds another secret';
      COMMENT ON COLUMN sessions.proofs IS 'What the person has proven in this session: password, totp, passkey …';
      COMMENT ON COLUMN sessions.proven_at IS 'The last proof: dangerous operations want one of the last ten minutes';

      CREATE TABLE pending_sign_ins (
        token_hash bytea PRIMARY KEY,
        staff_id uuid NOT NULL REFERENCES staff (id),
        proofs text[] NOT NULL,
        expires_at timestamptz NOT NULL
      );
      COMMENT ON TABLE pending_sign_ins IS 'The first step of a sign-in was right, the second factor is still owed; no session';
      COMMENT ON COLUMN pending_sign_ins.token_hash IS 'SHA-256 of what the cookie holds';
      CREATE INDEX pending_sign_ins_staff ON pending_sign_ins (staff_id);

      CREATE TABLE staff_totp (
        id uuid PRIMARY KEY,
        staff_id uuid NOT NULL REFERENCES staff (id),
        secret bytea NOT NULL,
        last_step bigint,
        created_at timestamptz NOT NULL,
        confirmed_at timestamptz
      );
      COMMENT ON COLUMN staff_totp.secret IS 'Sealed with the application''s key, bound to this row';
      COMMENT ON COLUMN staff_totp.last_step IS 'Time step of the last code that was taken: each is good once';
      COMMENT ON COLUMN staff_totp.confirmed_at IS 'Null: shown, but no code has come back yet';
      CREATE UNIQUE INDEX staff_totp_confirmed ON staff_totp (staff_id) WHERE confirmed_at IS NOT NULL;
      CREATE UNIQUE INDEX staff_totp_unconfirmed ON staff_totp (staff_id) WHERE confirmed_at IS NULL;

      CREATE TABLE staff_recovery_codes (
        staff_id uuid NOT NULL REFERENCES staff (id),
        code_hash bytea NOT NULL,
        used_at timestamptz,
        CONSTRAINT staff_recovery_codes_pk PRIMARY KEY (staff_id, code_hash)
      );
      COMMENT ON COLUMN staff_recovery_codes.code_hash IS 'SHA-256; the code has 80 random bits and is shown once';

      CREATE TABLE staff_passkeys (
        id uuid PRIMARY KEY,
        staff_id uuid NOT NULL REFERENCES staff (id),
        credential_id text NOT NULL,
        public_key bytea NOT NULL,
        counter bigint NOT NULL,
        transports text[] NOT NULL,
        name text NOT NULL,
        is_backed_up boolean NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz,
        CONSTRAINT staff_passkeys_credential UNIQUE (credential_id)
      );
      COMMENT ON COLUMN staff_passkeys.public_key IS 'COSE key, as the authenticator gave it';
      COMMENT ON COLUMN staff_passkeys.counter IS 'Signatures so far by the authenticator''s word; one that does not grow is a copy';
      CREATE INDEX staff_passkeys_staff ON staff_passkeys (staff_id);

      CREATE TABLE used_challenges (
        challenge_hash bytea PRIMARY KEY,
        expires_at timestamptz NOT NULL
      );
      COMMENT ON TABLE used_challenges IS 'Passkey challenges that have been answered, kept until they expire: each is good once';
      CREATE INDEX used_challenges_expiry ON used_challenges (expires_at);

      COMMENT ON COLUMN sign_in_failures.subject IS
        'account:<SHA-256 of the name typed>, second:<SHA-256 of the person''s id>, or address:<IPv4, or /64 of IPv6>';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      COMMENT ON COLUMN sign_in_failures.subject IS 'account:<SHA-256 of the name typed> or address:<IPv4, or /64 of IPv6>';
      DROP TABLE used_challenges, staff_passkeys, staff_recovery_codes, staff_totp, pending_sign_ins;
      ALTER TABLE sessions DROP CONSTRAINT sessions_handle,
        DROP COLUMN proven_at, DROP COLUMN proofs, DROP COLUMN handle;
    `);
  }
}
