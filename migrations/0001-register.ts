import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Administrative units, banks, markets, stalls, vendors, leases, payout accounts, consents. */
export class Register0001 implements MigrationInterface {
  readonly name = 'Register1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS btree_gist;

      CREATE TABLE settings (
        key text PRIMARY KEY,
        value jsonb NOT NULL
      );
      COMMENT ON TABLE settings IS 'Configuration that belongs to the data: the province, the demo mark';

      CREATE TABLE administrative_units (
        code text NOT NULL CHECK (code ~ '^([0-9]{2}|[0-9]{5})$'),
        level text NOT NULL CHECK (level IN ('province', 'commune')),
        name text NOT NULL,
        kind text NOT NULL,
        province_code text NOT NULL,
        search_name text NOT NULL,
        valid_from date NOT NULL,
        valid_to date CHECK (valid_to >= valid_from),
        CONSTRAINT administrative_units_pk PRIMARY KEY (code, valid_from),
        CONSTRAINT administrative_units_no_overlap
          EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
      );
      COMMENT ON TABLE administrative_units IS 'Provinces and communes, dated rows; codes are text with leading zeros';
      COMMENT ON COLUMN administrative_units.valid_to IS 'Last day on which the unit exists; null while it does';
      CREATE INDEX administrative_units_province ON administrative_units (province_code, level);

      CREATE TABLE administrative_successions (
        former_key text NOT NULL,
        former_code text CHECK (former_code ~ '^[0-9]{5}$'),
        former_name text NOT NULL,
        former_district text NOT NULL,
        former_province text NOT NULL,
        successor_code text NOT NULL,
        effective_on date NOT NULL,
        is_split boolean NOT NULL,
        CONSTRAINT administrative_successions_pk PRIMARY KEY (former_key, successor_code, effective_on)
      );
      COMMENT ON TABLE administrative_successions IS 'Which unit a former commune went to; is_split when it went to several';
      COMMENT ON COLUMN administrative_successions.former_key IS
        'Province, district and commune by name, case and place of the tone mark aside: 773 former communes have no code in the data set';
      CREATE INDEX administrative_successions_code ON administrative_successions (former_code);
      CREATE INDEX administrative_successions_successor ON administrative_successions (successor_code);

      CREATE TABLE banks (
        bin text PRIMARY KEY CHECK (bin ~ '^[0-9]{6}$'),
        code text NOT NULL,
        short_name text NOT NULL,
        legal_name text NOT NULL,
        payer_app_scans boolean NOT NULL,
        name_lookup boolean NOT NULL,
        note text NOT NULL DEFAULT ''
      );
      COMMENT ON TABLE banks IS 'Directory of institutions by BIN (SBV letter 1589/NHNN-TT and later facts); short codes clash';

      CREATE TABLE bank_names (
        bank_bin text NOT NULL REFERENCES banks (bin),
        name text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('code', 'short', 'legal', 'usual', 'former')),
        valid_from date,
        valid_to date,
        CONSTRAINT bank_names_pk PRIMARY KEY (bank_bin, kind, name)
      );
      COMMENT ON TABLE bank_names IS 'Every name a bank is or was known by, for reading lists; dated where the change is known';

      CREATE TABLE reporting_agreements (
        id uuid PRIMARY KEY,
        bank_bin text NOT NULL REFERENCES banks (bin),
        valid_from date NOT NULL,
        valid_to date CHECK (valid_to >= valid_from),
        expected_parts smallint NOT NULL DEFAULT 1 CHECK (expected_parts BETWEEN 1 AND 999),
        CONSTRAINT reporting_agreements_no_overlap
          EXCLUDE USING gist (bank_bin WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
      );
      COMMENT ON TABLE reporting_agreements IS 'From when to when an institution is expected to report: the denominator of coverage';

      CREATE TABLE markets (
        id uuid PRIMARY KEY,
        no integer GENERATED ALWAYS AS IDENTITY,
        code text NOT NULL CHECK (code ~ '^[A-Z0-9]{4,16}$'),
        name text NOT NULL,
        aliases text[] NOT NULL DEFAULT '{}',
        search_text text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('market', 'shopping_centre', 'supermarket')),
        market_kind text CHECK (market_kind IN
          ('civil', 'wholesale_hub', 'night', 'periodic', 'floating', 'temporary', 'spontaneous')),
        capital_source text CHECK (capital_source IN ('state', 'private', 'mixed')),
        build text NOT NULL CHECK (build IN ('solid', 'semi_solid', 'other')),
        in_plan boolean NOT NULL,
        planned_points integer NOT NULL CHECK (planned_points >= 0),
        operating_points integer NOT NULL CHECK (operating_points >= 0),
        area_m2 numeric(12, 2) CHECK (area_m2 >= 0),
        official_class smallint CHECK (official_class BETWEEN 1 AND 3),
        class_decision text,
        class_decision_on date,
        operator_name text,
        operator_kind text CHECK (operator_kind IN ('board', 'cooperative', 'company', 'people_committee', 'household')),
        operator_tax_code text,
        address text,
        latitude numeric(9, 6) CHECK (latitude BETWEEN -90 AND 90),
        longitude numeric(9, 6) CHECK (longitude BETWEEN -180 AND 180),
        opens text CHECK (opens ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        closes text CHECK (closes ~ '^([01][0-9]|2[0-4]):[0-5][0-9]$'),
        rules_document text,
        province_code text NOT NULL,
        commune_code text NOT NULL,
        former_commune_code text,
        former_commune text,
        state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'surveyed', 'planned', 'preparing',
          'eligible', 'scheduled', 'launched', 'operating', 'suspended', 'withdrawn', 'closed')),
        state_since date NOT NULL,
        below_criteria boolean NOT NULL DEFAULT false,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT markets_code UNIQUE (code),
        CONSTRAINT markets_no UNIQUE (no)
      );
      COMMENT ON COLUMN markets.no IS 'Short key inside the ledger';
      COMMENT ON COLUMN markets.code IS 'Ours, printed and reported; never reused';
      COMMENT ON COLUMN markets.official_class IS 'Class by decision; the computed suggestion never overwrites it (Decree 60/2024)';
      COMMENT ON COLUMN markets.former_commune IS 'Former commune, district, province as the list named them (before 2025-07-01)';
      COMMENT ON COLUMN markets.search_text IS 'Code, name and aliases folded: lower case, no accents';
      CREATE INDEX markets_name ON markets (name COLLATE "vi-x-icu", id);
      CREATE INDEX markets_commune ON markets (commune_code);

      CREATE TABLE zones (
        id uuid PRIMARY KEY,
        market_id uuid NOT NULL REFERENCES markets (id),
        name text NOT NULL,
        ordinal integer NOT NULL,
        CONSTRAINT zones_name UNIQUE (market_id, name)
      );

      CREATE TABLE stalls (
        id uuid PRIMARY KEY,
        no integer GENERATED ALWAYS AS IDENTITY,
        market_id uuid NOT NULL REFERENCES markets (id),
        zone_id uuid REFERENCES zones (id),
        code text NOT NULL CHECK (code ~ '^CHO[0-9A-HJKMNP-TV-Z]{8}$'),
        number text NOT NULL,
        number_key text NOT NULL,
        sort_key text NOT NULL,
        search_text text NOT NULL,
        trade_line text,
        mcc text CHECK (mcc ~ '^[0-9]{4}$'),
        area_m2 numeric(8, 2) CHECK (area_m2 >= 0),
        fixed boolean NOT NULL DEFAULT true,
        soundbox boolean NOT NULL DEFAULT false,
        state text NOT NULL DEFAULT 'operating' CHECK (state IN ('operating', 'paused', 'vacant', 'closed')),
        opened_on date NOT NULL,
        closed_on date CHECK (closed_on >= opened_on),
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT stalls_no UNIQUE (no),
        CONSTRAINT stalls_code UNIQUE (code),
        CONSTRAINT stalls_number UNIQUE (market_id, number_key)
      );
      COMMENT ON COLUMN stalls.number IS 'As painted: "Ô 12A"';
      COMMENT ON COLUMN stalls.number_key IS 'The number without spaces and case: what must be unique in a market';
      COMMENT ON COLUMN stalls.sort_key IS 'Natural order: digit runs padded, so that Ô 2 stands before Ô 10';
      COMMENT ON COLUMN stalls.fixed IS 'False for ambulant sellers, who are not counted as fixed points';
      CREATE INDEX stalls_market_order ON stalls (market_id, sort_key, id);

      CREATE TABLE vendors (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('individual', 'household_business', 'enterprise')),
        full_name text NOT NULL,
        search_text text NOT NULL,
        personal_id text CHECK (personal_id ~ '^[0-9]{12}$'),
        tax_code text CHECK (tax_code ~ '^([0-9]{10}|[0-9]{12}|[0-9]{13})$'),
        household_name text,
        phone text CHECK (phone ~ '^0[0-9]{9}$'),
        address text,
        province_code text NOT NULL,
        state text NOT NULL DEFAULT 'draft' CHECK (state IN
          ('draft', 'submitted', 'approved', 'returned', 'rejected', 'suspended', 'ceased')),
        state_reason text,
        submitted_by uuid,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT vendors_personal_id UNIQUE (personal_id)
      );
      COMMENT ON COLUMN vendors.personal_id IS 'Twelve digits; length and digits are all that is checked, nothing is derived';
      COMMENT ON COLUMN vendors.submitted_by IS 'Whoever submits may not approve';
      CREATE INDEX vendors_name ON vendors (full_name COLLATE "vi-x-icu", id);

      CREATE TABLE leases (
        id uuid PRIMARY KEY,
        stall_id uuid NOT NULL REFERENCES stalls (id),
        vendor_id uuid NOT NULL REFERENCES vendors (id),
        market_id uuid NOT NULL REFERENCES markets (id),
        from_day date NOT NULL,
        to_day date CHECK (to_day >= from_day),
        from_day_known boolean NOT NULL DEFAULT true,
        note text,
        created_at timestamptz NOT NULL,
        CONSTRAINT leases_no_overlap
          EXCLUDE USING gist (stall_id WITH =, daterange(from_day, to_day, '[]') WITH &&)
      );
      COMMENT ON COLUMN leases.to_day IS 'Last day of the lease, included; null while it runs';
      COMMENT ON COLUMN leases.from_day_known IS 'False when the list named no day and the day of registration stands in';
      COMMENT ON COLUMN leases.note IS 'The remark of the list it came from: data, whatever it says';
      CREATE INDEX leases_vendor ON leases (vendor_id);
      CREATE INDEX leases_market ON leases (market_id);

      CREATE TABLE payout_accounts (
        id uuid PRIMARY KEY,
        vendor_id uuid NOT NULL REFERENCES vendors (id),
        bank_bin text NOT NULL REFERENCES banks (bin),
        account_number text NOT NULL CHECK (account_number ~ '^[0-9A-Za-z]{6,19}$'),
        holder_name text,
        kind text NOT NULL DEFAULT 'personal' CHECK (kind IN
          ('personal', 'household_business', 'organisation', 'wallet', 'mobile_money', 'virtual_account')),
        scheme text NOT NULL DEFAULT 'VIETQR_TRANSFER' CHECK (scheme IN ('VIETQR_TRANSFER', 'VIETQR_PAY')),
        attention text[] NOT NULL DEFAULT '{}',
        verified_how text CHECK (verified_how IN ('bank_reply', 'test_transfer', 'app_scan', 'paper')),
        verified_by uuid,
        verified_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        CONSTRAINT payout_accounts_number UNIQUE (vendor_id, bank_bin, account_number),
        CONSTRAINT payout_accounts_verified CHECK ((verified_how IS NULL) = (verified_at IS NULL))
      );
      COMMENT ON COLUMN payout_accounts.account_number IS 'Text, letter case kept: two accounts may differ in case only';
      COMMENT ON COLUMN payout_accounts.attention IS 'Marks for a person, not blocks: holder_other_person, holder_lacks_registered_name (Circular 25/2025)';
      CREATE INDEX payout_accounts_number_lookup ON payout_accounts (bank_bin, account_number);

      CREATE TABLE payout_assignments (
        id uuid PRIMARY KEY,
        stall_id uuid NOT NULL REFERENCES stalls (id),
        payout_account_id uuid NOT NULL REFERENCES payout_accounts (id),
        market_id uuid NOT NULL REFERENCES markets (id),
        from_day date NOT NULL,
        to_day date CHECK (to_day >= from_day),
        created_at timestamptz NOT NULL,
        CONSTRAINT payout_assignments_no_overlap
          EXCLUDE USING gist (stall_id WITH =, daterange(from_day, to_day, '[]') WITH &&)
      );
      COMMENT ON TABLE payout_assignments IS 'Which account the customers of a stall pay into, from day to day';
      CREATE INDEX payout_assignments_account ON payout_assignments (payout_account_id);

      CREATE TABLE consents (
        id uuid PRIMARY KEY,
        vendor_id uuid NOT NULL REFERENCES vendors (id),
        purpose text NOT NULL CHECK (purpose IN ('register', 'stall_figures', 'public_listing')),
        text_version text NOT NULL,
        given_how text NOT NULL CHECK (given_how IN ('form', 'thumbprint', 'link')),
        given_at timestamptz NOT NULL,
        withdrawn_at timestamptz CHECK (withdrawn_at >= given_at),
        CONSTRAINT consents_no_overlap EXCLUDE USING gist
          (vendor_id WITH =, purpose WITH =, tstzrange(given_at, withdrawn_at) WITH &&)
      );
      COMMENT ON TABLE consents IS 'Stall-level figures exist only under a live stall_figures consent (Decree 117/2018)';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE consents, payout_assignments, payout_accounts, leases, vendors, stalls, zones, markets,
        reporting_agreements, bank_names, banks, administrative_successions, administrative_units, settings;
      DROP EXTENSION btree_gist;
    `);
  }
}
