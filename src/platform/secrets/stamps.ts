import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const KEY_ID_BYTES = 8;

/** What a stamp turned out to be. */
export type StampVerdict = 'ours' | 'forged' | 'unknown_key';

/**
 * Keyed digests on what leaves the system and comes back: only a process that holds a sealing key can have made them.
 * Each purpose has a key of its own, derived from the sealing key, so that a stamp for one thing says nothing of another.
 */
export class Stamps {
  /** @param former keys whose stamps are still recognised */
  constructor(
    private readonly current: Buffer,
    private readonly former: readonly Buffer[] = [],
  ) {}

  /** `<key id>.<HMAC-SHA-256>`, both in hex. */
  stamp(purpose: string, text: string): string {
    return stampBy(this.current, purpose, text);
  }

  /** `unknown_key`: of a key that this process does not hold, so that nothing can be said. */
  judge(purpose: string, text: string, stamp: string): StampVerdict {
    const id = stamp.split('.', 1)[0];
    const key = [this.current, ...this.former].find((held) => keyId(derived(held, purpose)) === id);
    if (!key) return 'unknown_key';
    const [given, right] = [stamp, stampBy(key, purpose, text)].map((each) => Buffer.from(each)) as [Buffer, Buffer];
    return given.length === right.length && timingSafeEqual(given, right) ? 'ours' : 'forged';
  }
}

function stampBy(key: Buffer, purpose: string, text: string): string {
  const own = derived(key, purpose);
  return `${keyId(own)}.${createHmac('sha256', own).update(text).digest('hex')}`;
}

function derived(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `cho40 stamp: ${purpose}`, 32));
}

/** Tells keys apart without telling anything about them. */
function keyId(key: Buffer): string {
  return createHash('sha256')
    .update('cho40 stamp key id')
    .update(key)
    .digest('hex')
    .slice(0, KEY_ID_BYTES * 2);
}
