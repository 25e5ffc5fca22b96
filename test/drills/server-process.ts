import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { assertNothingConfidential } from '../factories/confidential-values';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'main.js');
const START_LIMIT_MS = 60_000;

/** The built program as a process of its own, to be killed and started again at the same address. */
export class ServerProcess {
  private child: ChildProcess | undefined;
  private output = '';

  private constructor(
    readonly url: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** @param environment everything it needs beside HOST and PORT */
  static async at(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const port = await freePort();
    return new ServerProcess(`http://127.0.0.1:${port}`, { ...environment, HOST: '127.0.0.1', PORT: String(port) });
  }

  /** Resolves when it answers. @throws when it ends before, with what it said */
  async start(): Promise<void> {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH, ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    for (const output of [child.stdout, child.stderr])
      output.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    const deadline = performance.now() + START_LIMIT_MS;
    while (!(await this.answers())) {
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${said}`);
      if (performance.now() > deadline) throw new Error(`not up in time: ${said}`);
      await pause(20);
    }
  }

  /** SIGKILL, and gone. @throws when it has said what nobody may read */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    assertNothingConfidential(this.output.split('\n'));
  }

  private async answers(): Promise<boolean> {
    return fetch(`${this.url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
