/**
 * A deflate stream (RFC 1951) for 1-bit pictures whose pixels come as whole bytes: 0x00, 0xff and the PNG filter
 * bytes 0 and 2. One dynamic block with a code made for them once and for all: 1 bit for 0x00, 2 bits for 0xff,
 * 6 for the filter "up", 7 for the end and for each length; repeats are named by who knows them, not searched for.
 */
export class PictureDeflate {
  private readonly bytes: Uint8Array;
  private length = 2;
  private hold = 0;
  private held = 0;
  private readonly farSymbol: number;

  /** `far`: the one distance other than 1 that repeats use, 2 to 32 768; `capacity`: bytes that surely suffice. */
  constructor(
    private readonly far: number,
    capacity: number,
  ) {
    this.bytes = new Uint8Array(capacity);
    this.bytes.set([0x78, 0x01]); // zlib, 32 kB window, no dictionary (RFC 1950)
    this.farSymbol = symbolOf(DISTANCES, far);
    this.putHeader();
  }

  /** 0x00: a black byte, or the filter "none". */
  putZero(): void {
    this.put(0b0, 1);
  }

  /** 0xff: a white byte. */
  putWhite(): void {
    this.put(0b01, 2);
  }

  /**
   * One byte for each module from `from` up to but not including `to`, `copies` times over: 0x00 where it is 1 (dark),
   * 0xff where it is 0. Without a branch per module: their order is as good as random.
   */
  putModules(modules: Uint8Array, from: number, to: number, copies: number): void {
    let [bits, count] = [0, 0];
    for (let at = from; at < to; at += 1) {
      const light = 1 - (modules[at] as number);
      for (let copy = 0; copy < copies; copy += 1) {
        bits |= light << count;
        count += 1 + light;
      }
      if (count > 8) {
        this.put(bits, count);
        [bits, count] = [0, 0];
      }
    }
    this.put(bits, count);
  }

  /** 0x02: the filter "up". */
  putUp(): void {
    this.put(0b000011, 6);
  }

  /** The last byte again, `count` times (3 or more). */
  repeatLast(count: number): void {
    this.repeat(count, 0, 0, 0);
  }

  /** `count` (3 or more) bytes as they stood `far` bytes ago. */
  repeatFar(count: number): void {
    this.repeat(count, 1, this.far - (DISTANCES.base[this.farSymbol] ?? 0), DISTANCES.extra[this.farSymbol] ?? 0);
  }

  /** Ends the stream. `adler`: the Adler-32 of what it unpacks to. */
  finish(adler: number): Uint8Array {
    this.put(LENGTH_CODES[0] ?? 0, 7); // end of block
    this.put(0, 7); // pushes the last bits out
    new DataView(this.bytes.buffer).setUint32(this.length, adler);
    return this.bytes.subarray(0, this.length + 4);
  }

  private repeat(count: number, distanceBit: number, rest: number, restBits: number): void {
    for (let left = count; left > 0;) {
      // 257 or 256 would leave a rest of 1 or 2, which no length code names.
      const now = left <= 258 ? left : left - 258 < 3 ? 255 : 258;
      const symbol = symbolOf(LENGTHS, now);
      this.put(LENGTH_CODES[symbol + 1] ?? 0, 7);
      this.put(now - (LENGTHS.base[symbol] ?? 0), LENGTHS.extra[symbol] ?? 0);
      this.put(distanceBit, 1);
      this.put(rest, restBits);
      left -= now;
    }
  }

  /** RFC 1951 §3.2.7: the code lengths, themselves coded by eight codes of three bits. */
  private putHeader(): void {
    this.put(0b101, 3); // last block, dynamic codes
    this.put(286 - 257, 5);
    this.put(this.farSymbol, 5);
    this.put(18 - 4, 4);
    for (const symbol of [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1]) {
      this.put(symbol in LENGTH_OF_LENGTH ? 3 : 0, 3);
    }
    for (const length of [1, 0, 6]) this.putLength(length); // 0x00, 0x01, 0x02
    this.putLength(18, 138 - 11, 7); // 0x03 … 0xfe are absent
    this.putLength(18, 114 - 11, 7);
    for (const length of [2, 7]) this.putLength(length); // 0xff, end of block
    for (const copies of [6, 6, 6, 6, 5]) this.putLength(16, copies - 3, 2); // the 29 lengths like the end
    this.putLength(1); // distance 1
    for (let symbol = 1; symbol < this.farSymbol; symbol += 1) this.putLength(0);
    this.putLength(1); // the far distance
  }

  private putLength(symbol: number, rest = 0, restBits = 0): void {
    this.put(reversed(LENGTH_OF_LENGTH[symbol] ?? 0, 3), 3);
    this.put(rest, restBits);
  }

  /** Lowest bit first, as deflate packs numbers; codes are given already reversed. At most 24 bits. */
  private put(bits: number, count: number): void {
    this.hold |= bits << this.held;
    this.held += count;
    while (this.held >= 8) {
      this.bytes[this.length] = this.hold;
      this.length += 1;
      this.hold >>>= 8;
      this.held -= 8;
    }
  }
}

interface Steps {
  readonly base: readonly number[];
  readonly extra: readonly number[];
}

/** Code of each code length in use; all have three bits. */
const LENGTH_OF_LENGTH: Record<number, number> = { 0: 0, 1: 1, 2: 2, 6: 3, 7: 4, 16: 5, 17: 6, 18: 7 };
const LENGTHS: Steps = lengthSteps();
const DISTANCES: Steps = steps(1, 4, 2, 30);
/** Seven-bit codes of "end" and then of the 29 lengths; the canonical order starts them at 98. */
const LENGTH_CODES = Array.from({ length: 30 }, (_, index) => reversed(98 + index, 7));

/** Ranges that double every `perBit` symbols after the first `plain` ones (RFC 1951 §3.2.5). */
function steps(first: number, plain: number, perBit: number, count: number): Steps {
  const [base, extra]: [number[], number[]] = [[], []];
  for (let symbol = 0, at = first; symbol < count; symbol += 1) {
    const bits = symbol < plain ? 0 : Math.floor((symbol - plain) / perBit) + 1;
    base.push(at);
    extra.push(bits);
    at += 1 << bits;
  }
  return { base, extra };
}

/** 258 has a symbol of its own although the range before it could name it. */
function lengthSteps(): Steps {
  const { base, extra } = steps(3, 8, 4, 28);
  return { base: [...base, 258], extra: [...extra, 0] };
}

function symbolOf({ base }: Steps, value: number): number {
  let symbol = base.length - 1;
  while ((base[symbol] ?? 0) > value) symbol -= 1;
  return symbol;
}

function reversed(code: number, bits: number): number {
  let result = 0;
  for (let i = 0; i < bits; i += 1) result |= ((code >> i) & 1) << (bits - 1 - i);
  return result;
}
