import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What banks report: submissions, their lines, the append-only ledger of figures, and the rollups read by screens. */
export class Ledger0004 implements MigrationInterface {
  readonly name = 'Ledger1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE submissions (
        id uuid PRIMARY KEY,
        no bigint GENERATED ALWAYS AS IDENTITY,
        bank_bin text NOT NULL REFERENCES banks (bin),
        reference text NOT NULL CHECK (reference ~ '^[A-Za-z0-9._-]{1,64}$'),
        business_date date NOT NULL,
        part smallint NOT NULL CHECK (part BETWEEN 1 AND 999),
        revision smallint NOT NULL CHECK (revision BETWEEN 1 AND 999),
        granularity text NOT NULL CHECK (granularity IN ('stall', 'market')),
        format text NOT NULL CHECK (format IN ('json', 'ndjson', 'csv', 'xlsx', 'camt')),
        state text NOT NULL CHECK (state IN ('RECEIVED', 'PROCESSING', 'ACCEPTED', 'REJECTED', 'SUPERSEDED')),
        body_sha256 bytea NOT NULL,
        byte_count bigint NOT NULL,
        body_line_count integer NOT NULL,
        line_count integer,
        transaction_count bigint,
        amount bigint,
        reversal_count bigint,
        reversal_amount bigint,
        problem_count integer NOT NULL DEFAULT 0,
        key_id text NOT NULL,
        received_at timestamptz NOT NULL,
        accepted_at timestamptz,
        rejected_at timestamptz,
        superseded_at timestamptz,
        superseded_by uuid REFERENCES submissions (id),
        attempts integer NOT NULL DEFAULT 0,
        claimed_at timestamptz,
        CONSTRAINT submissions_no UNIQUE (no)
      );
      COMMENT ON COLUMN submissions.no IS 'Short key inside the ledger';
      COMMENT ON COLUMN submissions.body_sha256 IS 'Of the bytes as received: the evidence, and the guard against sending twice';
      COMMENT ON COLUMN submissions.amount IS 'Control total in đồng, as declared and checked; null until ACCEPTED';
      COMMENT ON COLUMN submissions.claimed_at IS 'When a worker last took it up; the state RECEIVED or PROCESSING is what counts';
      CREATE UNIQUE INDEX submissions_reference ON submissions (bank_bin, reference) WHERE state <> 'REJECTED';
      CREATE UNIQUE INDEX submissions_revision ON submissions (bank_bin, business_date, part, revision)
        WHERE state <> 'REJECTED';
      CREATE INDEX submissions_open ON submissions (received_at) WHERE state IN ('RECEIVED', 'PROCESSING');
      CREATE INDEX submissions_newest ON submissions (received_at DESC, id DESC);
      CREATE INDEX submissions_bank_newest ON submissions (bank_bin, received_at DESC, id DESC);

      CREATE TABLE submission_body_chunks (
        submission_id uuid NOT NULL,
        seq integer NOT NULL,
        bytes bytea NOT NULL,
        CONSTRAINT submission_body_chunks_pk PRIMARY KEY (submission_id, seq)
      );
      COMMENT ON TABLE submission_body_chunks IS 'The body as received, in deflated chunks: what an auditor asks for';
      ALTER TABLE submission_body_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

      CREATE TABLE submission_problems (
        submission_id uuid NOT NULL REFERENCES submissions (id),
        ordinal integer NOT NULL,
        line integer,
        field text,
        value text,
        code text NOT NULL,
        message_vi text NOT NULL,
        message_en text NOT NULL,
        CONSTRAINT submission_problems_pk PRIMARY KEY (submission_id, ordinal)
      );

      CREATE TABLE current_submissions (
        bank_bin text NOT NULL,
        business_date date NOT NULL,
        part smallint NOT NULL,
        submission_no bigint NOT NULL REFERENCES submissions (no),
        revision smallint NOT NULL,
        first_received_at timestamptz NOT NULL,
        CONSTRAINT current_submissions_pk PRIMARY KEY (bank_bin, business_date, part)
      );
      COMMENT ON TABLE current_submissions IS 'The accepted revision that counts, one per bank, day and part';
      CREATE INDEX current_submissions_day ON current_submissions (business_date);

      CREATE TABLE submission_lines (
        business_date date NOT NULL,
        submission_no bigint NOT NULL,
        line integer NOT NULL,
        channel smallint NOT NULL,
        bucket smallint NOT NULL,
        reason smallint NOT NULL,
        market_no integer NOT NULL,
        stall_no integer NOT NULL,
        transaction_count integer NOT NULL,
        reversal_count integer NOT NULL,
        amount bigint NOT NULL,
        reversal_amount bigint NOT NULL,
        target_kind smallint,
        target text
      ) PARTITION BY RANGE (business_date);
      COMMENT ON TABLE submission_lines IS 'Every well-formed line of every accepted submission, where it was counted';
      COMMENT ON COLUMN submission_lines.channel IS '1 VIETQR_TRANSFER, 2 VIETQR_PAY, 3 CARD, 4 WALLET, 5 MOBILE_MONEY';
      COMMENT ON COLUMN submission_lines.bucket IS '1 attributed, 2 market_only, 3 suspense';
      COMMENT ON COLUMN submission_lines.reason IS '0 none, 1 no_consent, 2 shared_account, 3 market_granularity, 11 unknown_stall, 12 unknown_account, 13 ambiguous_account, 14 stall_not_open, 15 unknown_market';
      COMMENT ON COLUMN submission_lines.market_no IS 'markets.no; 0 in suspense';
      COMMENT ON COLUMN submission_lines.stall_no IS 'stalls.no; 0 unless attributed: without consent the stall is not recorded';
      COMMENT ON COLUMN submission_lines.target_kind IS '1 stall code, 2 account, 3 market code; in suspense only';
      COMMENT ON COLUMN submission_lines.target IS 'The code or account as reported, kept in suspense only, so that the line can find its stall later';
      CREATE INDEX submission_lines_submission ON submission_lines (submission_no, line);
      CREATE INDEX submission_lines_day ON submission_lines USING brin (business_date);
      CREATE INDEX submission_lines_stall ON submission_lines (stall_no, business_date) WHERE bucket = 1;
      CREATE INDEX submission_lines_suspense ON submission_lines (business_date, submission_no, line) WHERE bucket = 3;

      -- The application's role may not create tables; this one door lets it make the month it needs.
      CREATE FUNCTION ensure_line_partition(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
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
                       name, first, (first + interval '1 month')::date);
      END $$;

      CREATE TABLE ledger_entries (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        cause text NOT NULL CHECK (cause IN ('accepted', 'superseded', 'resolved', 'consent_withdrawn')),
        submission_no bigint NOT NULL REFERENCES submissions (no),
        business_date date NOT NULL,
        bank_bin text NOT NULL,
        market_no integer NOT NULL,
        channel smallint NOT NULL,
        bucket smallint NOT NULL CHECK (bucket BETWEEN 1 AND 3),
        line_count bigint NOT NULL,
        transaction_count bigint NOT NULL,
        amount bigint NOT NULL,
        reversal_count bigint NOT NULL,
        reversal_amount bigint NOT NULL,
        CONSTRAINT ledger_entries_suspense CHECK ((bucket = 3) = (market_no = 0))
      );
      COMMENT ON TABLE ledger_entries IS 'Append-only differences per submission, market, channel and bucket: a total as known at an instant is the sum of the entries up to it';
      CREATE INDEX ledger_entries_submission ON ledger_entries (submission_no);
      CREATE INDEX ledger_entries_day ON ledger_entries (business_date, bank_bin);
      CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE TABLE day_totals (
        business_date date NOT NULL,
        bank_bin text NOT NULL,
        market_no integer NOT NULL,
        channel smallint NOT NULL,
        bucket smallint NOT NULL,
        line_count bigint NOT NULL,
        transaction_count bigint NOT NULL,
        amount bigint NOT NULL,
        reversal_count bigint NOT NULL,
        reversal_amount bigint NOT NULL,
        CONSTRAINT day_totals_pk PRIMARY KEY (business_date, bank_bin, market_no, channel, bucket)
      );
      COMMENT ON TABLE day_totals IS 'Rollup for free ranges: day × bank × market × channel × bucket';
      CREATE INDEX day_totals_market ON day_totals (market_no, business_date);

      CREATE TABLE month_totals (
        month date NOT NULL CHECK (extract(day FROM month) = 1),
        bank_bin text NOT NULL,
        market_no integer NOT NULL,
        channel smallint NOT NULL,
        bucket smallint NOT NULL,
        line_count bigint NOT NULL,
        transaction_count bigint NOT NULL,
        amount bigint NOT NULL,
        reversal_count bigint NOT NULL,
        reversal_amount bigint NOT NULL,
        CONSTRAINT month_totals_pk PRIMARY KEY (month, bank_bin, market_no, channel, bucket)
      );
      COMMENT ON TABLE month_totals IS 'Rollup for dashboards: calendar month × bank × market × channel × bucket';

      CREATE TABLE stall_month_totals (
        month date NOT NULL CHECK (extract(day FROM month) = 1),
        market_no integer NOT NULL,
        stall_no integer NOT NULL,
        transaction_count bigint NOT NULL,
        amount bigint NOT NULL,
        credit_days integer NOT NULL DEFAULT 0,
        CONSTRAINT stall_month_totals_pk PRIMARY KEY (month, stall_no)
      );
      COMMENT ON TABLE stall_month_totals IS 'Rollup of attributed lines: dormant stalls, a stall''s own history; exists only under consent';
      COMMENT ON COLUMN stall_month_totals.credit_days IS 'Bit d−1 is set when the stall had a credit on day d of the month';
      CREATE INDEX stall_month_totals_market ON stall_month_totals (market_no, month);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE stall_month_totals, month_totals, day_totals, ledger_entries, submission_lines,
        current_submissions, submission_problems, submission_body_chunks, submissions;
      DROP FUNCTION ensure_line_partition(date);
    `);
  }
}
