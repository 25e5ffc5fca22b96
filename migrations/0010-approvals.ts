import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IS_PROVINCE, MARKETS, protectStatements, VALUES } from './row-security';

/** What takes two people: asked by one, decided by another. */
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
        requested_by_kind text NOT NULL CHECK (requested_by_kind IN ('staff', 'bank', 'system', 'cli')),
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
      CREATE TRIGGER approvals_kept BEFORE UPDATE OR DELETE ON approvals FOR EACH ROW EXECUTE FUNCTION keep_approval();
      ${protectStatements('approvals', {
        area: `CASE WHEN ${IS_PROVINCE} THEN province_code = ANY (${VALUES}) ELSE market_id IN ${MARKETS} END`,
      })}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE approvals;
      DROP FUNCTION keep_approval();
    `);
  }
}
