import { Writable } from 'node:stream';
import { JsonLogger } from '../../src/platform/log/json-logger';
import { assertNothingConfidential } from '../factories/confidential-values';

/** Takes the place of standard output: every line of every instance in a test file, at the level that says most. */
export class LogWatch {
  private readonly kept: string[] = [];
  private rest = '';

  private readonly stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      const lines = (this.rest + chunk.toString()).split('\n');
      this.rest = lines.pop() ?? '';
      this.kept.push(...lines);
      done();
    },
  });

  loggerAt(level: string): JsonLogger {
    return new JsonLogger(level, this.stream);
  }

  get lines(): readonly string[] {
    return this.kept;
  }

  /** @throws Error that names what was found, and in which lines */
  assertNothingConfidential(): void {
    assertNothingConfidential(this.kept);
  }
}
