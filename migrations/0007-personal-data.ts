import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Identifiers of persons sealed per field, found by blind index. What stands in the clear columns is sealed right after
 * the migrations, by a step that holds the key (src/platform/secrets/clear-fields.ts); nothing clear comes in any more.
 */
export class PersonalData0007 implements MigrationInterface {
  readonly name = 'PersonalData1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE data_keys (
        name text PRIMARY KEY,
        material bytea NOT NULL,
        created_at timestamptz NOT NULL
      );
      COMMENT ON TABLE data_keys IS 'Keys that outlive sealing keys: the root of the blind indexes';
      COMMENT ON COLUMN data_keys.material IS 'Sealed: 32 bytes';

      CREATE TABLE reveals (
        id uuid PRIMARY KEY,
        staff_id uuid NOT NULL REFERENCES staff (id),
        at timestamptz NOT NULL
      );
      COMMENT ON TABLE reveals IS 'Who was shown personal data within the last hour, to be counted; what and why stands in the trail';
      CREATE INDEX reveals_staff ON reveals (staff_id, at);

      ALTER TABLE vendors
        ADD COLUMN personal_id_sealed bytea,
        ADD COLUMN personal_id_index bytea CHECK (length(personal_id_index) = 32),
        ADD COLUMN phone_sealed bytea,
        ADD COLUMN phone_index bytea CHECK (length(phone_index) = 32),
        ADD COLUMN tax_code_sealed bytea,
        ADD CONSTRAINT vendors_personal_id_index UNIQUE (personal_id_index),
        ADD CONSTRAINT vendors_nothing_clear
          CHECK (personal_id IS NULL AND phone IS NULL AND tax_code IS NULL) NOT VALID;
      COMMENT ON COLUMN vendors.personal_id IS 'Empty since it is sealed; here for the way back';
      COMMENT ON COLUMN vendors.phone IS 'Empty, as personal_id';
      COMMENT ON COLUMN vendors.tax_code IS 'Empty, as personal_id';
      COMMENT ON COLUMN vendors.personal_id_sealed IS 'Sealed: twelve digits, nothing is derived from them';
      COMMENT ON COLUMN vendors.phone_sealed IS 'Sealed: ten digits';
      COMMENT ON COLUMN vendors.tax_code_sealed IS 'Sealed: a household''s is its owner''s personal ID since July 2025';
      COMMENT ON COLUMN vendors.personal_id_index IS 'Blind index (HMAC-SHA-256): equality and uniqueness, nothing else';
      COMMENT ON COLUMN vendors.phone_index IS 'Blind index, as personal_id_index';
      CREATE INDEX vendors_phone_index ON vendors (phone_index);

      ALTER TABLE payout_accounts
        ALTER COLUMN account_number DROP NOT NULL,
        ADD COLUMN account_number_sealed bytea,
        ADD COLUMN account_number_index bytea CHECK (length(account_number_index) = 32),
        ADD CONSTRAINT payout_accounts_number_index UNIQUE (vendor_id, bank_bin, account_number_index),
        ADD CONSTRAINT payout_accounts_has_number
          CHECK (account_number IS NOT NULL OR (account_number_sealed IS NOT NULL AND account_number_index IS NOT NULL)),
        ADD CONSTRAINT payout_accounts_nothing_clear CHECK (account_number IS NULL) NOT VALID;
      COMMENT ON COLUMN payout_accounts.account_number IS 'Empty since it is sealed; here for the way back';
      COMMENT ON COLUMN payout_accounts.account_number_sealed IS
        'Sealed: text, letter case kept: two accounts may differ in case only';
      COMMENT ON COLUMN payout_accounts.account_number_index IS 'Blind index (HMAC-SHA-256): equality and uniqueness, nothing else';
      DROP INDEX payout_accounts_number_lookup;
      CREATE INDEX payout_accounts_number_lookup ON payout_accounts (account_number_index, bank_bin);
    `);
  }

  /** Refused while anything is sealed: without the key it could only be lost. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        IF EXISTS (SELECT FROM vendors WHERE personal_id_sealed IS NOT NULL OR phone_sealed IS NOT NULL
                     OR tax_code_sealed IS NOT NULL)
           OR EXISTS (SELECT FROM payout_accounts WHERE account_number_sealed IS NOT NULL) THEN
          RAISE EXCEPTION 'sealed identifiers would be lost';
        END IF;
      END $$;

      DROP INDEX payout_accounts_number_lookup;
      CREATE INDEX payout_accounts_number_lookup ON payout_accounts (bank_bin, account_number);
      ALTER TABLE payout_accounts
        DROP CONSTRAINT payout_accounts_nothing_clear,
        DROP CONSTRAINT payout_accounts_has_number,
        DROP COLUMN account_number_index,
        DROP COLUMN account_number_sealed,
        ALTER COLUMN account_number SET NOT NULL;
      COMMENT ON COLUMN payout_accounts.account_number IS 'Text, letter case kept: two accounts may differ in case only';

      ALTER TABLE vendors
        DROP CONSTRAINT vendors_nothing_clear,
        DROP COLUMN tax_code_sealed,
        DROP COLUMN phone_index,
        DROP COLUMN phone_sealed,
        DROP COLUMN personal_id_index,
        DROP COLUMN personal_id_sealed;
      COMMENT ON COLUMN vendors.tax_code IS NULL;
      COMMENT ON COLUMN vendors.phone IS NULL;
      COMMENT ON COLUMN vendors.personal_id IS 'Twelve digits; length and digits are all that is checked, nothing is derived';
      DROP TABLE reveals, data_keys;
    `);
  }
}
