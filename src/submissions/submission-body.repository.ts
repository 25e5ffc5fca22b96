import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { Database, execute, sql, type Tx } from '../platform/db/database';
import { placeIn, SEALED } from '../platform/secrets/sealed-columns';
import { Sealing } from '../platform/secrets/sealing';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Fast and good enough: a day's summary shrinks to a quarter. */
const LEVEL = { level: 1 };
/** Chunks fetched at once while a body is read back. */
const READ_AHEAD = 4;

interface StoredChunk {
  readonly seq: number;
  readonly bytes: Buffer;
  /** False where an older version wrote it. */
  readonly sealed: boolean;
}

/** The bytes of a submission as received, in deflated and sealed chunks: the evidence, and what a worker reads. */
@Injectable()
export class SubmissionBodyRepository {
  constructor(
    private readonly database: Database,
    private readonly sealing: Sealing,
  ) {}

  /** One chunk, in the caller's transaction or in one of its own. */
  async put(tx: Tx | null, id: string, seq: number, bytes: Buffer): Promise<void> {
    const sealed = this.sealing.seal(await deflate(bytes, LEVEL), placeOf(id, seq));
    const insert = (on: Tx): Promise<number> =>
      execute(
        on,
        `INSERT INTO submission_body_chunks (submission_id, seq, bytes, sealed) VALUES ($1, $2, $3, true)
         ON CONFLICT (submission_id, seq) DO NOTHING`,
        [id, seq, sealed],
      );
    await (tx ? insert(tx) : this.database.write(insert));
  }

  /**
   * The bytes of a body in order, a few chunks at a time.
   * @param idle resolves when nothing else runs on the connection of `tx`
   * @throws Error after the last byte when they are not the bytes that were received
   */
  async *read(
    tx: Tx,
    { id, sha256 }: { readonly id: string; readonly sha256: Buffer },
    idle: () => Promise<void>,
  ): AsyncGenerator<Buffer, void, undefined> {
    const hash = createHash('sha256');
    for (let seq = 0; ; seq += READ_AHEAD) {
      await idle();
      const rows = await sql<StoredChunk>(
        tx,
        `SELECT seq, bytes, sealed FROM submission_body_chunks WHERE submission_id = $1 AND seq >= $2 AND seq < $3 ORDER BY seq`,
        [id, seq, seq + READ_AHEAD],
      );
      for (const row of rows) {
        const deflated = row.sealed ? this.sealing.open(row.bytes, placeOf(id, row.seq)) : row.bytes;
        const bytes = await inflate(deflated);
        hash.update(bytes);
        yield bytes;
      }
      if (rows.length < READ_AHEAD) break;
    }
    if (!hash.digest().equals(sha256)) throw new Error(`the stored body of ${id} is not what was received`);
  }

  /** Seals chunks that an older version left deflated only. @returns how many, at most `limit` */
  async sealClear(tx: Tx, limit: number): Promise<number> {
    const rows = await sql<StoredChunk & { id: string }>(
      tx,
      `SELECT submission_id AS id, seq, bytes, sealed FROM submission_body_chunks WHERE NOT sealed
       ORDER BY submission_id, seq LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [limit],
    );
    for (const { id, seq, bytes } of rows) {
      await execute(
        tx,
        `UPDATE submission_body_chunks SET bytes = $3, sealed = true WHERE submission_id = $1 AND seq = $2`,
        [id, seq, this.sealing.seal(bytes, placeOf(id, seq))],
      );
    }
    return rows.length;
  }

  /** Removes what a request that came to nothing has stored; never the body of a submission that exists. */
  async discard(id: string, tx?: Tx): Promise<void> {
    const remove = (on: Tx): Promise<number> =>
      execute(
        on,
        `DELETE FROM submission_body_chunks
         WHERE submission_id = $1 AND NOT EXISTS (SELECT FROM submissions WHERE id = $1)`,
        [id],
      );
    await (tx ? remove(tx) : this.database.write(remove));
  }

  /**
   * Removes the chunks of requests that died before their submission existed.
   * @param made ids made in this span: late enough that no request still streams, and not all of history every time
   * @returns how many bodies, at most 100
   */
  async purgeOrphans(made: { readonly fromId: string; readonly beforeId: string }): Promise<number> {
    return this.database.write(async (tx) => {
      const orphans = await sql<{ id: string }>(
        tx,
        `SELECT c.submission_id AS id FROM submission_body_chunks c
         WHERE c.seq = 0 AND c.submission_id >= $1 AND c.submission_id < $2
           AND NOT EXISTS (SELECT FROM submissions s WHERE s.id = c.submission_id) LIMIT 100`,
        [made.fromId, made.beforeId],
      );
      const ids = orphans.map(({ id }) => id);
      if (ids.length > 0) await execute(tx, 'DELETE FROM submission_body_chunks WHERE submission_id = ANY ($1)', [ids]);
      return ids.length;
    });
  }
}

function placeOf(id: string, seq: number) {
  return placeIn(SEALED.bodyChunk, id, String(seq));
}
