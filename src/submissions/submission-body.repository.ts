import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { Database, execute, sql, sqlOne, type Tx } from '../platform/db/database';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Fast and good enough: a day's summary shrinks to a quarter. */
const LEVEL = { level: 1 };
/** Chunks fetched at once while a body is read back. */
const READ_AHEAD = 4;

/** The bytes of a submission as received, in deflated chunks: the evidence, and what a worker reads. */
@Injectable()
export class SubmissionBodyRepository {
  constructor(private readonly database: Database) {}

  /** One chunk, in the caller's transaction or in one of its own. */
  async put(tx: Tx | null, id: string, seq: number, bytes: Buffer): Promise<void> {
    const deflated = await deflate(bytes, LEVEL);
    const insert = (on: Tx): Promise<number> =>
      execute(
        on,
        `INSERT INTO submission_body_chunks (submission_id, seq, bytes) VALUES ($1, $2, $3)
         ON CONFLICT (submission_id, seq) DO NOTHING`,
        [id, seq, deflated],
      );
    await (tx ? insert(tx) : this.database.write(insert));
  }

  /**
   * The bytes of a body in order; memory holds a few chunks. Each fetch is a short transaction of its own: the worker's
   * connection is busy with COPY meanwhile, and chunks never change.
   */
  async *read(id: string): AsyncGenerator<Buffer, void, undefined> {
    for (let seq = 0; ; seq += READ_AHEAD) {
      const rows = await this.database.read((tx) =>
        sql<{ bytes: Buffer }>(
          tx,
          `SELECT bytes FROM submission_body_chunks WHERE submission_id = $1 AND seq >= $2 AND seq < $3 ORDER BY seq`,
          [id, seq, seq + READ_AHEAD],
        ),
      );
      for (const { bytes } of rows) yield await inflate(bytes);
      if (rows.length < READ_AHEAD) return;
    }
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

  /** Removes chunks whose request died before its submission existed. @param before ids made earlier than this one */
  async purgeOrphans(beforeId: string): Promise<number> {
    return this.database.write(async (tx) => {
      const orphan = await sqlOne<{ id: string }>(
        tx,
        `SELECT c.submission_id AS id FROM submission_body_chunks c
         WHERE c.seq = 0 AND c.submission_id < $1
           AND NOT EXISTS (SELECT FROM submissions s WHERE s.id = c.submission_id) LIMIT 1`,
        [beforeId],
      );
      if (!orphan) return 0;
      return execute(tx, 'DELETE FROM submission_body_chunks WHERE submission_id = $1', [orphan.id]);
    });
  }
}
