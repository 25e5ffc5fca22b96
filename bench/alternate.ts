import { performance } from 'node:perf_hooks';

/** One side of a comparison: a piece of work that is repeated, and how many units one run of it does. */
export interface Contestant {
  readonly run: () => unknown;
  readonly unitsPerRun: number;
}

/** Units per second of both sides, and the ratio: medians over the rounds of one alternating run. */
export interface Comparison {
  readonly oursPerSecond: number;
  readonly peerPerSecond: number;
  readonly ratio: number;
}

export interface AlternateOptions {
  /** A B A B … rounds that count; one more warms up. */
  readonly rounds?: number;
  /** How long each side works in each round. */
  readonly msPerTurn?: number;
}

/**
 * Measures two ways to do one job against each other. They take turns within one process, because absolute figures
 * of a shared machine drift by tens of per cent within a minute while the ratio of neighbours hardly moves.
 */
export async function alternate(
  ours: Contestant,
  peer: Contestant,
  { rounds = 5, msPerTurn = 300 }: AlternateOptions = {},
): Promise<Comparison> {
  const turns: { ours: number; peer: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const turn = { ours: await unitsPerSecond(ours, msPerTurn), peer: await unitsPerSecond(peer, msPerTurn) };
    if (round > 0) turns.push(turn);
  }
  return {
    oursPerSecond: median(turns.map((turn) => turn.ours)),
    peerPerSecond: median(turns.map((turn) => turn.peer)),
    ratio: median(turns.map((turn) => turn.ours / turn.peer)),
  };
}

/** The middle value; the mean of the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** `1.13 M/s`, `36.0 k/s`, `812/s`. */
export function rateText(perSecond: number): string {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(2)} M/s`;
  if (perSecond >= 1e3) return `${(perSecond / 1e3).toFixed(1)} k/s`;
  return `${perSecond.toFixed(perSecond < 10 ? 2 : 0)}/s`;
}

async function unitsPerSecond({ run, unitsPerRun }: Contestant, ms: number): Promise<number> {
  const start = performance.now();
  let runs = 0;
  let elapsed = 0;
  while (elapsed < ms) {
    const pending = run();
    if (pending instanceof Promise) await pending;
    runs += 1;
    elapsed = performance.now() - start;
  }
  return (runs * unitsPerRun * 1000) / elapsed;
}
