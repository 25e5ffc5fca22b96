import { addDays, type BusinessDay } from '../../src/kernel/business-day';
import { makeSubmission } from '../factories/submission-lines';
import { SAMPLE_ACCOUNTS } from '../factories/register.factory';
import { CHANNELS } from '../../src/submissions/submission.types';

/** A file that a bank sends until it is answered 2xx. */
export interface DrillSubmission {
  readonly reference: string;
  readonly day: BusinessDay;
  readonly part: number;
  readonly revision: number;
  readonly body: string;
  readonly lines: number;
  readonly amount: bigint;
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ACCOUNTS = SAMPLE_ACCOUNTS.filter(({ bin }) => bin === '970436').map(({ account }) => account);

/** What a bank sends: a new part of a recent day, or now and then a correction of one that was answered before. */
export class DrillBank {
  private made = 0;
  private readonly answered = new Map<string, DrillSubmission>();

  constructor(
    private readonly yesterday: BusinessDay,
    private readonly random: () => number,
    private readonly linesPerSubmission: number,
  ) {}

  next(): DrillSubmission {
    const correctable = [...this.answered.values()];
    const former = this.random() < 0.25 ? correctable[Math.floor(this.random() * correctable.length)] : undefined;
    this.made += 1;
    const { day, part } = former ?? { day: addDays(this.yesterday, -(this.made % 3)), part: this.made };
    const revision = (former?.revision ?? 0) + 1;
    // Nobody else may correct it before this correction is answered: it would be stale.
    if (former) this.answered.delete(keyOf(former));
    return this.make(`DRILL-${this.made}`, day, part, revision);
  }

  noteAnswered(submission: DrillSubmission): void {
    this.answered.set(keyOf(submission), submission);
    this.counting.set(keyOf(submission), submission);
  }

  /** Of every part the highest revision that was answered 2xx: what the totals must be. */
  readonly counting = new Map<string, DrillSubmission>();

  private make(reference: string, day: BusinessDay, part: number, revision: number): DrillSubmission {
    const lines = Array.from({ length: this.linesPerSubmission }, (_, i) => {
      const known = i < ACCOUNTS.length * CHANNELS.length;
      return {
        account: known ? ACCOUNTS[i % ACCOUNTS.length] : `UNKNOWN${1_000_000 + i}`,
        channel: known ? CHANNELS[Math.floor(i / ACCOUNTS.length)] : 'CARD',
        count: 1 + Math.floor(this.random() * 9),
        amount: 1_000 + Math.floor(this.random() * 5_000_000),
      };
    });
    const amount = lines.reduce((sum, line) => sum + BigInt(line.amount), 0n);
    const body = makeSubmission({ reference, day, part, revision, lines });
    return { reference, day, part, revision, body, lines: lines.length, amount };
  }
}

function keyOf({ day, part }: DrillSubmission): string {
  return `${day} ${part}`;
}
