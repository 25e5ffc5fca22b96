import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/db/embedded-postgres';
import { quiet } from './quiet-log';
import { withAdmin } from './test-server';

const CHILD = ['run-typescript.mjs', 'embedded-child.ts'].map((name) => join(__dirname, name));

export type Urls = Pick<EmbeddedPostgres, 'adminUrl' | 'ownerUrl' | 'appUrl' | 'adopted'>;

/** A DATA_DIR of one test's own, with every process that works on it, in this one and apart. */
export class EmbeddedFolder {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'cho40-embedded-'));
  private readonly started: EmbeddedPostgres[] = [];
  private readonly children: ChildProcess[] = [];

  constructor() {
    chmodSync(this.dataDir, 0o755);
  }

  async start(warn: (line: string) => void = () => undefined): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({
      dataDir: this.dataDir,
      log: { ...quiet, warn },
      settings: { fsync: 'off' },
    });
    this.started.push(server);
    return server;
  }

  spawnChild(): ChildProcess {
    const child = spawn(process.execPath, [...CHILD, this.dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.children.push(child);
    return child;
  }

  async startChild(): Promise<{ child: ChildProcess; urls: Urls }> {
    const child = this.spawnChild();
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout?.setEncoding('utf8').once('data', resolve);
      child.once('exit', (code) => reject(new Error(`the child ended with ${code}`)));
    });
    return { child, urls: JSON.parse(line) as Urls };
  }

  async clear(): Promise<void> {
    for (const child of this.children) child.kill('SIGKILL');
    for (const server of this.started) await server.stop();
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 10 });
  }

  path(name: string): string {
    return join(this.dataDir, name);
  }

  /** A file of PGDATA. */
  pgFile(name: string): string {
    return this.path(join('postgres/cluster/data', name));
  }

  /** What stands in the database's folder. */
  entries(): string[] {
    return readdirSync(this.path('postgres')).sort();
  }

  postmaster(): number {
    return Number(readFileSync(this.pgFile('postmaster.pid'), 'utf8').split('\n')[0]);
  }

  untilFirstFiles(): Promise<true> {
    return poll(async () => (existsSync(this.path('postgres')) && this.entries().length > 0) || undefined);
  }
}

export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

export function urlsOf({ adminUrl, ownerUrl, appUrl }: Urls): string[] {
  return [adminUrl, ownerUrl, appUrl];
}

export function ask(url: string, text: string): Promise<unknown[]> {
  return withAdmin(url, async (client) => (await client.query(text)).rows as unknown[]);
}

export function askUntilAnswered(url: string, text: string): Promise<unknown[]> {
  return poll(() => ask(url, text).catch(() => undefined));
}

/** False for what is gone and for a zombie that nobody has buried yet. */
export function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !readFileSync(stat, 'utf8').includes(') Z ');
}

/** Looks again and again until there is something. */
async function poll<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let rounds = 0; rounds < 1_000; rounds += 1) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await breath();
  }
  throw new Error('nothing came');
}

/** Between two looks at something that is about to happen. */
export function breath(): Promise<void> {
  return sleep(20);
}
