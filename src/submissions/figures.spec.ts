import { type Cell, CellSums, negated, StallSums } from './figures';
import type { SubmissionLine } from './submission.types';

const cell = (change: Partial<Cell> = {}): Cell => ({
  marketNo: 1,
  channel: 1,
  bucket: 1,
  lineCount: 1n,
  transactionCount: 2n,
  amount: 3n,
  reversalCount: 4n,
  reversalAmount: 5n,
  ...change,
});
const LINE: SubmissionLine = {
  line: 2,
  stallCode: null,
  account: '0011004411223',
  marketCode: null,
  channel: 'CARD',
  transactionCount: 2_147_483_647,
  amount: 999_999_999_999_999n,
  reversalCount: 1,
  reversalAmount: 7n,
};

describe('CellSums', () => {
  it('adds lines exactly, past 2^53', () => {
    const sums = new CellSums();
    for (let i = 0; i < 20; i += 1) sums.addLine({ marketNo: 9, channel: 3, bucket: 2 }, LINE);
    expect(sums.sorted()).toEqual([
      {
        marketNo: 9,
        channel: 3,
        bucket: 2,
        lineCount: 20n,
        transactionCount: 42_949_672_940n,
        amount: 19_999_999_999_999_980n,
        reversalCount: 20n,
        reversalAmount: 140n,
      },
    ]);
  });

  it('keeps every cell apart, in the order in which rows are locked', () => {
    const sums = new CellSums();
    const keys = [2, 0, 1].flatMap((marketNo) =>
      [5, 1].flatMap((channel) => [3, 1, 2].map((bucket) => ({ marketNo, channel, bucket }))),
    );
    for (const key of keys) sums.add(cell(key));
    const found = sums.sorted().map(({ marketNo, channel, bucket }) => marketNo * 100 + channel * 10 + bucket);
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(new Set(found).size).toBe(keys.length);
  });

  it.each<[string, Cell[], number]>([
    ['a cell and its opposite: nothing', [cell(), negated(cell())], 0],
    ['an amount moved within as many lines: a difference', [cell({ amount: 9n }), negated(cell())], 1],
    ['reversals alone: a difference', [cell({ reversalCount: 5n }), negated(cell())], 1],
    ['a line of zeros: a line', [cell({ transactionCount: 0n, amount: 0n, reversalCount: 0n, reversalAmount: 0n })], 1],
  ])('%s', (_name, cells, count) => {
    const sums = new CellSums();
    cells.forEach((item) => sums.add(item));
    expect(sums.sorted()).toHaveLength(count);
  });
});

describe('StallSums', () => {
  it('adds up per stall, keeps what came to nothing, orders by stall', () => {
    const sums = new StallSums();
    const add = (stallNo: number, amount: bigint): void =>
      sums.add({ stallNo, marketNo: 1, transactionCount: amount, amount });
    add(7, 5n);
    add(3, 1n);
    add(7, -5n);
    expect(sums.sorted()).toEqual([
      { stallNo: 3, marketNo: 1, transactionCount: 1n, amount: 1n },
      { stallNo: 7, marketNo: 1, transactionCount: 0n, amount: 0n },
    ]);
  });
});
