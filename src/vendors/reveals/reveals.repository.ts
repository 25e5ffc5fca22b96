import { Injectable } from '@nestjs/common';
import { execute, sqlOne, type Tx } from '../../platform/db/database';

export interface RecentReveals {
  readonly count: number;
  /** When the first of them was; null without any. */
  readonly firstAt: Date | null;
}

/** Who was shown something lately, to be counted; what and why stands in the audit trail. */
@Injectable()
export class RevealsRepository {
  /** Until the transaction ends the person is shown nothing else, so that two at once both count. */
  async lock(tx: Tx, staffId: string): Promise<void> {
    await execute(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 4042))', [staffId]);
  }

  async since(tx: Tx, staffId: string, since: Date): Promise<RecentReveals> {
    const row = await sqlOne<RecentReveals>(
      tx,
      `SELECT count(*)::int AS count, min(at) AS "firstAt" FROM reveals WHERE staff_id = $1 AND at > $2`,
      [staffId, since],
    );
    return row ?? { count: 0, firstAt: null };
  }

  async add(tx: Tx, id: string, staffId: string, at: Date): Promise<void> {
    await execute(tx, 'INSERT INTO reveals (id, staff_id, at) VALUES ($1, $2, $3)', [id, staffId, at]);
  }

  /** @returns how many went */
  purge(tx: Tx, before: Date): Promise<number> {
    return execute(tx, 'DELETE FROM reveals WHERE at < $1', [before]);
  }
}
