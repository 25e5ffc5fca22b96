import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

const DIST = join(__dirname, '..');

/** A load asks more in a second than a person in an hour. */
const UNLIMITED = {
  LOG_LEVEL: 'error',
  SECOND_FACTOR: 'offered',
  RATE_ADDRESS: '100000000',
  RATE_SESSION: '100000000',
};

/** Our own program as a process of its own, ready when `start` returns. */
export class Program {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** From spawn to the first 200 of /health/ready. */
    readonly readyAfterMs: number,
  ) {}

  static async start(dataDir: string): Promise<Program> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const started = performance.now();
    const env = { ...process.env, ...UNLIMITED, DATA_DIR: dataDir, PORT: String(port), PUBLIC_URL: url };
    const child = spawn(process.execPath, [join(DIST, 'src', 'main.js')], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    while (!(await isReady(url))) {
      if (child.exitCode !== null) throw new Error('the program ended at its start');
      await pause(10);
    }
    return new Program(child, url, performance.now() - started);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
