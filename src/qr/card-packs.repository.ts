import { Injectable } from '@nestjs/common';
import { inReach } from '../markets/market-reach';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';

export type PackLayout = 'a4_sheet' | 'a6_card';
export type PackState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
export type PackPhase = 'drawing' | 'checking';

export interface PackProgress {
  readonly phase: PackPhase;
  /** Cards done in this phase. */
  readonly done: number;
  readonly total: number;
}

export interface PackRow {
  readonly id: string;
  readonly marketId: string;
  readonly marketCode: string;
  readonly marketName: string;
  readonly layout: PackLayout;
  readonly state: PackState;
  readonly phase: PackPhase;
  readonly done: number;
  readonly total: number;
  readonly fileId: string | null;
  readonly fileName: string | null;
  readonly byteCount: bigint | null;
  readonly errorCode: string | null;
  readonly errorDetail: string | null;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const PACK = `
  SELECT p.id, p.market_id AS "marketId", m.code AS "marketCode", m.name AS "marketName", p.layout, p.state, p.phase,
         p.done, p.total, p.file_id AS "fileId", f.name AS "fileName", f.byte_count AS "byteCount",
         p.error_code AS "errorCode", p.error_detail AS "errorDetail", p.requested_at AS "requestedAt",
         p.started_at AS "startedAt", p.finished_at AS "finishedAt"
  FROM card_packs p JOIN markets m ON m.id = p.market_id LEFT JOIN stored_files f ON f.id = p.file_id`;

@Injectable()
export class CardPacksRepository {
  async insert(
    tx: Tx,
    pack: { id: string; marketId: string; layout: PackLayout; total: number; by: string; at: Date },
  ): Promise<void> {
    await execute(
      tx,
      `INSERT INTO card_packs (id, market_id, layout, total, requested_by, requested_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [pack.id, pack.marketId, pack.layout, pack.total, pack.by, pack.at],
    );
  }

  find(tx: Tx, id: string): Promise<PackRow | undefined> {
    return sqlOne(tx, `${PACK} WHERE p.id = $1 AND ${inReach('m')}`, [id]);
  }

  /** Newest first. */
  list(tx: Tx, marketId: string, after: string[] | null, limit: number): Promise<PackRow[]> {
    return sql(
      tx,
      `${PACK} WHERE p.market_id = $1 AND ($2::timestamptz IS NULL OR (p.requested_at, p.id) < ($2, $3::uuid))
       ORDER BY p.requested_at DESC, p.id DESC LIMIT $4`,
      [marketId, after?.[0], after?.[1], limit + 1],
    );
  }

  async count(tx: Tx, marketId: string): Promise<number> {
    const row = await sqlOne<{ count: number }>(
      tx,
      'SELECT count(*)::int AS count FROM card_packs WHERE market_id = $1',
      [marketId],
    );
    return row?.count ?? 0;
  }

  /** Takes up a waiting pack, or one whose worker has not been heard of since `silentSince`. @returns false: not now */
  async claim(tx: Tx, id: string, now: Date, silentSince: Date): Promise<boolean> {
    const claimed = await execute(
      tx,
      `UPDATE card_packs SET state = 'running', phase = 'drawing', done = 0, heartbeat_at = $2,
         started_at = coalesce(started_at, $2)
       WHERE id = $1 AND (state = 'queued' OR (state = 'running' AND heartbeat_at < $3))`,
      [id, now, silentSince],
    );
    return claimed === 1;
  }

  /** Puts a pack back that its worker cannot finish: another may take it up at once. */
  async release(tx: Tx, id: string): Promise<void> {
    await execute(tx, `UPDATE card_packs SET state = 'queued' WHERE id = $1 AND state = 'running'`, [id]);
  }

  /** @returns false when the pack was cancelled meanwhile */
  async progress(tx: Tx, id: string, { phase, done, total }: PackProgress, now: Date): Promise<boolean> {
    const running = await execute(
      tx,
      `UPDATE card_packs SET phase = $2, done = $3, total = $4, heartbeat_at = $5 WHERE id = $1 AND state = 'running'`,
      [id, phase, done, total, now],
    );
    return running === 1;
  }

  /** @returns false when the pack was cancelled meanwhile */
  async finish(tx: Tx, id: string, fileId: string, now: Date): Promise<boolean> {
    const finished = await execute(
      tx,
      `UPDATE card_packs SET state = 'done', done = total, file_id = $2, finished_at = $3
       WHERE id = $1 AND state = 'running'`,
      [id, fileId, now],
    );
    return finished === 1;
  }

  async fail(tx: Tx, id: string, code: string, detail: string, now: Date): Promise<void> {
    await execute(
      tx,
      `UPDATE card_packs SET state = 'failed', error_code = $2, error_detail = $3, finished_at = $4
       WHERE id = $1 AND state = 'running'`,
      [id, code, detail, now],
    );
  }

  /** @returns false when it was finished before */
  async cancel(tx: Tx, id: string, now: Date): Promise<boolean> {
    const cancelled = await execute(
      tx,
      `UPDATE card_packs SET state = 'cancelled', finished_at = $2 WHERE id = $1 AND state IN ('queued', 'running')`,
      [id, now],
    );
    return cancelled === 1;
  }

  forgotten(tx: Tx, before: Date, limit: number): Promise<{ id: string }[]> {
    return sql(
      tx,
      `SELECT id FROM card_packs
       WHERE state IN ('queued', 'running') AND coalesce(heartbeat_at, requested_at) < $1
       ORDER BY requested_at LIMIT $2`,
      [before, limit],
    );
  }
}
