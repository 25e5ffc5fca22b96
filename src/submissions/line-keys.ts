import type { LineKeyKind } from './submission.rules';

/**
 * Which (code or account, channel) pairs a submission has named so far: exact, for millions of lines, in a few bytes
 * each (bank-contract §1: a pair appears at most once). Keys are packed without loss into 32-bit words and kept in
 * open-addressing tables; the five channels of one key share its slot as a bit mask.
 *
 * Two tables: an account of at most 15 digits – the usual one – takes 2 words, everything else up to 19 letters and
 * digits takes 4. 5 million lines over a million such accounts stay near 16 MB.
 */
export class LineKeys {
  private readonly digits = new PackedTable(2);
  private readonly others = new PackedTable(4);

  /** Notes a well-formed key (see `checkKey`) with the index of its channel. False when that pair was there before. */
  add(kind: LineKeyKind, key: string, channel: number): boolean {
    if (packDigits(key, this.digits.probe)) return this.digits.add(1 << (MASK_SHIFT + channel));
    packText(kind, key, this.others.probe);
    return this.others.add(1 << (MASK_SHIFT + channel));
  }
}

/** Channels live in bits 24–28 of a key's last word; packed keys leave the top byte of that word free. */
const MASK_SHIFT = 24;
const KEY_BITS = 0x00ff_ffff;
const INITIAL_SLOTS = 4_096;
const MAX_LOAD = 0.65;
const MAX_DIGITS = 15;

/** `1` followed by the digits, as a 51-bit number: leading zeros and length stay distinct. False for other keys. */
function packDigits(key: string, into: Uint32Array): boolean {
  if (key.length > MAX_DIGITS) return false;
  let number = 1;
  for (let i = 0; i < key.length; i += 1) {
    const digit = key.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return false;
    number = number * 10 + digit;
  }
  into[0] = number >>> 0;
  into[1] = Math.floor(number / 0x1_0000_0000);
  return true;
}

/** Six bits a character, five characters a word; the fourth word holds the last four and one bit for stall codes. */
function packText(kind: LineKeyKind, key: string, into: Uint32Array): void {
  for (let word = 0; word < 4; word += 1) {
    const width = word === 3 ? 4 : 5;
    let packed = 0;
    for (let i = word * 5; i < word * 5 + width; i += 1) packed = (packed << 6) | sixBits(key.charCodeAt(i));
    into[word] = packed;
  }
  // An account may spell a stall code; the two are different keys. The third word uses 30 of its 32 bits.
  if (kind === 'stallCode') into[2] = ((into[2] ?? 0) | 0x4000_0000) >>> 0;
}

/** 1–62 for digits, upper and lower case; 0 past the end, where charCodeAt gives NaN. */
function sixBits(code: number): number {
  if (code >= 97) return code - 60;
  if (code >= 65) return code - 54;
  return code >= 48 ? code - 47 : 0;
}

/** Linear probing over fixed-width slots in one typed array; a slot is free while its channel mask is zero. */
class PackedTable {
  /** The key to look for, channel mask left zero. */
  readonly probe: Uint32Array;
  private slots: Uint32Array;
  private capacity = INITIAL_SLOTS;
  private used = 0;

  constructor(private readonly width: number) {
    this.probe = new Uint32Array(width);
    this.slots = new Uint32Array(INITIAL_SLOTS * width);
  }

  /** Sets one bit of the mask of {@link probe}; false when it was set. */
  add(bit: number): boolean {
    const at = this.find();
    const last = at + this.width - 1;
    const held = this.slots[last] ?? 0;
    if ((held & bit) !== 0) return false;
    if (held === 0) this.occupy(at, bit);
    else this.slots[last] = held | bit;
    return true;
  }

  /** The slot that holds the probe's key, or the free one where it belongs. */
  private find(): number {
    const { slots, width } = this;
    const mask = this.capacity - 1;
    const last = width - 1;
    let slot = hash(this.probe) & mask;
    while (slots[slot * width + last] !== 0 && !this.holds(slot * width)) slot = (slot + 1) & mask;
    return slot * width;
  }

  private holds(at: number): boolean {
    const { slots, probe } = this;
    const last = this.width - 1;
    for (let i = 0; i < last; i += 1) if (slots[at + i] !== probe[i]) return false;
    return ((slots[at + last] ?? 0) & KEY_BITS) === probe[last];
  }

  /** Writes the probe with its mask into a free slot. */
  private occupy(at: number, mask: number): void {
    const { slots, probe, width } = this;
    for (let i = 0; i < width; i += 1) slots[at + i] = probe[i] ?? 0;
    slots[at + width - 1] = (probe[width - 1] ?? 0) | mask;
    this.used += 1;
    if (this.used > this.capacity * MAX_LOAD) this.grow();
  }

  private grow(): void {
    const { slots: old, probe, width } = this;
    const last = width - 1;
    this.capacity *= 2;
    this.slots = new Uint32Array(this.capacity * width);
    this.used = 0;
    for (let at = 0; at < old.length; at += width) {
      const held = old[at + last] ?? 0;
      if (held === 0) continue;
      for (let i = 0; i < last; i += 1) probe[i] = old[at + i] ?? 0;
      probe[last] = held & KEY_BITS;
      this.occupy(this.find(), held & ~KEY_BITS);
    }
  }
}

/** Mixes the words (the finaliser of MurmurHash3 after each), so that accounts in a row spread over the table. */
function hash(words: Uint32Array): number {
  let mixed = 0x9e37_79b9;
  for (let i = 0; i < words.length; i += 1) {
    mixed ^= words[i] ?? 0;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
    mixed ^= mixed >>> 16;
  }
  return mixed >>> 0;
}
