import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { execute, sql, type Tx } from '../platform/db/database';
import { TARGET_KINDS } from './attribution.rules';
import { LineTargets } from './line-target';
import { maskedValue } from './problem-value.rules';
import { ProblemValues } from './problem-values';

interface ClearLine {
  readonly day: BusinessDay;
  readonly submissionNo: bigint;
  readonly line: number;
  readonly account: string;
}

interface ClearProblem {
  readonly id: string;
  readonly ordinal: number;
  readonly field: string | null;
  readonly value: string;
}

/** Rows that versions before migration 0013 wrote in clear. */
@Injectable()
export class ClearLedgerRepository {
  constructor(
    private readonly targets: LineTargets,
    private readonly values: ProblemValues,
  ) {}

  /** @returns how many lines it sealed, at most `limit` */
  async sealLines(tx: Tx, limit: number): Promise<number> {
    const lines = await sql<ClearLine>(
      tx,
      `SELECT business_date AS day, submission_no AS "submissionNo", line, target AS account FROM submission_lines
       WHERE bucket = 3 AND target_kind = ${TARGET_KINDS.account} AND target_index IS NULL LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [limit],
    );
    const sealed = lines.map(({ submissionNo, line, account }) => this.targets.seal(submissionNo, line, account));
    await execute(
      tx,
      `UPDATE submission_lines l SET target = d.masked, target_index = decode(d.index, 'hex'), target_sealed = d.sealed
       FROM unnest($1::date[], $2::bigint[], $3::int[], $4::text[], $5::text[], $6::bytea[])
         AS d(day, submission_no, line, masked, index, sealed)
       WHERE l.business_date = d.day AND l.submission_no = d.submission_no AND l.line = d.line`,
      [
        lines.map(({ day }) => day),
        lines.map(({ submissionNo }) => submissionNo),
        lines.map(({ line }) => line),
        sealed.map(({ masked }) => masked),
        sealed.map(({ index }) => index),
        sealed.map((target) => target.sealed),
      ],
    );
    return lines.length;
  }

  /** @returns how many problems it sealed, at most `limit` */
  async sealProblems(tx: Tx, limit: number): Promise<number> {
    const problems = await sql<ClearProblem>(
      tx,
      `SELECT submission_id AS id, ordinal, field, value FROM submission_problems
       WHERE value IS NOT NULL AND value_sealed IS NULL LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [limit],
    );
    await execute(
      tx,
      `UPDATE submission_problems p SET value = d.masked, value_sealed = d.sealed
       FROM unnest($1::uuid[], $2::int[], $3::text[], $4::bytea[]) AS d(id, ordinal, masked, sealed)
       WHERE p.submission_id = d.id AND p.ordinal = d.ordinal`,
      [
        problems.map(({ id }) => id),
        problems.map(({ ordinal }) => ordinal),
        problems.map(({ field, value }) => maskedValue(field, value)),
        problems.map(({ id, ordinal, value }) => this.values.seal(id, ordinal, value)),
      ],
    );
    return problems.length;
  }
}
