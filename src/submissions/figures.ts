import type { SubmissionLine } from './submission.types';

/** Counts and đồng of any number of lines; exact. */
export interface Figures {
  readonly lineCount: bigint;
  readonly transactionCount: bigint;
  readonly amount: bigint;
  readonly reversalCount: bigint;
  readonly reversalAmount: bigint;
}

/** The key of a ledger cell of one bank and day: which market (0 in suspense), channel and bucket, by their numbers. */
export interface CellKey {
  readonly marketNo: number;
  readonly channel: number;
  readonly bucket: number;
}

export type Cell = CellKey & Figures;

/** What one stall was credited. */
export interface StallFigures {
  readonly stallNo: number;
  readonly marketNo: number;
  readonly transactionCount: bigint;
  readonly amount: bigint;
}

/** Sums lines, or differences of cells, per cell. Differences may be negative. */
export class CellSums {
  private readonly cells = new Map<number, Mutable<Cell>>();

  addLine(key: CellKey, line: SubmissionLine): void {
    const cell = this.cellOf(key);
    cell.lineCount += 1n;
    cell.transactionCount += BigInt(line.transactionCount);
    cell.amount += line.amount;
    cell.reversalCount += BigInt(line.reversalCount);
    cell.reversalAmount += line.reversalAmount;
  }

  add(other: Cell): void {
    const cell = this.cellOf(other);
    cell.lineCount += other.lineCount;
    cell.transactionCount += other.transactionCount;
    cell.amount += other.amount;
    cell.reversalCount += other.reversalCount;
    cell.reversalAmount += other.reversalAmount;
  }

  /** In the order of market, channel, bucket: the order in which rows are locked. Cells of zeros are left out. */
  sorted(): Cell[] {
    return [...this.cells.values()]
      .filter(
        (cell) => cell.lineCount !== 0n || cell.transactionCount !== 0n || cell.amount !== 0n || hasReversals(cell),
      )
      .sort((a, b) => a.marketNo - b.marketNo || a.channel - b.channel || a.bucket - b.bucket);
  }

  private cellOf({ marketNo, channel, bucket }: CellKey): Mutable<Cell> {
    const key = (marketNo * 8 + channel) * 4 + bucket;
    let cell = this.cells.get(key);
    if (!cell) this.cells.set(key, (cell = { marketNo, channel, bucket, ...ZERO }));
    return cell;
  }
}

/** Sums what stalls were credited, or differences of it. */
export class StallSums {
  private readonly stalls = new Map<number, Mutable<StallFigures>>();

  add({ stallNo, marketNo, transactionCount, amount }: StallFigures): void {
    const sum = this.stalls.get(stallNo);
    if (!sum) return void this.stalls.set(stallNo, { stallNo, marketNo, transactionCount, amount });
    sum.transactionCount += transactionCount;
    sum.amount += amount;
  }

  /** In the order of stalls: the order in which rows are locked. */
  sorted(): StallFigures[] {
    return [...this.stalls.values()].sort((a, b) => a.stallNo - b.stallNo);
  }
}

export function negated(cell: Cell): Cell {
  return {
    ...cell,
    lineCount: -cell.lineCount,
    transactionCount: -cell.transactionCount,
    amount: -cell.amount,
    reversalCount: -cell.reversalCount,
    reversalAmount: -cell.reversalAmount,
  };
}

function hasReversals(cell: Cell): boolean {
  return cell.reversalCount !== 0n || cell.reversalAmount !== 0n;
}

const ZERO: Figures = {
  lineCount: 0n,
  transactionCount: 0n,
  amount: 0n,
  reversalCount: 0n,
  reversalAmount: 0n,
};

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
