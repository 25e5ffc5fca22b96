import type { Bilingual } from '../kernel/errors';

/**
 * Why the process cannot start, in one sentence that says what to do. `main.ts`, `worker.ts` and `cli.ts` print
 * {@link StartupError.line} and exit non-zero; nobody reads a stack to learn that a disk is full.
 */
export class StartupError extends Error {
  constructor(
    /** Stable, snake_case. */
    readonly code: string,
    readonly text: Bilingual,
    cause?: unknown,
  ) {
    super(`${code}: ${text.en}`, { cause });
    this.name = new.target.name;
  }

  /** Both languages on one line, Vietnamese first. */
  get line(): string {
    return `${this.code}: ${this.text.vi} / ${this.text.en}`.replace(/\s+/g, ' ');
  }
}
