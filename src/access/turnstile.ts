import { PasswordQueueFull } from './access.errors';

/** Lets a few through at a time, a few more wait in order, and turns the rest away: a flood stays outside. */
export class Turnstile {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly maxRunning: number,
    private readonly maxWaiting: number,
  ) {}

  /** @throws PasswordQueueFull without having begun; whatever `work` throws otherwise */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.maxRunning) await this.turn();
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  /** Whoever ends hands its place over, so that nobody slips in between. */
  private turn(): Promise<void> {
    if (this.waiting.length >= this.maxWaiting) throw new PasswordQueueFull();
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
