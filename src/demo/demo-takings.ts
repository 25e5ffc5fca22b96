import { createHash } from 'node:crypto';
import { type BusinessDay, weekday } from '../kernel/business-day';
import type { Channel } from '../submissions/submission.types';

/** A stall as its bank knows it (`GET /api/v1/bank/stalls`). */
export interface DemoStall {
  readonly account: string;
  readonly stallCode: string;
}

export interface DemoLine {
  readonly account: string;
  readonly channel: Channel;
  readonly transactionCount: number;
  readonly amount: bigint;
  readonly reversalCount: number;
  readonly reversalAmount: bigint;
}

/** Monday to Sunday, in hundredths of an ordinary day. */
const WEEKDAY_PERCENT = [78, 82, 88, 95, 108, 142, 135];
/** The 1st and 15th draw people to the market, as do the days before the new year's. */
const MARKET_DAY_PERCENT = 135;

/**
 * What a day might bring a stall: the same for the same stall, day and salt, on every machine. One stall in nine never
 * has a credit, some have one now and then, most nearly daily.
 */
export function takingsOf(stall: DemoStall, day: BusinessDay, salt = ''): DemoLine[] {
  const character = draw(stall.stallCode);
  const habit = character(100);
  if (habit < 11) return [];
  const chance = draw(`${stall.stallCode} ${day} ${salt}`);
  if (chance(100) >= (habit < 35 ? 30 : 86)) return [];
  const pull = (WEEKDAY_PERCENT[weekday(day) - 1] ?? 100) * (isMarketDay(day) ? MARKET_DAY_PERCENT : 100);
  const customers = Math.max(1, Math.round(((2 + character(14)) * pull * (70 + chance(61))) / 1_000_000));
  const basket = 18 + character(95);
  const lines = [lineOf(stall.account, 'VIETQR_TRANSFER', customers, basket, chance)];
  if (chance(100) < 14) lines.push(lineOf(stall.account, 'WALLET', 1 + chance(3), basket, chance));
  if (chance(100) < 5) lines.push(lineOf(stall.account, 'CARD', 1 + chance(2), basket * 3, chance));
  return lines;
}

/** @param basket an ordinary purchase in thousands of đồng */
function lineOf(
  account: string,
  channel: Channel,
  transactionCount: number,
  basket: number,
  chance: (below: number) => number,
): DemoLine {
  let amount = 0n;
  for (let i = 0; i < transactionCount; i += 1) amount += BigInt(basket * (40 + chance(140)) * 10);
  const rounded = (amount / 500n) * 500n + 500n;
  const reversed = chance(100) < 2;
  return {
    account,
    channel,
    transactionCount,
    amount: rounded,
    reversalCount: reversed ? 1 : 0,
    reversalAmount: reversed ? (rounded / BigInt(transactionCount) / 500n) * 500n + 500n : 0n,
  };
}

export function isMarketDay(day: BusinessDay): boolean {
  return day.endsWith('-01') || day.endsWith('-15');
}

/** Whole numbers below a bound, drawn from a seed: SHA-256 in counter mode. */
function draw(seed: string): (below: number) => number {
  let block = Buffer.alloc(0);
  let at = 0;
  let counter = 0;
  return (below) => {
    if (at + 4 > block.length) {
      block = createHash('sha256').update(`${seed} ${counter}`).digest();
      counter += 1;
      at = 0;
    }
    const value = block.readUInt32BE(at);
    at += 4;
    return value % below;
  };
}
