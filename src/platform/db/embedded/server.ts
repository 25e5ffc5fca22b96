import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, statSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries';
import { type Secrets, spawnError } from './cluster';
import { diskFull, folderError, serverDidNotStart, serverDoesNotAnswer } from './embedded.errors';
import { type Folders, readText } from './folders';
import { announcePresence, type Presence } from './presence';
import { clusterName, isServerProcess, orphanedBackends, readPidFile, signal } from './processes';

/** What a server needs beside its folder. */
export interface ServerPlan {
  readonly folders: Folders;
  readonly binaries: Binaries;
  readonly secrets: Secrets;
  /** Extra `name → value` of postgresql.conf. */
  readonly settings: Readonly<Record<string, string>>;
  /** Given when clients hold URLs with this port already; else any free one. */
  readonly fixedPort?: number | undefined;
}

export interface RunningServer {
  readonly port: number;
  readonly presence: Presence;
  /** True when the server ran before us. */
  readonly adopted: boolean;
}

const START_LIMIT_MS = 60_000;
const POLL_MS = 25;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** For a small server that shares its machine with us; `settings` of the plan go last. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  lc_messages: 'C',
  ...(process.platform === 'win32' ? {} : { client_connection_check_interval: '2s' }),
};

/**
 * Joins the server of this cluster if one runs, else starts it; `postmaster.pid` is the lock between starters.
 * Heals what a `kill -9` of anything leaves behind: stale pid files, zombies, backends without a postmaster.
 * @throws StartupError with PostgreSQL's own reason.
 */
export async function joinOrStart(plan: ServerPlan): Promise<RunningServer> {
  const deadline = performance.now() + START_LIMIT_MS;
  const data = plan.folders.data;
  let lastRefusal = serverDoesNotAnswer(data);
  while (performance.now() < deadline) {
    const pidFile = readPidFile(data);
    if (pidFile && isServerProcess(pidFile.pid, data)) {
      const presence = pidFile.status === 'ready' && (await announcePresence(pidFile.port, data, plan.secrets));
      if (presence) return { port: pidFile.port, presence, adopted: true };
      await sleep(POLL_MS);
      continue;
    }
    if (pidFile) removeStalePidFile(data, pidFile.text);
    const outcome = await launch(plan, deadline);
    if ('presence' in outcome) return outcome;
    lastRefusal = serverDidNotStart(outcome.refusal, logFile(plan.folders));
    await healOrThrow(outcome.refusal, plan.folders, lastRefusal);
  }
  throw lastRefusal;
}

/** Fast shutdown: clients are cut, everything is written. Returns when the process has gone. */
export async function stopServer(folders: Folders, limitMs = 20_000): Promise<void> {
  const pidFile = readPidFile(folders.data);
  if (!pidFile || !isServerProcess(pidFile.pid, folders.data)) return;
  signal(pidFile.pid, 'SIGINT');
  const deadline = performance.now() + limitMs;
  while (isServerProcess(pidFile.pid, folders.data) && performance.now() < deadline) await sleep(POLL_MS);
}

async function launch(plan: ServerPlan, deadline: number): Promise<RunningServer | { refusal: string }> {
  const { folders, binaries } = plan;
  const port = plan.fixedPort ?? (await choosePort(folders));
  const output = openLog(folders);
  const child = spawn(binaries.postgres, ['-D', folders.data, ...flagsOf(plan, port)], {
    ...folders.runAs,
    cwd: '/',
    env: { LC_ALL: 'C' },
    detached: true, // Ctrl-C reaches us, not the server: we stop it after our own clients
    stdio: ['ignore', output.descriptor, output.descriptor],
  });
  closeSync(output.descriptor);
  const ended = once(child, 'exit').then(
    () => 'ended' as const,
    (error: Error) => Promise.reject(spawnError(error)),
  );
  ended.catch(() => undefined);
  child.unref();
  while (performance.now() < deadline) {
    if ((await Promise.race([ended, sleep(POLL_MS)])) === 'ended') break;
    const pidFile = readPidFile(folders.data);
    if (pidFile?.pid !== child.pid || pidFile?.status !== 'ready') continue;
    const presence = await announcePresence(port, folders.data, plan.secrets);
    if (presence) return { port, presence, adopted: false };
  }
  return { refusal: lastComplaint(folders, output.offset) };
}

/** Some refusals pass when their cause is removed or time goes by; the others are the operator's. */
async function healOrThrow(refusal: string, folders: Folders, error: Error): Promise<void> {
  if (/lock file "postmaster\.pid" already exists/.test(refusal)) return sleep(POLL_MS);
  if (/shared memory block|still in use/.test(refusal)) {
    for (const pid of orphanedBackends(folders.data)) signal(pid, 'SIGKILL');
    return sleep(4 * POLL_MS);
  }
  if (/could not create any TCP\/IP sockets|Address already in use|could not bind/.test(refusal))
    return sleep(10 * POLL_MS);
  if (refusal.includes('No space left on device')) throw diskFull(folders.home);
  if (refusal.includes('Read-only file system')) throw folderError(folders.home, { code: 'EROFS' });
  throw error;
}

/** The port of last time, so that addresses stay; another free one when somebody else took it. */
async function choosePort(folders: Folders): Promise<number> {
  const file = join(folders.cluster, 'port');
  const remembered = Number(readText(file));
  if (remembered > 0 && (await tryListen(remembered)) !== null) return remembered;
  const port = await tryListen(0);
  if (port === null) throw serverDidNotStart('no free port on 127.0.0.1', logFile(folders));
  writeFileSync(file, `${port}\n`);
  return port;
}

async function tryListen(port: number): Promise<number | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}

/** Only the very file that was judged stale; PostgreSQL itself checks shared memory once more. */
function removeStalePidFile(dataFolder: string, text: string): void {
  if (readPidFile(dataFolder)?.text === text) unlinkSync(join(dataFolder, 'postmaster.pid'));
}

function flagsOf(plan: ServerPlan, port: number): string[] {
  const own = { cluster_name: clusterName(plan.folders.data), port: String(port) };
  return Object.entries({ ...SETTINGS, ...plan.settings, ...own }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}

function logFile(folders: Folders): string {
  return join(folders.home, 'server.log');
}

function openLog(folders: Folders): { descriptor: number; offset: number } {
  const file = logFile(folders);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) truncateSync(file);
  const descriptor = openSync(file, 'a', 0o600);
  return { descriptor, offset: size > LOG_LIMIT_BYTES ? 0 : size };
}

function lastComplaint(folders: Folders, offset: number): string {
  const lines = readFileSync(logFile(folders)).subarray(offset).toString('utf8').split('\n');
  const complaint = lines.filter((line) => /FATAL|PANIC|LOG: {2}could not|error while loading/.test(line)).at(-1);
  return complaint?.replace(/^.*?(FATAL|PANIC|LOG): {2}/, '').trim() ?? lines.at(-2) ?? 'no reason given';
}
