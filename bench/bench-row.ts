/** One line of the table that `npm run bench` prints: our figure and the peer’s beside the goal (performance.md). */
export interface BenchRow {
  /** `P1` … `P11`. */
  readonly id: string;
  readonly job: string;
  readonly ours: string;
  readonly peer: string;
  /** Ours over the peer’s, greater is better unless the goal says otherwise. */
  readonly ratio: number;
  readonly goal: string;
  readonly met: boolean;
}
