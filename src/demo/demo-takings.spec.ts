import { addDays, businessDay, daysInRange } from '../kernel/business-day';
import { type DemoStall, takingsOf } from './demo-takings';

const STALLS: DemoStall[] = Array.from({ length: 300 }, (_, i) => ({
  account: `000${100_000 + i}`,
  stallCode: `S${i}`,
}));
const FROM = businessDay('2026-09-07');

const sumOn = (offset: number): bigint =>
  STALLS.flatMap((stall) => takingsOf(stall, addDays(FROM, offset))).reduce((sum, { amount }) => sum + amount, 0n);

describe('demo takings', () => {
  it('are the same every time', () => {
    const [stall] = STALLS as [DemoStall];
    expect(takingsOf(stall, FROM)).toEqual(takingsOf(stall, FROM));
  });

  it('keep the contract: an amount exactly where there is a count, each channel once', () => {
    const wrong = daysInRange(FROM, addDays(FROM, 20)).flatMap((day) =>
      STALLS.map((stall) => takingsOf(stall, day)).filter(
        (lines) =>
          new Set(lines.map(({ channel }) => channel)).size !== lines.length ||
          lines.some((line) => line.transactionCount < 1 || line.amount < 1n) ||
          lines.some((line) => (line.reversalCount === 0) !== (line.reversalAmount === 0n)),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('are higher at the weekend and leave some stalls without any credit', () => {
    expect(sumOn(5)).toBeGreaterThan(sumOn(0));
    const days = daysInRange(FROM, addDays(FROM, 20));
    const silent = STALLS.filter((stall) => days.every((day) => takingsOf(stall, day).length === 0));
    expect(silent.length).toBeGreaterThan(10);
    expect(silent.length).toBeLessThan(80);
  });
});
