/**
 * The mask penalty of ISO/IEC 18004 §7.8.3 exactly as `qrcode` computes it, on bit planes: lines lie side by side in
 * the bits of a word, so one operation judges 32 lines, and neighbours in a run are neighbours in the array.
 *
 * A plane holds 31 lines and, as bit 31, the first line of the next plane again: 2×2 blocks need the neighbour.
 */
export interface BitPlane {
  /** words[j], bit b: module j of line 31·p + b. */
  readonly words: Int32Array;
  /** Bits that this plane alone answers for. */
  readonly own: number;
  /** Bits b for which line b + 1 is in the plane too. */
  readonly pairs: number;
  /** Blocks and dark modules are counted along the rows only. */
  readonly ofRows: boolean;
}

const LINES = 31;

/** The planes of a symbol: first those of its rows, then of its columns. */
export function bitPlanes(modules: Uint8Array, size: number): BitPlane[] {
  const planes: BitPlane[] = [];
  for (const [line, step] of [[size, 1] as const, [1, size] as const]) {
    for (let first = 0; first < size; first += LINES) {
      const count = Math.min(LINES + 1, size - first);
      const words = packWords(modules, size, first * line, count, line, step);
      planes.push({ words, own: lowBits(Math.min(LINES, count)), pairs: lowBits(count - 1), ofRows: line === size });
    }
  }
  return planes;
}

function packWords(
  modules: Uint8Array,
  size: number,
  start: number,
  count: number,
  line: number,
  step: number,
): Int32Array {
  const words = new Int32Array(size);
  for (let j = 0; j < size; j += 1) {
    let word = 0;
    for (let b = 0, at = start + j * step; b < count; b += 1, at += line) word |= (modules[at] as number) << b;
    words[j] = word;
  }
  return words;
}

function lowBits(count: number): number {
  return count >= 32 ? -1 : (1 << count) - 1;
}

/** Penalty of the symbol in `planes`; stops early with a value of at least `limit` once that is passed. */
export function maskPenalty(planes: readonly BitPlane[], size: number, limit: number): number {
  let points = 0;
  let dark = 0;
  for (const plane of planes) {
    points += runPenalty(plane, size) + 40 * finderLikeCount(plane, size);
    if (plane.ofRows) {
      points += 3 * blockCount(plane, size);
      dark += darkCount(plane, size);
    }
    if (points >= limit) return points;
  }
  return points + 10 * Math.abs(Math.ceil((dark * 100) / (size * size) / 5) - 10);
}

/** Runs of n ≥ 5 equal modules cost n − 2: one point for each window of five, two more for each run. */
function runPenalty({ words, own }: BitPlane, size: number): number {
  let points = 0;
  let before = words[0] as number;
  let [equal1, equal2, equal3, open] = [0, 0, 0, 0];
  for (let j = 1; j < size; j += 1) {
    const word = words[j] as number;
    const equal = ~(word ^ before) & own;
    const five = equal & equal1 & equal2 & equal3;
    if (five !== 0) points += bitCount(five) + 2 * bitCount(five & ~open);
    [equal3, equal2, equal1, open, before] = [equal2, equal1, equal, five, word];
  }
  return points;
}

/** Dark-light 1:1:3:1:1 with four light modules before or after it, counted on each side. */
function finderLikeCount({ words, own }: BitPlane, size: number): number {
  let count = 0;
  for (let j = 0; j + 6 < size; j += 1) {
    const ends =
      (words[j] as number) & (words[j + 6] as number) & ~(words[j + 1] as number) & ~(words[j + 5] as number) & own;
    const core = ends & (words[j + 2] as number) & (words[j + 3] as number) & (words[j + 4] as number);
    if (core === 0) continue;
    if (j >= 4) count += bitCount(core & ~fourOr(words, j - 4));
    if (j + 10 < size) count += bitCount(core & ~fourOr(words, j + 7));
  }
  return count;
}

function fourOr(words: Int32Array, at: number): number {
  return (words[at] as number) | (words[at + 1] as number) | (words[at + 2] as number) | (words[at + 3] as number);
}

/** 2×2 blocks of one colour, overlapping ones too. */
function blockCount({ words, pairs }: BitPlane, size: number): number {
  let count = 0;
  for (let j = 1; j < size; j += 1) {
    const word = words[j] as number;
    const equal = ~(word ^ (words[j - 1] as number));
    count += bitCount(equal & (equal >>> 1) & ~(word ^ (word >>> 1)) & pairs);
  }
  return count;
}

function darkCount({ words, own }: BitPlane, size: number): number {
  let count = 0;
  for (let j = 0; j < size; j += 1) count += bitCount((words[j] as number) & own);
  return count;
}

/** Number of set bits of a 32-bit word (Hacker's Delight, fig. 5-2). */
function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
