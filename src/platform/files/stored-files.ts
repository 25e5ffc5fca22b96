import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock';
import { Ids } from '../../kernel/ids';
import { asPresentActor } from '../actor';
import { Database, execute, sql, sqlOne, type Tx } from '../db/database';

const CHUNK_BYTES = 1_048_576;

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly byteCount: bigint;
}

/** Files that jobs make. They live in the database, so that any process may make one and any other may serve it. */
@Injectable()
export class StoredFiles {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** In the transaction that makes the file known. */
  async store(tx: Tx, file: { name: string; contentType: string; bytes: Buffer }): Promise<string> {
    const id = this.ids.uuid();
    const { name, contentType, bytes } = file;
    await execute(
      tx,
      `INSERT INTO stored_files (id, name, content_type, byte_count, sha256, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, name, contentType, bytes.length, createHash('sha256').update(bytes).digest(), this.clock.now()],
    );
    for (let at = 0, seq = 0; at < bytes.length; at += CHUNK_BYTES, seq += 1) {
      await execute(tx, 'INSERT INTO stored_file_chunks (file_id, seq, bytes) VALUES ($1, $2, $3)', [
        id,
        seq,
        bytes.subarray(at, at + CHUNK_BYTES),
      ]);
    }
    return id;
  }

  find(tx: Tx, id: string): Promise<StoredFile | undefined> {
    return sqlOne(
      tx,
      `SELECT id, name, content_type AS "contentType", byte_count AS "byteCount" FROM stored_files WHERE id = $1`,
      [id],
    );
  }

  /** The bytes, a chunk at a time; each fetch is a short transaction, however slowly the reader reads. */
  stream(id: string): Readable {
    return Readable.from(asPresentActor(this.chunks(id)), { objectMode: false });
  }

  private async *chunks(id: string): AsyncGenerator<Buffer, void, undefined> {
    for (let seq = 0; ; seq += 1) {
      const [chunk] = await this.database.read((tx) =>
        sql<{ bytes: Buffer }>(tx, 'SELECT bytes FROM stored_file_chunks WHERE file_id = $1 AND seq = $2', [id, seq]),
      );
      if (!chunk) return;
      yield chunk.bytes;
    }
  }
}
