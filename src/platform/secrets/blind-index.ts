import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { type Confidential, CONFIDENTIAL_KINDS, type ConfidentialKind } from '../../kernel/confidential';

const KEY_BYTES = 32;

/**
 * What a sealed identifier is found by: HMAC-SHA-256 of the value as it is written, letter case included, under a key
 * of its kind, so that equal values of one kind meet in every table and those of two kinds never do (robustness §4).
 * The keys come by HKDF from one root, which the database keeps sealed: sealing keys change, the index does not.
 */
export class BlindIndex {
  private readonly keys: ReadonlyMap<ConfidentialKind, KeyObject>;

  /** @throws RangeError unless the root has 32 bytes */
  constructor(root: Buffer) {
    if (root.length !== KEY_BYTES) throw new RangeError('the root of the blind index has 32 bytes');
    this.keys = new Map(CONFIDENTIAL_KINDS.map((kind) => [kind, keyOf(root, kind)]));
  }

  /** 32 bytes; for a `bytea` column. */
  of(value: Confidential): Buffer {
    return this.digest(value.kind, value.reveal()).digest();
  }

  /** The same as {@link of} in hexadecimal, for maps of many. */
  hexOf(kind: ConfidentialKind, clear: string): string {
    return this.digest(kind, clear).digest('hex');
  }

  private digest(kind: ConfidentialKind, clear: string) {
    const key = this.keys.get(kind);
    if (!key) throw new Error(`no blind index for ${kind}`);
    return createHmac('sha256', key).update(clear);
  }
}

function keyOf(root: Buffer, kind: ConfidentialKind): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', root, '', `cho40 blind index ${kind}`, KEY_BYTES)));
}
