import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IS_PROVINCE, MARKET_NOS, protectStatements, type RowRule, unprotectStatements, VALUES } from './row-security';

/**
 * Keys for tests beside those for real, addresses from which an institution may call, and test institutions whose
 * figures nobody of a real province meets.
 */
export class BankClients0011 implements MigrationInterface {
  readonly name = 'BankClients1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE banks
        ADD COLUMN sandbox_of text REFERENCES banks (bin),
        ADD CONSTRAINT banks_sandbox_of UNIQUE (sandbox_of),
        ADD CONSTRAINT banks_sandbox CHECK ((sandbox_of IS NOT NULL) = (left(bin, 1) = '0'));
      COMMENT ON COLUMN banks.sandbox_of IS
        'The institution that tests under this BIN; what test keys send is kept here and counts nowhere else';
      ALTER TABLE payout_accounts ADD CONSTRAINT payout_accounts_sandbox
        CHECK ((left(bank_bin, 1) = '0') = (province_code = '00'));

      ALTER TABLE bank_keys
        ADD COLUMN environment text NOT NULL DEFAULT 'live' CHECK (environment IN ('live', 'test')),
        ADD COLUMN collect_by uuid REFERENCES staff (id),
        ADD COLUMN collect_until timestamptz,
        ADD COLUMN last_used_at timestamptz,
        ALTER COLUMN material DROP NOT NULL,
        DROP CONSTRAINT bank_keys_state_check,
        ADD CONSTRAINT bank_keys_state_check CHECK (state IN ('to_collect', 'active', 'suspended', 'retired')),
        ADD CONSTRAINT bank_keys_material CHECK (material IS NOT NULL OR state IN ('to_collect', 'retired')),
        ADD CONSTRAINT bank_keys_collect CHECK (state <> 'to_collect' OR (collect_by IS NOT NULL AND collect_until IS NOT NULL));
      COMMENT ON COLUMN bank_keys.environment IS 'live, or test: requests are kept under the test institution';
      COMMENT ON COLUMN bank_keys.collect_by IS
        'Who asked for the key and alone may collect it: its secret is made, shown and sealed in that moment';
      COMMENT ON COLUMN bank_keys.last_used_at IS 'Written at most once a minute';
      CREATE UNIQUE INDEX bank_keys_public ON bank_keys (material) WHERE alg = 'ed25519';

      CREATE TABLE bank_addresses (
        bank_bin text NOT NULL REFERENCES banks (bin),
        environment text NOT NULL CHECK (environment IN ('live', 'test')),
        networks text[] NOT NULL,
        version integer NOT NULL DEFAULT 1,
        updated_at timestamptz NOT NULL,
        CONSTRAINT bank_addresses_pk PRIMARY KEY (bank_bin, environment)
      );
      COMMENT ON TABLE bank_addresses IS 'From where an institution may call; without a row, or with no networks, from anywhere';
      COMMENT ON COLUMN bank_addresses.networks IS 'CIDR, IPv4 and IPv6';

      CREATE FUNCTION reaches_submission(submission uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS
        $$ BEGIN RETURN EXISTS (SELECT FROM submissions WHERE id = submission); END $$;
      COMMENT ON FUNCTION reaches_submission(uuid) IS 'Whether the scope reaches the submission';
      -- A function's own SET of a setting that PostgreSQL does not know is the superuser's alone.
      CREATE FUNCTION sandbox_submission_nos() RETURNS SETOF bigint LANGUAGE plpgsql STABLE ROWS 1000 AS $$
      DECLARE
        asking text := current_setting('cho40.scope', true);
      BEGIN
        PERFORM set_config('cho40.scope', 'system', true);
        RETURN QUERY SELECT no FROM submissions WHERE bank_bin < '1';
        PERFORM set_config('cho40.scope', coalesce(asking, ''), true);
      END $$;
      COMMENT ON FUNCTION sandbox_submission_nos() IS
        'Submissions of test institutions, whoever asks: their suspense lines name no market that would tell';
    `);
    for (const [table, rule] of Object.entries(CHANGED)) {
      await runner.query(`DROP POLICY ${table}_scope ON ${table}; ${protectStatements(table, rule)}`);
    }
    for (const [table, rule] of Object.entries(NEW)) await runner.query(protectStatements(table, rule));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(NEW)) await runner.query(unprotectStatements(table));
    for (const [table, rule] of Object.entries(FORMER)) {
      await runner.query(`DROP POLICY ${table}_scope ON ${table}; ${protectStatements(table, rule)}`);
    }
    await runner.query(`
      DROP FUNCTION sandbox_submission_nos(), reaches_submission(uuid);
      DROP TABLE bank_addresses;
      DELETE FROM bank_keys WHERE material IS NULL;
      DROP INDEX bank_keys_public;
      ALTER TABLE bank_keys
        DROP CONSTRAINT bank_keys_collect,
        DROP CONSTRAINT bank_keys_material,
        DROP CONSTRAINT bank_keys_state_check,
        ADD CONSTRAINT bank_keys_state_check CHECK (state IN ('active', 'suspended', 'retired')),
        ALTER COLUMN material SET NOT NULL,
        DROP COLUMN last_used_at, DROP COLUMN collect_until, DROP COLUMN collect_by, DROP COLUMN environment;
      ALTER TABLE payout_accounts DROP CONSTRAINT payout_accounts_sandbox;
      ALTER TABLE banks DROP CONSTRAINT banks_sandbox, DROP CONSTRAINT banks_sandbox_of, DROP COLUMN sandbox_of;
    `);
  }
}

const OWN_BANK = `bank_bin = ANY (${VALUES})`;
/** BINs of test institutions begin with 0. */
const REAL = `left(bank_bin, 1) <> '0'`;
const OWN_FIGURES = `market_no IN ${MARKET_NOS} OR (market_no = 0 AND ${IS_PROVINCE} AND ${REAL})`;
const OF_OWN_SUBMISSION = {
  area: `${IS_PROVINCE} AND reaches_submission(submission_id)`,
  bank: 'submission_id IN (SELECT submissions_of_bank())',
};

/** What people of a province reached by that alone, and now reach only of real institutions. */
const CHANGED: Readonly<Record<string, RowRule>> = {
  submissions: { area: `${IS_PROVINCE} AND ${REAL}`, bank: OWN_BANK },
  submission_body_chunks: OF_OWN_SUBMISSION,
  submission_problems: OF_OWN_SUBMISSION,
  current_submissions: { area: `${IS_PROVINCE} AND ${REAL}`, bank: OWN_BANK },
  submission_lines: {
    area: `market_no IN ${MARKET_NOS} OR (market_no = 0 AND ${IS_PROVINCE}
      AND submission_no NOT IN (SELECT sandbox_submission_nos()))`,
    bank: 'submission_no IN (SELECT submission_nos_of_bank())',
  },
  ledger_entries: { area: OWN_FIGURES, bank: OWN_BANK },
  day_totals: { area: OWN_FIGURES, bank: OWN_BANK },
  month_totals: { area: OWN_FIGURES, bank: OWN_BANK },
};

/** Keys and addresses concern the province's administrators; agreements stand beside everybody's totals. */
const NEW: Readonly<Record<string, RowRule>> = {
  bank_keys: { area: IS_PROVINCE, bank: OWN_BANK },
  bank_addresses: { area: IS_PROVINCE, bank: OWN_BANK },
  reporting_agreements: { area: REAL, bank: OWN_BANK },
};

/** The rules of migration 0005, for the way back. */
const FORMER_FIGURES = `market_no IN ${MARKET_NOS} OR (market_no = 0 AND ${IS_PROVINCE})`;
const FORMER_OF_SUBMISSION = { area: IS_PROVINCE, bank: 'submission_id IN (SELECT submissions_of_bank())' };
const FORMER: Readonly<Record<string, RowRule>> = {
  submissions: { area: IS_PROVINCE, bank: OWN_BANK },
  submission_body_chunks: FORMER_OF_SUBMISSION,
  submission_problems: FORMER_OF_SUBMISSION,
  current_submissions: { area: IS_PROVINCE, bank: OWN_BANK },
  submission_lines: { area: FORMER_FIGURES, bank: 'submission_no IN (SELECT submission_nos_of_bank())' },
  ledger_entries: { area: FORMER_FIGURES, bank: OWN_BANK },
  day_totals: { area: FORMER_FIGURES, bank: OWN_BANK },
  month_totals: { area: FORMER_FIGURES, bank: OWN_BANK },
};
