import type { DigestCheck } from '../banks/bank-signature.digest';
import { BodyInterrupted } from './submissions.errors';

/** A body is stored in chunks of this size, so that neither rows nor memory grow with it. */
export const CHUNK_BYTES = 1_048_576;

const LF = 0x0a;

/** What is known of a body once its last byte has passed. */
export interface BodyFacts {
  readonly sha256: Buffer;
  readonly byteCount: bigint;
  readonly lineCount: number;
}

/**
 * Passes a request's bytes on in the order they arrive, counting and digesting them. Nothing that was read counts
 * before {@link facts} has compared the digest with the signed one.
 */
export class BodyIntake {
  private byteCount = 0n;
  private lineBreaks = 0;
  private lastByte = LF;

  constructor(
    private readonly stream: AsyncIterable<Buffer>,
    private readonly digest: DigestCheck,
  ) {}

  /** @throws BodyInterrupted when the client goes away */
  async *chunks(): AsyncGenerator<Buffer, void, undefined> {
    const source = this.stream[Symbol.asyncIterator]();
    for (;;) {
      const next = await source.next().catch(() => {
        throw new BodyInterrupted();
      });
      if (next.done) return;
      this.note(next.value);
      yield next.value;
    }
  }

  /** Reads on to the end without keeping anything. */
  async drain(): Promise<void> {
    for await (const chunk of this.chunks()) void chunk;
  }

  /** The same without waiting, when nobody wants the bytes any more: unread ones would block the connection. */
  abandon(): void {
    void this.drain().catch(() => undefined);
  }

  /** After the last byte. @throws SignatureRefused `content_digest_mismatch` */
  facts(): BodyFacts {
    const sha256 = this.digest.verify();
    const lineCount = this.lineBreaks + (this.lastByte === LF ? 0 : 1);
    return { sha256, byteCount: this.byteCount, lineCount };
  }

  private note(chunk: Buffer): void {
    this.digest.update(chunk);
    this.byteCount += BigInt(chunk.length);
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) this.lineBreaks += 1;
    if (chunk.length > 0) this.lastByte = chunk[chunk.length - 1] as number;
  }
}
