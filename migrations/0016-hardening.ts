import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IDS, IS_PROVINCE, protectStatements, type RowRule, VALUES } from './row-security';

/** What a review of the protection before it found open; each part says what could be done without it. */
export class Hardening0016 implements MigrationInterface {
  readonly name = 'Hardening1764000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION reaches_stall(stall_code text) RETURNS boolean LANGUAGE plpgsql STABLE AS
        $$ BEGIN RETURN EXISTS (SELECT FROM stalls WHERE code = stall_code); END $$;
      COMMENT ON FUNCTION reaches_stall(text) IS 'Whether the scope reaches the stall of this code';

      -- Which account it is decides where money goes: the way to another one leads over two people, not over this row.
      CREATE FUNCTION keep_account() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'an account never becomes another one' USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER payout_accounts_kept BEFORE UPDATE ON payout_accounts FOR EACH ROW
        WHEN ((NEW.vendor_id, NEW.bank_bin) IS DISTINCT FROM (OLD.vendor_id, OLD.bank_bin)
          OR (OLD.account_number_index IS NOT NULL
            AND NEW.account_number_index IS DISTINCT FROM OLD.account_number_index))
        EXECUTE FUNCTION keep_account();

      CREATE TABLE missed_lookups (
        id uuid PRIMARY KEY,
        staff_id uuid NOT NULL REFERENCES staff (id),
        at timestamptz NOT NULL
      );
      COMMENT ON TABLE missed_lookups IS
        'Who within the last hour looked up an identifier that nobody has, to be counted: masks are not guessed at';
      CREATE INDEX missed_lookups_staff ON missed_lookups (staff_id, at);

      ${forOurFunctions('p.proconfig IS NULL', 'SET search_path = public, pg_temp')}
    `);
    for (const [table, rule] of Object.entries(CHANGED)) await runner.query(replaceStatements(table, rule));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, rule] of Object.entries(FORMER)) await runner.query(replaceStatements(table, rule));
    await runner.query(`
      DROP TABLE missed_lookups;
      DROP TRIGGER payout_accounts_kept ON payout_accounts;
      DROP FUNCTION keep_account(), reaches_stall(text);
      ${forOurFunctions(`p.proname <> 'ensure_line_partition'`, 'RESET search_path')}
    `);
  }
}

/**
 * A temporary table is found before one of ours: whoever has a connection could hand a policy's or a trigger's function
 * a table of their own. Only functions that read no table are left as they are: the planner may look into them.
 */
function forOurFunctions(which: string, change: string): string {
  return `DO $$
    DECLARE
      ours regprocedure;
    BEGIN
      FOR ours IN SELECT p.oid FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
        WHERE p.pronamespace = 'public'::regnamespace AND ${which}
          AND (l.lanname = 'plpgsql' OR (l.lanname = 'sql' AND p.prosrc ~ '\\mFROM\\M'))
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
      LOOP
        EXECUTE format('ALTER FUNCTION %s ${change}', ours);
      END LOOP;
    END $$;`;
}

const OWN_BANK = `bank_bin = ANY (${VALUES})`;
/** BINs of test institutions begin with 0. */
const REAL = `left(bank_bin, 1) <> '0'`;
const OF_OWN_PROVINCE = `CASE WHEN ${IS_PROVINCE} THEN province_code = ANY (${VALUES})`;
const OWN_VENDOR = `vendor_id = ANY (${IDS})`;

const CHANGED: Readonly<Record<string, RowRule>> = {
  // That a bank has reported a day stands beside everybody's totals; without it a board read that nothing had come.
  current_submissions: { area: REAL, bank: OWN_BANK },
  // A vendor of two markets: what was told about a stall is read where the stall is.
  notices: {
    area: `${OF_OWN_PROVINCE}
      ELSE vendor_id IN (SELECT scoped_vendors()) AND (about_type <> 'stall' OR reaches_stall(about_id)) END`,
    vendor: OWN_VENDOR,
  },
};

/** The rules of migrations 0010 and 0011, for the way back. */
const FORMER: Readonly<Record<string, RowRule>> = {
  current_submissions: { area: `${IS_PROVINCE} AND ${REAL}`, bank: OWN_BANK },
  notices: { area: `${OF_OWN_PROVINCE} ELSE vendor_id IN (SELECT scoped_vendors()) END`, vendor: OWN_VENDOR },
};

function replaceStatements(table: string, rule: RowRule): string {
  return `DROP POLICY ${table}_scope ON ${table}; ${protectStatements(table, rule)}`;
}
