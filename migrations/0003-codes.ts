import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Issues of payment codes, packs of printed cards, files made by jobs; a market's way to its launch. */
export class Codes0003 implements MigrationInterface {
  readonly name = 'Codes1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE qr_issues (
        id uuid PRIMARY KEY,
        stall_id uuid NOT NULL REFERENCES stalls (id),
        market_id uuid NOT NULL REFERENCES markets (id),
        vendor_id uuid NOT NULL REFERENCES vendors (id),
        payout_account_id uuid NOT NULL REFERENCES payout_accounts (id),
        issue_no integer NOT NULL CHECK (issue_no > 0),
        serial text NOT NULL,
        payload text NOT NULL,
        face jsonb NOT NULL,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'retired')),
        issued_on date NOT NULL,
        issued_at timestamptz NOT NULL,
        issued_by text NOT NULL,
        retired_at timestamptz,
        retired_reason text,
        CONSTRAINT qr_issues_serial UNIQUE (serial),
        CONSTRAINT qr_issues_number UNIQUE (stall_id, issue_no),
        CONSTRAINT qr_issues_retired CHECK ((state = 'retired') = (retired_at IS NOT NULL))
      );
      COMMENT ON COLUMN qr_issues.payload IS 'The VietQR payload as printed, frozen';
      COMMENT ON COLUMN qr_issues.face IS 'What the card says beside the code, frozen at issue';
      CREATE UNIQUE INDEX qr_issues_one_active ON qr_issues (stall_id) WHERE state = 'active';
      CREATE INDEX qr_issues_market ON qr_issues (market_id);

      CREATE FUNCTION keep_qr_issue() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' OR OLD.state = 'retired'
           OR to_jsonb(NEW) - ARRAY['state', 'retired_at', 'retired_reason']
              IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'retired_at', 'retired_reason'] THEN
          RAISE EXCEPTION 'an issued code is never changed, only retired' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER qr_issues_frozen BEFORE UPDATE OR DELETE ON qr_issues FOR EACH ROW EXECUTE FUNCTION keep_qr_issue();

      CREATE SEQUENCE card_serials;
      COMMENT ON SEQUENCE card_serials IS 'Running number of every card ever issued; the serial adds a check digit';

      CREATE TABLE stored_files (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        content_type text NOT NULL,
        byte_count bigint NOT NULL,
        sha256 bytea NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE TABLE stored_file_chunks (
        file_id uuid NOT NULL REFERENCES stored_files (id) ON DELETE CASCADE,
        seq integer NOT NULL,
        bytes bytea NOT NULL,
        CONSTRAINT stored_file_chunks_pk PRIMARY KEY (file_id, seq)
      );
      COMMENT ON TABLE stored_file_chunks IS 'Files live in the database so that any API process can serve them';
      ALTER TABLE stored_file_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

      CREATE TABLE card_packs (
        id uuid PRIMARY KEY,
        market_id uuid NOT NULL REFERENCES markets (id),
        layout text NOT NULL CHECK (layout IN ('a4_sheet', 'a6_card')),
        state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
        done integer NOT NULL DEFAULT 0,
        total integer NOT NULL,
        phase text NOT NULL DEFAULT 'drawing' CHECK (phase IN ('drawing', 'checking')),
        file_id uuid REFERENCES stored_files (id),
        error_code text,
        error_detail text,
        requested_by text NOT NULL,
        requested_at timestamptz NOT NULL,
        started_at timestamptz,
        finished_at timestamptz,
        heartbeat_at timestamptz
      );
      COMMENT ON TABLE card_packs IS 'A print file of a market: made by a job, released only when every code on it was decoded again';
      COMMENT ON COLUMN card_packs.heartbeat_at IS 'Last sign of life of the job; an old one means it may be taken over';
      CREATE INDEX card_packs_market ON card_packs (market_id, requested_at DESC);
      CREATE INDEX card_packs_open ON card_packs (state) WHERE state IN ('queued', 'running');

      CREATE TABLE launch_transitions (
        id uuid PRIMARY KEY,
        market_id uuid NOT NULL REFERENCES markets (id),
        from_state text NOT NULL,
        to_state text NOT NULL,
        on_day date NOT NULL,
        lead_agency text NOT NULL,
        reason text NOT NULL,
        decision_number text,
        place text,
        actor text NOT NULL,
        recorded_at timestamptz NOT NULL
      );
      COMMENT ON TABLE launch_transitions IS 'How a market came to its state: appended, never altered';
      CREATE INDEX launch_transitions_market ON launch_transitions (market_id, recorded_at);
      CREATE TRIGGER launch_transitions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON launch_transitions
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE launch_transitions, card_packs, stored_file_chunks, stored_files, qr_issues;
      DROP SEQUENCE card_serials;
      DROP FUNCTION keep_qr_issue();
    `);
  }
}
