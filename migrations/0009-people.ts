import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the page of people needs, mail that waits to be sent, and signing in through the province's identity service. */
export class People0009 implements MigrationInterface {
  readonly name = 'People1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE staff DROP CONSTRAINT staff_state_check;
      ALTER TABLE staff
        ADD CONSTRAINT staff_state_check CHECK (state IN ('requested', 'invited', 'active', 'disabled')),
        ADD COLUMN version integer NOT NULL DEFAULT 1,
        ADD COLUMN last_signed_in_at timestamptz,
        ADD COLUMN disabled_reason text,
        ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (translate(regexp_replace(
          normalize(lower(full_name || ' ' || email), NFD), E'[\\u0300-\\u036F]', '', 'g'), 'đ', 'd')) STORED;
      COMMENT ON COLUMN staff.state IS
        'requested: a second person has not yet approved; invited: may choose a password; active; disabled';
      COMMENT ON COLUMN staff.search_text IS 'Name and email without accents, for the search';
      COMMENT ON COLUMN staff.disabled_reason IS 'Why the person may no longer sign in; null while they may';
      UPDATE staff s SET last_signed_in_at = a.at
        FROM (SELECT staff_id, max(signed_in_at) AS at FROM staff_addresses GROUP BY staff_id) a WHERE a.staff_id = s.id;

      CREATE FUNCTION staff_in_reach(kind text, codes text[]) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
      BEGIN
        IF scope_kind() = 'system' THEN RETURN true; END IF;
        IF scope_kind() IS DISTINCT FROM 'province' THEN RETURN false; END IF;
        CASE kind
          WHEN 'province' THEN
            RETURN scope_values() @> CASE WHEN codes = '{}'
              THEN ARRAY(SELECT value ->> 'code' FROM settings WHERE key = 'province') ELSE codes END;
          WHEN 'communes' THEN
            RETURN NOT EXISTS (SELECT FROM administrative_units u
              WHERE u.code = ANY (codes) AND u.province_code <> ALL (scope_values()));
          ELSE
            -- Row-level security leaves the markets of the scope.
            RETURN NOT EXISTS (SELECT unnest(codes) EXCEPT SELECT m.code FROM markets m WHERE m.code = ANY (codes));
        END CASE;
      END $$;
      COMMENT ON FUNCTION staff_in_reach(text, text[]) IS
        'Whether a person bound to that area belongs to the provinces that the transaction acts for';

      CREATE TABLE staff_identities (
        issuer text NOT NULL,
        subject text NOT NULL,
        staff_id uuid NOT NULL REFERENCES staff (id),
        linked_at timestamptz NOT NULL,
        CONSTRAINT staff_identities_pk PRIMARY KEY (issuer, subject),
        CONSTRAINT staff_identities_one_each UNIQUE (staff_id, issuer)
      );
      COMMENT ON TABLE staff_identities IS
        'Who a person is at the province''s identity service; linked at the first sign-in by a verified email';

      CREATE TABLE oidc_attempts (
        state_hash bytea PRIMARY KEY,
        browser_hash bytea NOT NULL,
        sealed bytea NOT NULL,
        return_path text NOT NULL,
        expires_at timestamptz NOT NULL
      );
      COMMENT ON TABLE oidc_attempts IS 'Sign-ins on their way to the identity service and back; each is good once';
      COMMENT ON COLUMN oidc_attempts.sealed IS 'Nonce and code verifier, sealed with the application''s key';
      CREATE INDEX oidc_attempts_expiry ON oidc_attempts (expires_at);

      CREATE TABLE mail_outbox (
        id uuid PRIMARY KEY,
        about text NOT NULL,
        sealed bytea,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed', 'withdrawn')),
        attempts integer NOT NULL DEFAULT 0,
        next_try_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        fault text,
        CONSTRAINT mail_outbox_sealed_while_waiting CHECK ((state = 'waiting') = (sealed IS NOT NULL))
      );
      COMMENT ON TABLE mail_outbox IS 'Letters, written in the transaction of what they tell and sent after it';
      COMMENT ON COLUMN mail_outbox.sealed IS
        'Receiver, subject and text, sealed with the application''s key: letters carry one-time links. Gone once it is over';
      COMMENT ON COLUMN mail_outbox.about IS 'The record the letter is about: staff:<id>';
      COMMENT ON COLUMN mail_outbox.fault IS 'Why the last try failed, as a code; never what the server said';
      CREATE INDEX mail_outbox_waiting ON mail_outbox (next_try_at) WHERE state = 'waiting';
      CREATE INDEX mail_outbox_about ON mail_outbox (about, created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE mail_outbox, oidc_attempts, staff_identities;
      DROP FUNCTION staff_in_reach(text, text[]);
      UPDATE staff SET state = 'disabled' WHERE state = 'requested';
      ALTER TABLE staff DROP CONSTRAINT staff_state_check;
      ALTER TABLE staff ADD CONSTRAINT staff_state_check CHECK (state IN ('invited', 'active', 'disabled'));
      COMMENT ON COLUMN staff.state IS NULL;
      ALTER TABLE staff DROP COLUMN search_text, DROP COLUMN disabled_reason, DROP COLUMN last_signed_in_at,
        DROP COLUMN version;
    `);
  }
}
