import { Injectable } from '@nestjs/common';
import { execute, sqlOne, type Tx } from '../../platform/db/database';

export interface RecentMisses {
  readonly count: number;
  /** When the first of them was; null without any. */
  readonly firstAt: Date | null;
}

/** Who lately looked up identifiers that nobody has, to be counted; the identifiers themselves are not kept. */
@Injectable()
export class LookupsRepository {
  async since(tx: Tx, staffId: string, since: Date): Promise<RecentMisses> {
    const row = await sqlOne<RecentMisses>(
      tx,
      `SELECT count(*)::int AS count, min(at) AS "firstAt" FROM missed_lookups WHERE staff_id = $1 AND at > $2`,
      [staffId, since],
    );
    return row ?? { count: 0, firstAt: null };
  }

  async add(tx: Tx, id: string, staffId: string, at: Date): Promise<void> {
    await execute(tx, 'INSERT INTO missed_lookups (id, staff_id, at) VALUES ($1, $2, $3)', [id, staffId, at]);
  }

  /** @returns how many went */
  purge(tx: Tx, before: Date): Promise<number> {
    return execute(tx, 'DELETE FROM missed_lookups WHERE at < $1', [before]);
  }
}
