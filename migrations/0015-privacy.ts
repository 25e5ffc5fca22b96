import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IDS, IS_PROVINCE, protectStatements, VALUES } from './row-security';

/** Requests of the persons whose data we hold, the days nobody works on, links of vendors, and what was purged. */
export class Privacy0015 implements MigrationInterface {
  readonly name = 'Privacy1764000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE holidays (
        day date PRIMARY KEY,
        name text NOT NULL
      );
      COMMENT ON TABLE holidays IS 'Days off besides Saturdays and Sundays: they do not count as working days';
      ${HOLIDAYS}

      CREATE TABLE data_requests (
        id uuid PRIMARY KEY,
        province_code text NOT NULL,
        vendor_id uuid REFERENCES vendors (id),
        subject_name text NOT NULL,
        kind text NOT NULL CHECK (kind IN
          ('access', 'copy', 'correction', 'deletion', 'restriction', 'objection', 'consent_withdrawal', 'complaint')),
        details text NOT NULL,
        received_how text NOT NULL CHECK (received_how IN ('counter', 'letter', 'phone', 'email', 'link')),
        received_on date NOT NULL,
        due_on date NOT NULL CHECK (due_on > received_on),
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'refused', 'withdrawn')),
        answer text,
        answered_on date,
        answered_by uuid REFERENCES staff (id),
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT data_requests_answered CHECK ((state = 'open') = (answered_on IS NULL))
      );
      COMMENT ON TABLE data_requests IS 'What persons ask about their data, answered within 2 working days (Decree 356/2025)';
      COMMENT ON COLUMN data_requests.vendor_id IS 'Null for a person who is no vendor, or not found yet';
      COMMENT ON COLUMN data_requests.due_on IS 'Second working day after the day of receipt';
      CREATE INDEX data_requests_open ON data_requests (due_on, id) WHERE state = 'open';
      CREATE INDEX data_requests_vendor ON data_requests (vendor_id);
      ${protectStatements('data_requests', {
        area: `CASE WHEN ${IS_PROVINCE} THEN province_code = ANY (${VALUES}) ELSE vendor_id IN (SELECT scoped_vendors()) END`,
        vendor: `vendor_id = ANY (${IDS})`,
      })}

      CREATE TABLE vendor_links (
        id uuid PRIMARY KEY,
        vendor_id uuid NOT NULL REFERENCES vendors (id),
        token_hash bytea NOT NULL,
        made_by text NOT NULL,
        made_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        last_used_on date,
        CONSTRAINT vendor_links_token UNIQUE (token_hash)
      );
      COMMENT ON TABLE vendor_links IS 'A vendor''s own way in, without a password: the secret is shown once, here is its SHA-256';
      CREATE INDEX vendor_links_vendor ON vendor_links (vendor_id);
      ${protectStatements('vendor_links', {
        area: `CASE WHEN ${IS_PROVINCE} THEN EXISTS (SELECT FROM vendors v WHERE v.id = vendor_id)
          ELSE vendor_id IN (SELECT scoped_vendors()) END`,
      })}

      CREATE TABLE purges (
        id uuid PRIMARY KEY,
        rule text NOT NULL,
        older_than date NOT NULL,
        purged integer NOT NULL,
        purged_by text NOT NULL,
        purged_at timestamptz NOT NULL
      );
      COMMENT ON TABLE purges IS 'What retention has removed, and who had it removed';

      ALTER TABLE vendors ADD COLUMN purged_at timestamptz;
      COMMENT ON COLUMN vendors.purged_at IS 'When retention removed what identifies the person; the chain of facts stays';
      ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_actor_kind_check;
      ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_actor_kind_check
        CHECK (actor_kind IN ('staff', 'bank', 'system', 'cli', 'vendor'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_actor_kind_check;
      ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_actor_kind_check
        CHECK (actor_kind IN ('staff', 'bank', 'system', 'cli'));
      ALTER TABLE vendors DROP COLUMN purged_at;
      DROP TABLE purges, vendor_links, data_requests, holidays;
    `);
  }
}

/** Public holidays of the Labour Code (art. 112) with the days off in lieu; Tết by the lunar calendar. Later years by import. */
const HOLIDAYS = `
      INSERT INTO holidays (day, name) VALUES
        ('2026-01-01', 'Tết Dương lịch'),
        ('2026-02-16', 'Tết Nguyên đán'), ('2026-02-17', 'Tết Nguyên đán'), ('2026-02-18', 'Tết Nguyên đán'),
        ('2026-02-19', 'Tết Nguyên đán'), ('2026-02-20', 'Tết Nguyên đán'),
        ('2026-04-27', 'Giỗ Tổ Hùng Vương (nghỉ bù)'),
        ('2026-04-30', 'Ngày Chiến thắng'), ('2026-05-01', 'Quốc tế Lao động'),
        ('2026-09-01', 'Quốc khánh'), ('2026-09-02', 'Quốc khánh'),
        ('2027-01-01', 'Tết Dương lịch'),
        ('2027-02-05', 'Tết Nguyên đán'), ('2027-02-08', 'Tết Nguyên đán'), ('2027-02-09', 'Tết Nguyên đán'),
        ('2027-02-10', 'Tết Nguyên đán'), ('2027-02-11', 'Tết Nguyên đán (nghỉ bù)'),
        ('2027-04-16', 'Giỗ Tổ Hùng Vương'),
        ('2027-04-30', 'Ngày Chiến thắng'), ('2027-05-03', 'Quốc tế Lao động (nghỉ bù)'),
        ('2027-09-02', 'Quốc khánh'), ('2027-09-03', 'Quốc khánh');`;
