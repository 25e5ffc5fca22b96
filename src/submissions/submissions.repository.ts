import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import { maskedValue } from './problem-value.rules';
import { ProblemValues } from './problem-values';
import type { Format } from './readers/reader-of-format';
import type { ControlTotals, Granularity, SubmissionProblem } from './submission.types';

export type SubmissionState = 'RECEIVED' | 'PROCESSING' | 'ACCEPTED' | 'REJECTED' | 'SUPERSEDED';

/** By what a submission is recognised beyond the Idempotency-Key (bank-contract §3). */
export interface NaturalKeys {
  /** Under which it is kept: of what a test key sent, the test institution. */
  readonly bankBin: string;
  readonly reference: string;
  readonly businessDate: BusinessDay;
  readonly part: number;
  readonly revision: number;
  /** Of the body as received. */
  readonly sha256: Buffer;
}

/** What identifies a submission and its bytes; what the receipt says. */
export interface ReceivedSubmission extends NaturalKeys {
  readonly id: string;
  /** As its header says: the bank's own. */
  readonly headerBin: string;
  readonly granularity: Granularity;
  readonly format: Format;
  readonly byteCount: bigint;
  /** Physical lines of the body. */
  readonly bodyLineCount: number;
  readonly keyId: string;
  readonly receivedAt: Date;
}

/** A submission as the worker takes it up. */
export interface OpenSubmission extends ReceivedSubmission {
  readonly no: bigint;
  readonly state: SubmissionState;
  readonly attempts: number;
  /** Since when it waits, or waited, for somebody to let it into a closed period. */
  readonly heldAt: Date | null;
  /** When somebody let it in. */
  readonly releasedAt: Date | null;
}

export interface CurrentSubmission {
  readonly id: string;
  readonly no: bigint;
  readonly revision: number;
}

/** What one revision replaces another of. */
export type PartOfDay = Pick<NaturalKeys, 'bankBin' | 'businessDate' | 'part'>;

const RECEIVED = `id, bank_bin AS "bankBin",
  coalesce((SELECT b.sandbox_of FROM banks b WHERE b.bin = bank_bin), bank_bin) AS "headerBin", reference, business_date AS "businessDate", part, revision, granularity,
  format, body_sha256 AS sha256, byte_count AS "byteCount", body_line_count AS "bodyLineCount", key_id AS "keyId",
  received_at AS "receivedAt"`;
const OPEN = `${RECEIVED}, no, state, attempts, held_at AS "heldAt", released_at AS "releasedAt"`;

/** Nobody has to let it into a closed period, or somebody has. */
const NOT_HELD = `(held_at IS NULL OR released_at IS NOT NULL)`;

/** The rows of submissions and their way through the states. */
@Injectable()
export class SubmissionsRepository {
  constructor(private readonly values: ProblemValues) {}

  /** The submission that holds a reference; a REJECTED one holds nothing. */
  findByReference(tx: Tx, bankBin: string, reference: string): Promise<ReceivedSubmission | undefined> {
    return sqlOne(
      tx,
      `SELECT ${RECEIVED} FROM submissions WHERE bank_bin = $1 AND reference = $2 AND state <> 'REJECTED'`,
      [bankBin, reference],
    );
  }

  /** The highest revision of a bank's day and part that was accepted, or is this very revision and not yet judged. */
  async blockingRevision(tx: Tx, { bankBin, businessDate, part, revision }: NaturalKeys): Promise<number | null> {
    const row = await sqlOne<{ revision: number | null }>(
      tx,
      `SELECT max(revision)::int AS revision FROM submissions
       WHERE bank_bin = $1 AND business_date = $2::date AND part = $3 AND revision >= $4
         AND (state IN ('ACCEPTED', 'SUPERSEDED') OR (revision = $4 AND state <> 'REJECTED'))`,
      [bankBin, businessDate, part, revision],
    );
    return row?.revision ?? null;
  }

  /** @returns false when another submission took the reference or the revision in the same moment */
  async insert(tx: Tx, row: ReceivedSubmission): Promise<boolean> {
    const inserted = await execute(
      tx,
      `INSERT INTO submissions (id, bank_bin, reference, business_date, part, revision, granularity, format, state,
         body_sha256, byte_count, body_line_count, key_id, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'RECEIVED', $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING`,
      [
        row.id,
        row.bankBin,
        row.reference,
        row.businessDate,
        row.part,
        row.revision,
        row.granularity,
        row.format,
        row.sha256,
        row.byteCount,
        row.bodyLineCount,
        row.keyId,
        row.receivedAt,
      ],
    );
    return inserted === 1;
  }

  /**
   * Marks a waiting submission as being worked on.
   * @returns its business date; null when there is nothing to do (any more, or until a second person has decided)
   */
  async claim(tx: Tx, id: string, now: Date): Promise<BusinessDay | null> {
    const [claimed] = await sql<{ day: BusinessDay }>(
      tx,
      `UPDATE submissions SET state = 'PROCESSING', claimed_at = $2, attempts = attempts + 1
       WHERE id = (SELECT id FROM submissions WHERE id = $1 AND state IN ('RECEIVED', 'PROCESSING') AND ${NOT_HELD}
                   FOR UPDATE SKIP LOCKED)
       RETURNING business_date AS day`,
      [id, now],
    );
    return claimed?.day ?? null;
  }

  /** Holds the row until the end of the transaction; undefined when another worker holds it or it is done. */
  lockOpen(tx: Tx, id: string): Promise<OpenSubmission | undefined> {
    return sqlOne(
      tx,
      `SELECT ${OPEN} FROM submissions
       WHERE id = $1 AND state IN ('RECEIVED', 'PROCESSING') AND ${NOT_HELD} FOR UPDATE SKIP LOCKED`,
      [id],
    );
  }

  /**
   * One posting at a time per bank, day and part, until the end of the transaction. Waits for the one before as long as
   * the transaction may take: giving up after the usual seconds would only burn the job's attempts.
   */
  async lockPart(tx: Tx, part: PartOfDay): Promise<void> {
    await execute(tx, `SELECT set_config('lock_timeout', current_setting('statement_timeout'), true)`);
    await execute(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 4040))', [lockName(part)]);
  }

  /** Like {@link lockPart}, but leaves at once when a posting is at work. */
  async tryLockPart(tx: Tx, part: PartOfDay): Promise<boolean> {
    const row = await sqlOne<{ locked: boolean }>(
      tx,
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 4040)) AS locked',
      [lockName(part)],
    );
    return row?.locked ?? false;
  }

  currentOf(tx: Tx, { bankBin, businessDate, part }: PartOfDay): Promise<CurrentSubmission | undefined> {
    return sqlOne(
      tx,
      `SELECT s.id, s.no, c.revision FROM current_submissions c JOIN submissions s ON s.no = c.submission_no
       WHERE c.bank_bin = $1 AND c.business_date = $2::date AND c.part = $3`,
      [bankBin, businessDate, part],
    );
  }

  /** From now on this revision counts; the day stays as punctual as its first accepted revision was. */
  async makeCurrent(tx: Tx, submission: OpenSubmission): Promise<void> {
    const { bankBin, businessDate, part, no, revision, receivedAt } = submission;
    await execute(
      tx,
      `INSERT INTO current_submissions (bank_bin, business_date, part, submission_no, revision, first_received_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (bank_bin, business_date, part)
       DO UPDATE SET submission_no = excluded.submission_no, revision = excluded.revision`,
      [bankBin, businessDate, part, no, revision, receivedAt],
    );
  }

  async accept(tx: Tx, id: string, totals: ControlTotals, now: Date): Promise<void> {
    await execute(
      tx,
      `UPDATE submissions SET state = 'ACCEPTED', accepted_at = $2, line_count = $3, transaction_count = $4,
         amount = $5, reversal_count = $6, reversal_amount = $7 WHERE id = $1`,
      [id, now, totals.lineCount, totals.transactionCount, totals.amount, totals.reversalCount, totals.reversalAmount],
    );
  }

  async supersede(tx: Tx, id: string, by: string, now: Date): Promise<void> {
    await execute(
      tx,
      `UPDATE submissions SET state = 'SUPERSEDED', superseded_at = $3, superseded_by = $2 WHERE id = $1`,
      [id, by, now],
    );
  }

  async reject(tx: Tx, id: string, problemCount: number, now: Date): Promise<void> {
    await execute(tx, `UPDATE submissions SET state = 'REJECTED', rejected_at = $3, problem_count = $2 WHERE id = $1`, [
      id,
      problemCount,
      now,
    ]);
  }

  async insertProblems(tx: Tx, id: string, problems: readonly SubmissionProblem[]): Promise<void> {
    await execute(
      tx,
      `INSERT INTO submission_problems
         (submission_id, ordinal, line, field, value, value_sealed, code, message_vi, message_en)
       SELECT $1, ordinality, p.line, p.field, p.value, p.sealed, p.code, p.vi, p.en
       FROM unnest($2::int[], $3::text[], $4::text[], $5::bytea[], $6::text[], $7::text[], $8::text[]) WITH ORDINALITY
         AS p(line, field, value, sealed, code, vi, en, ordinality)`,
      [
        id,
        problems.map(({ line }) => line),
        // A property that nobody knows may be called by a number.
        problems.map(({ field }) => field && maskedValue(null, field)),
        problems.map(({ field, value }) => value && maskedValue(field, value)),
        problems.map(({ value }, index) => this.values.seal(id, index + 1, value)),
        problems.map(({ code }) => code),
        problems.map(({ message }) => message.vi),
        problems.map(({ message }) => message.en),
      ],
    );
  }

  /** Submissions that nobody has touched since `before`: their bell was not heard, or their worker died. */
  forgotten(tx: Tx, before: Date, limit: number): Promise<{ id: string }[]> {
    return sql(
      tx,
      `SELECT id FROM submissions WHERE state IN ('RECEIVED', 'PROCESSING') AND ${NOT_HELD} AND coalesce(claimed_at, received_at) < $1
       ORDER BY received_at LIMIT $2`,
      [before, limit],
    );
  }
}

function lockName({ bankBin, businessDate, part }: PartOfDay): string {
  return `${bankBin} ${businessDate} ${part}`;
}
