import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** SQL for the id of the key with which an envelope was sealed, as {@link Sealing.currentKeyId} tells it. */
export const keyIdIn = (envelope: string): string => `encode(substring(${envelope} FROM 2 FOR 8), 'hex')`;

/** Where a sealed value lives. It is bound to its place: moved to another row or column it does not open. */
export interface SealedPlace {
  readonly table: string;
  readonly column: string;
  /** The row's key. */
  readonly row: string;
}

const VERSION = 1;
const KEY_BYTES = 32;
const KEY_ID_BYTES = 8;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + KEY_ID_BYTES + IV_BYTES;
const CIPHER = 'aes-256-gcm';

/** A sealed value that was altered, moved, or sealed with a key we do not hold. Never shown to a caller. */
export class SealBroken extends Error {
  constructor(reason: string, cause?: unknown) {
    super(`sealed value does not open: ${reason}`, { cause });
    this.name = 'SealBroken';
  }
}

/**
 * Secrets at rest: AES-256-GCM in the envelope `version ‖ key id ‖ iv ‖ ciphertext ‖ tag`, with the place as
 * associated data. The key id lets keys rotate: what a former key sealed still opens (robustness §4).
 */
export class Sealing {
  private readonly keys: ReadonlyMap<string, Buffer>;
  private readonly currentId: Buffer;

  /** @param former keys that only open. @throws RangeError unless every key has 32 bytes */
  constructor(
    private readonly current: Buffer,
    former: readonly Buffer[] = [],
  ) {
    if ([current, ...former].some((key) => key.length !== KEY_BYTES))
      throw new RangeError('a sealing key has 32 bytes');
    this.keys = new Map([...former, current].map((key) => [keyId(key).toString('hex'), key]));
    this.currentId = keyId(current);
  }

  /** The id of the key that seals, in hexadecimal; it tells nothing about the key. */
  get currentKeyId(): string {
    return this.currentId.toString('hex');
  }

  /** Whether the key of that id opens here. */
  holds(id: string): boolean {
    return this.keys.has(id);
  }

  /** Whether other keys than the current one open here: something may still be sealed with them. */
  get holdsOthers(): boolean {
    return this.keys.size > 1;
  }

  seal(secret: Buffer, place: SealedPlace): Buffer {
    const iv = randomBytes(IV_BYTES);
    const head = Buffer.concat([Buffer.of(VERSION), this.currentId, iv]);
    const cipher = createCipheriv(CIPHER, this.current, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(associated(head, place));
    return Buffer.concat([head, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws SealBroken */
  open(sealed: Buffer, place: SealedPlace): Buffer {
    if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== VERSION) throw new SealBroken('not an envelope');
    const head = sealed.subarray(0, HEAD_BYTES);
    const key = this.keys.get(head.subarray(1, 1 + KEY_ID_BYTES).toString('hex'));
    if (!key) throw new SealBroken('unknown key');
    const iv = head.subarray(1 + KEY_ID_BYTES);
    const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(associated(head, place));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch (error) {
      throw new SealBroken('altered or moved', error);
    }
  }
}

/** Tells keys apart without telling anything about them. */
function keyId(key: Buffer): Buffer {
  return createHash('sha256').update('cho40 sealing key id').update(key).digest().subarray(0, KEY_ID_BYTES);
}

/** Lengths in front, so that no two places read the same. */
function associated(head: Buffer, { table, column, row }: SealedPlace): Buffer {
  const parts = [table, column, row].map((part) => `${Buffer.byteLength(part)}:${part}`);
  return Buffer.concat([head, Buffer.from(parts.join('|'))]);
}
