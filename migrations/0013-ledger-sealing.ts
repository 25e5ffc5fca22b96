import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What banks report of accounts, sealed: in suspense lines (found by blind index), among the problems of a file, and in
 * the stored bodies. What an older version left in clear is sealed by a sweep (src/submissions/clear-ledger.service.ts).
 */
export class LedgerSealing0013 implements MigrationInterface {
  readonly name = 'LedgerSealing1764000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE submission_lines ADD COLUMN target_index bytea, ADD COLUMN target_sealed bytea;
      COMMENT ON COLUMN submission_lines.target IS
        'The code as reported, or the mask of the account; kept in suspense only, so that the line can find its stall later';
      COMMENT ON COLUMN submission_lines.target_index IS 'Blind index (HMAC-SHA-256) of the account, as payout_accounts has it';
      COMMENT ON COLUMN submission_lines.target_sealed IS 'Sealed: the account as reported, for the bank that reported it';

      ALTER TABLE submission_problems ADD COLUMN value_sealed bytea;
      COMMENT ON COLUMN submission_problems.value IS 'What was wrong, with everything that may be an identifier masked';
      COMMENT ON COLUMN submission_problems.value_sealed IS 'Sealed: what was wrong as it was sent, for the bank that sent it';

      ALTER TABLE submission_body_chunks ADD COLUMN sealed boolean NOT NULL DEFAULT false;
      COMMENT ON COLUMN submission_body_chunks.sealed IS 'False: left by an older version, deflated only';
      COMMENT ON COLUMN submission_body_chunks.bytes IS 'Sealed: the deflated bytes';
      CREATE INDEX submission_body_chunks_clear ON submission_body_chunks (submission_id, seq) WHERE NOT sealed;
    `);
  }

  /** Refused while anything is sealed: without the key it could only be lost. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        IF EXISTS (SELECT FROM submission_lines WHERE target_sealed IS NOT NULL)
           OR EXISTS (SELECT FROM submission_problems WHERE value_sealed IS NOT NULL)
           OR EXISTS (SELECT FROM submission_body_chunks WHERE sealed) THEN
          RAISE EXCEPTION 'sealed reports of banks would be lost';
        END IF;
      END $$;

      DROP INDEX submission_body_chunks_clear;
      COMMENT ON COLUMN submission_body_chunks.bytes IS NULL;
      ALTER TABLE submission_body_chunks DROP COLUMN sealed;
      ALTER TABLE submission_problems DROP COLUMN value_sealed;
      COMMENT ON COLUMN submission_problems.value IS NULL;
      ALTER TABLE submission_lines DROP COLUMN target_sealed, DROP COLUMN target_index;
      COMMENT ON COLUMN submission_lines.target IS
        'The code or account as reported, kept in suspense only, so that the line can find its stall later';
    `);
  }
}
