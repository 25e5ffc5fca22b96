import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  IDS,
  IS_PROVINCE,
  MARKET_NOS,
  MARKETS,
  protectStatements,
  type RowRule,
  unprotectStatements,
  VALUES,
} from './row-security';

/** Where a role holds, and row-level security on every row that belongs to a province, commune, market or bank. */
export class Scope0005 implements MigrationInterface {
  readonly name = 'Scope1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE staff DROP CONSTRAINT staff_role_check;
      ALTER TABLE staff
        ADD CONSTRAINT staff_role_check CHECK (role IN ('system_admin', 'department_officer', 'department_leader',
          'commune_officer', 'market_board', 'community_team', 'auditor')),
        ADD COLUMN area_kind text NOT NULL DEFAULT 'province' CHECK (area_kind IN ('province', 'communes', 'markets')),
        ADD COLUMN area_codes text[] NOT NULL DEFAULT '{}';
      COMMENT ON COLUMN staff.area_codes IS
        'Codes of the provinces, communes or markets where the role holds; empty for the system''s own province';

      ALTER TABLE vendors ADD COLUMN registered_in uuid REFERENCES markets (id);
      COMMENT ON COLUMN vendors.registered_in IS
        'The market that registered the vendor: its board sees the vendor before there is a lease';
      CREATE INDEX vendors_registered_in ON vendors (registered_in);

      CREATE FUNCTION scope_kind() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT split_part(current_setting('cho40.scope', true), ':', 1) $$;
      COMMENT ON FUNCTION scope_kind() IS 'Who the transaction acts for: system, province, communes, markets, bank, vendor; else nobody';

      CREATE FUNCTION scope_values() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT string_to_array(split_part(current_setting('cho40.scope', true), ':', 2), ',') $$;
      COMMENT ON FUNCTION scope_values() IS 'The codes or the id that the scope names';

      CREATE FUNCTION scope_is_area() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT scope_kind() IN ('province', 'communes', 'markets') $$;
      COMMENT ON FUNCTION scope_is_area() IS 'Whether the transaction acts for a person bound to places';

      ALTER TABLE payout_accounts ADD COLUMN province_code text;
      ALTER TABLE consents ADD COLUMN province_code text;
      UPDATE payout_accounts p SET province_code = v.province_code FROM vendors v WHERE v.id = p.vendor_id;
      UPDATE consents c SET province_code = v.province_code FROM vendors v WHERE v.id = c.vendor_id;
      COMMENT ON COLUMN payout_accounts.province_code IS 'The vendor''s, filled in by trigger: the scope of the row';
      COMMENT ON COLUMN consents.province_code IS 'The vendor''s, filled in by trigger: the scope of the row';
      CREATE FUNCTION carry_province() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.province_code := (SELECT province_code FROM vendors WHERE id = NEW.vendor_id);
        RETURN NEW;
      END $$;
      CREATE TRIGGER payout_accounts_province BEFORE INSERT ON payout_accounts
        FOR EACH ROW EXECUTE FUNCTION carry_province();
      CREATE TRIGGER consents_province BEFORE INSERT ON consents FOR EACH ROW EXECUTE FUNCTION carry_province();
    `);
    for (const [name, { type, query }] of Object.entries(REACHES)) {
      await runner.query(`CREATE FUNCTION ${name}() RETURNS SETOF ${type} LANGUAGE plpgsql STABLE ROWS 200 AS
        $$ BEGIN RETURN QUERY ${query}; END $$`);
    }
    for (const [table, rule] of Object.entries(RULES)) await runner.query(protectStatements(table, rule));
    await runner.query(PARTITIONS_BY_THE_PARENT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(PARTITIONS_AS_BEFORE);
    for (const table of Object.keys(RULES).reverse()) await runner.query(unprotectStatements(table));
    await runner.query(`
      DROP TRIGGER consents_province ON consents;
      DROP TRIGGER payout_accounts_province ON payout_accounts;
      ALTER TABLE consents DROP COLUMN province_code;
      ALTER TABLE payout_accounts DROP COLUMN province_code;
      DROP FUNCTION ${Object.keys(REACHES).join(', ')}, carry_province, scope_is_area, scope_values, scope_kind;
      ALTER TABLE vendors DROP COLUMN registered_in;
      ALTER TABLE staff DROP COLUMN area_codes, DROP COLUMN area_kind, DROP CONSTRAINT staff_role_check;
      ALTER TABLE staff ADD CONSTRAINT staff_role_check
        CHECK (role IN ('system_admin', 'department_officer', 'department_leader', 'auditor'));
    `);
  }
}

/**
 * What a scope reaches, each read under the policies of its own tables. Functions in plpgsql are not looked into by the
 * planner, which keeps plans small, and may ask each other in ways that written-out policies may not.
 */
const REACHES: Readonly<Record<string, { readonly type: string; readonly query: string }>> = {
  scoped_markets: { type: 'uuid', query: 'SELECT id FROM markets' },
  scoped_market_nos: { type: 'integer', query: 'SELECT no FROM markets' },
  scoped_tenants: {
    type: 'uuid',
    query: 'SELECT vendor_id FROM leases WHERE market_id IN (SELECT id FROM markets)',
  },
  scoped_vendors: {
    type: 'uuid',
    query: `SELECT vendor_id FROM leases WHERE market_id IN (SELECT id FROM markets)
      UNION SELECT id FROM vendors WHERE registered_in IN (SELECT id FROM markets)`,
  },
  scoped_accounts: { type: 'uuid', query: 'SELECT id FROM payout_accounts WHERE bank_bin = ANY (scope_values())' },
  scoped_files: { type: 'uuid', query: 'SELECT file_id FROM card_packs WHERE file_id IS NOT NULL' },
  markets_of_bank: { type: 'uuid', query: 'SELECT market_id FROM payout_assignments' },
  stalls_of_bank: { type: 'uuid', query: 'SELECT stall_id FROM payout_assignments' },
  submissions_of_bank: { type: 'uuid', query: 'SELECT id FROM submissions WHERE bank_bin = ANY (scope_values())' },
  submission_nos_of_bank: { type: 'bigint', query: 'SELECT no FROM submissions WHERE bank_bin = ANY (scope_values())' },
  markets_of_vendor: { type: 'uuid', query: 'SELECT market_id FROM leases' },
  stalls_of_vendor: { type: 'uuid', query: 'SELECT stall_id FROM leases' },
  accounts_of_vendor: { type: 'uuid', query: 'SELECT id FROM payout_accounts' },
};

const OWN_MARKET = `market_id IN ${MARKETS}`;
const OWN_BANK = `bank_bin = ANY (${VALUES})`;
const OWN_VENDOR = `vendor_id = ANY (${IDS})`;
const OWN_PROVINCE = `province_code = ANY (${VALUES})`;
/** Suspense belongs to no market: the province decides it. */
const OWN_FIGURES = `market_no IN ${MARKET_NOS} OR (market_no = 0 AND ${IS_PROVINCE})`;
const OF_VENDOR_IN_AREA = `CASE WHEN ${IS_PROVINCE} THEN ${OWN_PROVINCE} ELSE vendor_id IN (SELECT scoped_vendors()) END`;
const OF_OWN_SUBMISSION = { area: IS_PROVINCE, bank: 'submission_id IN (SELECT submissions_of_bank())' };

/** Every scoped table. */
const RULES: Readonly<Record<string, RowRule>> = {
  markets: {
    area: `CASE (SELECT scope_kind()) WHEN 'province' THEN province_code WHEN 'communes' THEN commune_code ELSE code END
      = ANY (${VALUES})`,
    bank: 'id IN (SELECT markets_of_bank())',
    vendor: 'id IN (SELECT markets_of_vendor())',
  },
  zones: { area: OWN_MARKET, bank: OWN_MARKET, vendor: OWN_MARKET },
  leases: { area: OWN_MARKET, vendor: OWN_VENDOR },
  vendors: {
    area: `CASE WHEN ${IS_PROVINCE} THEN ${OWN_PROVINCE}
      ELSE registered_in IN ${MARKETS} OR id IN (SELECT scoped_tenants()) END`,
    vendor: `id = ANY (${IDS})`,
  },
  payout_accounts: { area: OF_VENDOR_IN_AREA, bank: OWN_BANK, vendor: OWN_VENDOR },
  payout_assignments: {
    area: OWN_MARKET,
    bank: 'payout_account_id IN (SELECT scoped_accounts())',
    vendor: 'payout_account_id IN (SELECT accounts_of_vendor())',
  },
  stalls: { area: OWN_MARKET, bank: 'id IN (SELECT stalls_of_bank())', vendor: 'id IN (SELECT stalls_of_vendor())' },
  consents: { area: OF_VENDOR_IN_AREA, vendor: OWN_VENDOR },
  qr_issues: { area: OWN_MARKET, vendor: OWN_VENDOR },
  card_packs: { area: OWN_MARKET },
  stored_files: { area: 'id IN (SELECT scoped_files())' },
  stored_file_chunks: { area: 'file_id IN (SELECT scoped_files())' },
  launch_transitions: { area: OWN_MARKET },
  submissions: { area: IS_PROVINCE, bank: OWN_BANK },
  submission_body_chunks: OF_OWN_SUBMISSION,
  submission_problems: OF_OWN_SUBMISSION,
  current_submissions: { area: IS_PROVINCE, bank: OWN_BANK },
  submission_lines: { area: OWN_FIGURES, bank: 'submission_no IN (SELECT submission_nos_of_bank())' },
  ledger_entries: { area: OWN_FIGURES, bank: OWN_BANK },
  day_totals: { area: OWN_FIGURES, bank: OWN_BANK },
  month_totals: { area: OWN_FIGURES, bank: OWN_BANK },
  stall_month_totals: { area: `market_no IN ${MARKET_NOS}` },
};

const MAKE_PARTITION = (last: string): string => `
      CREATE OR REPLACE FUNCTION ensure_line_partition(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
      DECLARE
        first date := date_trunc('month', day)::date;
        name text := 'submission_lines_' || to_char(day, 'YYYYMM');
      BEGIN
        IF EXISTS (SELECT FROM pg_class c WHERE c.relname = name) THEN RETURN; END IF;
        PERFORM pg_advisory_xact_lock(hashtext('submission_lines'));
        -- Asked of the table, not of to_regclass: its cache does not hear what was committed while we waited.
        IF EXISTS (SELECT FROM pg_class c WHERE c.relname = name) THEN RETURN; END IF;
        -- Made beside the table and attached: PARTITION OF would wait for every posting and hold up every reader.
        EXECUTE format('CREATE TABLE %I (LIKE submission_lines INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
        EXECUTE format('ALTER TABLE submission_lines ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                       name, first, (first + interval '1 month')::date);${last}
      END $$;`;

/**
 * COPY cannot write a table under row-level security, so lines are copied into their month's partition, which has none –
 * and which, besides being copied into, the application can only reach through the table above it, under its policy.
 */
const PARTITIONS_BY_THE_PARENT = `
  CREATE FUNCTION only_copied_into(partition regclass) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    grantee text;
  BEGIN
    FOR grantee IN SELECT DISTINCT acl.grantee::regrole::text FROM pg_class c, aclexplode(c.relacl) acl
      WHERE c.oid = partition AND acl.grantee <> c.relowner AND acl.grantee <> 0
    LOOP
      EXECUTE format('REVOKE SELECT, UPDATE, DELETE ON %s FROM %s', partition, grantee);
    END LOOP;
  END $$;
  REVOKE EXECUTE ON FUNCTION only_copied_into(regclass) FROM PUBLIC;
  ${MAKE_PARTITION(`
        PERFORM only_copied_into(format('%I', name)::regclass);`)}
  SELECT only_copied_into(inhrelid) FROM pg_inherits WHERE inhparent = 'submission_lines'::regclass;`;

const PARTITIONS_AS_BEFORE = `
  ${MAKE_PARTITION('')}
  DO $$
  DECLARE
    name regclass;
  BEGIN
    FOR name IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'submission_lines'::regclass LOOP
      EXECUTE format('GRANT SELECT, UPDATE, DELETE ON %s TO %I', name, current_setting('cho40.app_role'));
    END LOOP;
  END $$;
  DROP FUNCTION only_copied_into(regclass);`;
