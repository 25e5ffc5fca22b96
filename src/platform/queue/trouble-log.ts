import type { Logger } from '@nestjs/common';
import { errorFacts } from '../log/error-facts';

const SILENCE_MS = 10_000;

/** A broken connection complains many times a second: the same sentence is logged once in ten seconds. */
export class TroubleLog {
  private readonly lastSaid = new Map<string, number>();

  constructor(private readonly logger: Logger) {}

  report(what: string, error: unknown): void {
    const { message, type } = errorFacts(error);
    const sentence = `${what}: ${message || type}`;
    const now = performance.now();
    if (now - (this.lastSaid.get(sentence) ?? -Infinity) < SILENCE_MS) return;
    if (this.lastSaid.size > 100) this.lastSaid.clear();
    this.lastSaid.set(sentence, now);
    this.logger.warn(sentence);
  }
}
