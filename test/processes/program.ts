import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { assertNothingConfidential } from '../factories/confidential-values';

const PROJECT = join(__dirname, '..', '..');
const RUNNER = join(PROJECT, 'test', 'database', 'run-typescript.mjs');

type LogLine = Readonly<Record<string, unknown>>;

/** One of the system's programs (`main`, `worker`) in a process of its own, in the environment given and no other. */
export class Program {
  private output = '';
  private errors = '';
  private readonly ended: Promise<number | null>;

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.ended = once(child, 'close').then(() => child.exitCode);
  }

  static start(name: 'main' | 'worker', environment: Record<string, string>, ...args: string[]): Program {
    const { PATH = '' } = process.env;
    const file = join(PROJECT, 'src', `${name}.ts`);
    const env = { PATH, NODE_ENV: 'test', PORT: '0', SECOND_FACTOR: 'offered', ...environment };
    return new Program(spawn(process.execPath, [RUNNER, file, ...args], { env, cwd: PROJECT }));
  }

  /** What it said on standard error. */
  get said(): string {
    return this.errors;
  }

  /** Its log so far. */
  get text(): string {
    return this.output;
  }

  /** The exit code, once it has ended by itself or by a signal. @throws when it has said what nobody may read */
  async end(): Promise<number | null> {
    const code = await this.ended;
    assertNothingConfidential(`${this.output}\n${this.errors}`.split('\n'));
    return code;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** The first log line that fits. @throws when the process ends before */
  async line(fits: (line: LogLine) => boolean): Promise<LogLine> {
    for (;;) {
      const lines = this.output.split('\n').slice(0, -1);
      const found = lines.map((text) => JSON.parse(text) as LogLine).find(fits);
      if (found) return found;
      const more = once(this.child.stdout, 'data').then(() => true);
      const goesOn = await Promise.race([more, this.ended.then(() => false)]);
      if (!goesOn) throw new Error(`it ended: ${this.errors || this.output}`);
    }
  }

  /** Where it listens, as soon as it does. */
  async address(): Promise<string> {
    const { msg } = await this.line(({ msg: text }) => String(text).startsWith('Server listening at'));
    return String(msg).replace('Server listening at ', '');
  }
}
