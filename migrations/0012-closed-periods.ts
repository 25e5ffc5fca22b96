import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IS_PROVINCE, protectStatements, unprotectStatements, VALUES } from './row-security';

/** Months whose figures are final: what changes them waits for a second person, and stands as a restatement. */
export class ClosedPeriods0012 implements MigrationInterface {
  readonly name = 'ClosedPeriods1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE closed_periods (
        id uuid PRIMARY KEY,
        province_code text NOT NULL,
        calendar text NOT NULL CHECK (calendar IN ('administrative', 'calendar')),
        month date NOT NULL CHECK (extract(day FROM month) = 1),
        from_day date NOT NULL,
        to_day date NOT NULL CHECK (to_day >= from_day),
        note text,
        closed_by text NOT NULL,
        closed_at timestamptz NOT NULL,
        ledger_mark bigint NOT NULL,
        reopened_by text,
        reopened_at timestamptz,
        reopen_reason text,
        reopen_mark bigint,
        CONSTRAINT closed_periods_reopened CHECK ((reopened_at IS NULL) = (reopened_by IS NULL)
          AND (reopened_at IS NULL) = (reopen_reason IS NULL) AND (reopened_at IS NULL) = (reopen_mark IS NULL))
      );
      COMMENT ON TABLE closed_periods IS 'Months that a leader closed (chốt số liệu); a day is closed while one of them holds it';
      COMMENT ON COLUMN closed_periods.calendar IS 'administrative: from the 15th of the month before to the 14th; calendar: first to last day';
      COMMENT ON COLUMN closed_periods.month IS 'First day of the month that names the period';
      COMMENT ON COLUMN closed_periods.ledger_mark IS 'The last ledger entry of the closed figures: entries after it are restatements';
      COMMENT ON COLUMN closed_periods.reopen_mark IS 'The last ledger entry that restated the period before it was opened again';
      CREATE UNIQUE INDEX closed_periods_once ON closed_periods (province_code, calendar, month) WHERE reopened_at IS NULL;
      CREATE INDEX closed_periods_days ON closed_periods (to_day, from_day) WHERE reopened_at IS NULL;

      CREATE FUNCTION scoped_provinces() RETURNS SETOF text LANGUAGE plpgsql STABLE ROWS 1 AS
        $$ BEGIN RETURN QUERY SELECT DISTINCT province_code FROM markets; END $$;
      COMMENT ON FUNCTION scoped_provinces() IS 'The provinces of the markets in reach';
      ${protectStatements('closed_periods', {
        area: `CASE WHEN ${IS_PROVINCE} THEN province_code = ANY (${VALUES})
          ELSE province_code IN (SELECT scoped_provinces()) END`,
      })}

      -- Closing takes the same lock alone: no entry is between its number and its commit while the mark is read.
      CREATE FUNCTION share_closings() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(4040404012);
        RETURN NULL;
      END $$;
      CREATE TRIGGER ledger_entries_share_closings BEFORE INSERT ON ledger_entries
        FOR EACH STATEMENT EXECUTE FUNCTION share_closings();

      ALTER TABLE submissions ADD COLUMN held_at timestamptz, ADD COLUMN released_at timestamptz,
        ADD CONSTRAINT submissions_released CHECK (released_at IS NULL OR held_at IS NOT NULL);
      COMMENT ON COLUMN submissions.held_at IS
        'Found right, but its day lies in a closed period: since when it waits for a second person';
      COMMENT ON COLUMN submissions.amount IS 'Control total in đồng, as declared and checked; null until found right';
      COMMENT ON COLUMN submissions.released_at IS 'When the second person let it into the closed period';
      CREATE INDEX submissions_held ON submissions (held_at)
        WHERE held_at IS NOT NULL AND released_at IS NULL AND state = 'RECEIVED';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX submissions_held;
      COMMENT ON COLUMN submissions.amount IS 'Control total in đồng, as declared and checked; null until ACCEPTED';
      ALTER TABLE submissions DROP CONSTRAINT submissions_released, DROP COLUMN released_at, DROP COLUMN held_at;
      DROP TRIGGER ledger_entries_share_closings ON ledger_entries;
      DROP FUNCTION share_closings();
      ${unprotectStatements('closed_periods')}
      DROP TABLE closed_periods;
      DROP FUNCTION scoped_provinces();
    `);
  }
}
