/** Characters of COPY text that go to the server at once: some 15 000 lines. */
const BATCH_CHARS = 1_048_576;

/**
 * Lines on their way into the table over the one connection of their transaction: a batch is copied while the next one
 * is being parsed. A posting needs no second connection, so any number of them fit into any pool.
 */
export class LineCopy {
  private pending = '';
  private copying: Promise<void> = Promise.resolve();

  constructor(private readonly copy: (rows: string) => Promise<void>) {}

  async add(rows: string): Promise<void> {
    this.pending += rows;
    if (this.pending.length >= BATCH_CHARS) await this.flush();
  }

  /** Resolves when the connection is free for another statement. @throws what the last batch met */
  idle(): Promise<void> {
    return this.copying;
  }

  /** Everything is in the table. */
  async end(): Promise<void> {
    if (this.pending !== '') await this.flush();
    await this.idle();
  }

  /** Waits for the last batch after a failure elsewhere, so that the transaction can be rolled back in peace. */
  async settle(): Promise<void> {
    await this.copying.catch(() => undefined);
  }

  private async flush(): Promise<void> {
    await this.idle();
    const rows = this.pending;
    this.pending = '';
    this.copying = this.copy(rows);
    // Looked at by the next idle(); until then it must not count as unhandled.
    this.copying.catch(() => undefined);
  }
}
