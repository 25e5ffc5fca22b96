import { Injectable } from '@nestjs/common';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { ChainFault } from './audit-chain.rules';

/** What is wrong, and where. */
export interface ChainProblem {
  readonly code: ChainFault;
  /** The first position that is not as it was. */
  readonly position: string;
  /** The entry that should stand there, where the chain still names it. */
  readonly entryId: string | null;
}

export interface VerificationRow {
  readonly at: Date;
  readonly ok: boolean;
  /** The last position that was found to be right. */
  readonly position: bigint;
  readonly hash: Buffer;
  readonly unsealed: bigint;
  readonly problem: ChainProblem | null;
  readonly stamp: string;
}

const COLUMNS = 'at, ok, position, hash, unsealed, problem, stamp';

/** Table audit_verifications. */
@Injectable()
export class AuditVerificationsRepository {
  async append(tx: Tx, row: VerificationRow): Promise<void> {
    await execute(tx, `INSERT INTO audit_verifications (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)`, [
      row.at,
      row.ok,
      row.position,
      row.hash,
      row.unsealed,
      row.problem && JSON.stringify(row.problem),
      row.stamp,
    ]);
  }

  last(tx: Tx): Promise<VerificationRow | undefined> {
    return sqlOne(tx, `SELECT ${COLUMNS} FROM audit_verifications ORDER BY id DESC LIMIT 1`);
  }

  /** Oldest first; one a day. */
  all(tx: Tx): Promise<VerificationRow[]> {
    return sql(tx, `SELECT ${COLUMNS} FROM audit_verifications ORDER BY id`);
  }

  /** When the chain was last looked at; before the first time, when it began. Undefined while it is empty. */
  async lookedAt(tx: Tx): Promise<Date | undefined> {
    const row = await sqlOne<{ at: Date | null }>(
      tx,
      `SELECT coalesce((SELECT at FROM audit_verifications ORDER BY id DESC LIMIT 1),
                       (SELECT sealed_at FROM audit_seals WHERE position = 1)) AS at`,
    );
    return row?.at ?? undefined;
  }
}
