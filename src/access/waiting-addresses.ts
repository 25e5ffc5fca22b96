const MOST = 10_000;

/**
 * Addresses that have to wait, as this process last learnt it from the table: their further tries are refused without
 * asking the database. Only a shortcut: forgetting an entry costs one question.
 */
export class WaitingAddresses {
  private readonly until = new Map<string, number>();

  /** Whole seconds still to wait; 0 when none are known. */
  secondsOf(subject: string, now: Date): number {
    const until = this.until.get(subject);
    if (until === undefined) return 0;
    const seconds = Math.ceil((until - now.getTime()) / 1_000);
    if (seconds <= 0) this.until.delete(subject);
    return Math.max(0, seconds);
  }

  remember(subject: string, seconds: number, now: Date): void {
    if (seconds <= 0) return;
    if (this.until.size >= MOST) this.until.clear();
    this.until.set(subject, now.getTime() + seconds * 1_000);
  }
}
