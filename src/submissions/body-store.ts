import { DatabaseUnavailable } from '../platform/db/db.errors';
import type { Tx } from '../platform/db/database';
import { CHUNK_BYTES } from './body-intake';
import type { SubmissionBodyRepository } from './submission-body.repository';

/** The bytes of one body on their way into the database; what is left of the last chunk is written with its row. */
export class BodyStore {
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  private seq = 0;

  constructor(
    private readonly bodies: SubmissionBodyRepository,
    /** The id that the submission will have. */
    readonly id: string,
  ) {}

  async add(bytes: Buffer): Promise<void> {
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
    if (this.pendingBytes < CHUNK_BYTES) return;
    await this.bodies.put(null, this.id, this.seq, Buffer.concat(this.pending));
    this.seq += 1;
    this.pending = [];
    this.pendingBytes = 0;
  }

  /** The rest, in the transaction of the submission's row. May run again when that transaction is repeated. */
  async finish(tx: Tx): Promise<void> {
    if (this.pendingBytes > 0) await this.bodies.put(tx, this.id, this.seq, Buffer.concat(this.pending));
  }

  /** In the transaction that found the body superfluous. */
  async discardIn(tx: Tx): Promise<void> {
    if (this.seq > 0) await this.bodies.discard(this.id, tx);
  }

  /**
   * After the request came to nothing because of `cause`. When the database was away the submission may exist after
   * all (COMMIT sent, answer lost), so its chunks stay; the sweeper removes what nobody owns a day later.
   */
  async discardAfter(cause: unknown): Promise<void> {
    if (this.seq === 0 || cause instanceof DatabaseUnavailable) return;
    await this.bodies.discard(this.id).catch(() => undefined);
  }
}
