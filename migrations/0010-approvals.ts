import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IDS, IS_PROVINCE, MARKETS, protectStatements, VALUES } from './row-security';

/** What takes two people: asked by one, decided by another; stalls' accounts among it, and what vendors are told of it. */
export class Approvals0010 implements MigrationInterface {
  readonly name = 'Approvals1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE approvals (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        subject_type text NOT NULL,
        subject_id text NOT NULL,
        province_code text NOT NULL,
        market_id uuid REFERENCES markets (id),
        payload jsonb NOT NULL,
        summary jsonb NOT NULL,
        reason text NOT NULL,
        requested_by_kind text NOT NULL CHECK (requested_by_kind IN ('staff', 'bank', 'vendor', 'system', 'cli')),
        requested_by text NOT NULL,
        requested_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        state text NOT NULL DEFAULT 'pending'
          CHECK (state IN ('pending', 'approved', 'refused', 'withdrawn', 'expired', 'failed')),
        decided_by uuid REFERENCES staff (id),
        decided_at timestamptz,
        decision_reason text,
        failure jsonb,
        outcome jsonb,
        CONSTRAINT approvals_decided CHECK ((state = 'pending') = (decided_at IS NULL)),
        CONSTRAINT approvals_failed CHECK ((state = 'failed') = (failure IS NOT NULL)),
        CONSTRAINT approvals_second_person CHECK (state NOT IN ('approved', 'refused', 'failed')
          OR (decided_by IS NOT NULL AND NOT (requested_by_kind = 'staff' AND requested_by = decided_by::text)))
      );
      COMMENT ON TABLE approvals IS 'Requests for what takes two people, and their decisions; never deleted';
      COMMENT ON COLUMN approvals.subject_id IS 'The record it is about, as audit_entries names it';
      COMMENT ON COLUMN approvals.market_id IS 'Null where it is about no market: the province decides';
      COMMENT ON COLUMN approvals.payload IS 'What is asked: ids, days and choices; no personal data in clear, no secrets';
      COMMENT ON COLUMN approvals.summary IS 'What the second person reads: a sentence and facts, in two languages';
      COMMENT ON COLUMN approvals.requested_by IS 'Staff: the account''s id; bank: BIN; cli: the user of the shell';
      COMMENT ON COLUMN approvals.failure IS 'What had changed when it was approved';
      COMMENT ON COLUMN approvals.outcome IS 'Ids of what the approval made';
      CREATE UNIQUE INDEX approvals_one_pending ON approvals (kind, subject_type, subject_id) WHERE state = 'pending';
      CREATE INDEX approvals_expiry ON approvals (expires_at) WHERE state = 'pending';
      CREATE INDEX approvals_subject ON approvals (subject_type, subject_id);
      CREATE INDEX approvals_requester ON approvals (requested_by, id);

      CREATE FUNCTION keep_approval() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        decision text[] := ARRAY['state', 'decided_by', 'decided_at', 'decision_reason', 'failure', 'outcome'];
      BEGIN
        IF TG_OP = 'INSERT' THEN
          IF NEW.state = 'pending' THEN RETURN NEW; END IF;
          RAISE EXCEPTION 'a request begins undecided' USING ERRCODE = 'insufficient_privilege';
        END IF;
        -- The outcome follows the decision in the same transaction; everything else is said once.
        IF TG_OP <> 'DELETE' AND OLD.state = 'approved' AND OLD.outcome IS NULL
           AND to_jsonb(NEW) - 'outcome' = to_jsonb(OLD) - 'outcome' THEN
          RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' OR OLD.state <> 'pending' OR to_jsonb(NEW) - decision <> to_jsonb(OLD) - decision THEN
          RAISE EXCEPTION 'a request is decided once and never changed' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER approvals_kept BEFORE INSERT OR UPDATE OR DELETE ON approvals
        FOR EACH ROW EXECUTE FUNCTION keep_approval();
      ${protectStatements('approvals', {
        area: `CASE WHEN ${IS_PROVINCE} THEN province_code = ANY (${VALUES}) ELSE market_id IN ${MARKETS} END`,
      })}

      ALTER TABLE payout_assignments ADD COLUMN approval_id uuid REFERENCES approvals (id),
        ADD CONSTRAINT payout_assignments_approval UNIQUE (approval_id);
      COMMENT ON COLUMN payout_assignments.approval_id IS 'What two people decided; null for the first account of a stall';

      CREATE FUNCTION account_change_takes_two() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        -- Two first accounts at once: the second waits here, and is then no longer the first.
        PERFORM FROM stalls WHERE id IN (SELECT stall_id FROM added) ORDER BY id FOR NO KEY UPDATE;
        IF EXISTS (
          SELECT FROM added n JOIN LATERAL (
            SELECT p.payout_account_id FROM payout_assignments p WHERE p.stall_id = n.stall_id AND p.id <> n.id
            ORDER BY p.from_day DESC LIMIT 1) former ON former.payout_account_id <> n.payout_account_id
          WHERE NOT EXISTS (SELECT FROM approvals a JOIN stalls s ON s.id = n.stall_id
            WHERE a.id = n.approval_id AND a.kind = 'account_change' AND a.state = 'approved' AND a.subject_id = s.code
              AND a.payload ->> 'accountId' = n.payout_account_id::text)
        ) THEN
          RAISE EXCEPTION 'another account of a stall takes two people' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER payout_assignments_take_two AFTER INSERT ON payout_assignments REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION account_change_takes_two();

      CREATE FUNCTION keep_assigned_account() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'an assignment ends, it never moves to another account' USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER payout_assignments_kept BEFORE UPDATE ON payout_assignments FOR EACH ROW
        WHEN ((NEW.stall_id, NEW.payout_account_id, NEW.approval_id)
          IS DISTINCT FROM (OLD.stall_id, OLD.payout_account_id, OLD.approval_id))
        EXECUTE FUNCTION keep_assigned_account();

      CREATE TABLE notices (
        id uuid PRIMARY KEY,
        vendor_id uuid NOT NULL REFERENCES vendors (id),
        province_code text,
        kind text NOT NULL,
        text text NOT NULL,
        about_type text NOT NULL,
        about_id text NOT NULL,
        created_at timestamptz NOT NULL,
        sent_at timestamptz,
        channel text,
        CONSTRAINT notices_sent CHECK ((sent_at IS NULL) = (channel IS NULL))
      );
      COMMENT ON TABLE notices IS 'What vendors must be told; written in the transaction of what it is about';
      COMMENT ON COLUMN notices.province_code IS 'The vendor''s, filled in by trigger: the scope of the row';
      COMMENT ON COLUMN notices.text IS 'In Vietnamese, identifiers masked';
      COMMENT ON COLUMN notices.sent_at IS 'Null: recorded, not sent by any channel';
      CREATE INDEX notices_vendor ON notices (vendor_id, id);
      CREATE TRIGGER notices_province BEFORE INSERT ON notices FOR EACH ROW EXECUTE FUNCTION carry_province();
      ${protectStatements('notices', {
        area: `CASE WHEN ${IS_PROVINCE} THEN province_code = ANY (${VALUES}) ELSE vendor_id IN (SELECT scoped_vendors()) END`,
        vendor: `vendor_id = ANY (${IDS})`,
      })}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE notices;
      DROP TRIGGER payout_assignments_kept ON payout_assignments;
      DROP TRIGGER payout_assignments_take_two ON payout_assignments;
      ALTER TABLE payout_assignments DROP COLUMN approval_id;
      DROP TABLE approvals;
      DROP FUNCTION keep_approval(), account_change_takes_two(), keep_assigned_account();
    `);
  }
}
