import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from './folders';

/** What `postmaster.pid` says (PostgreSQL, miscadmin.h: LOCK_FILE_LINE_*). */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
  /** `starting`, `ready`, `stopping`; empty in the first moments. */
  readonly status: string;
  readonly text: string;
}

export function readPidFile(dataFolder: string): PidFile | null {
  const text = readText(join(dataFolder, 'postmaster.pid'));
  if (text === null) return null;
  const lines = text.split('\n').map((line) => line.trim());
  return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7] ?? '', text };
}

/** Shown in the titles of all processes of one cluster, so that they can be told from other servers' processes. */
export function clusterName(dataFolder: string): string {
  return `cho40-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 12)}`;
}

/** True for a live postmaster of `dataFolder`; false for zombies and for strangers that got its old number. */
export function isServerProcess(pid: number, dataFolder: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  const found = processInfo(pid);
  return found !== null && found.command.includes('postgres') && found.command.includes(dataFolder);
}

/**
 * Backends that outlived a killed postmaster. They hold its shared memory, and while they do no new server starts.
 * Recognised by their title; those whose parent is a living postmaster are somebody's good work and stay.
 */
export function orphanedBackends(dataFolder: string): number[] {
  const title = `postgres: ${clusterName(dataFolder)}: `;
  const backends = allProcesses().filter(({ command }) => command.startsWith(title));
  return backends.filter(({ parent }) => !isServerProcess(parent, dataFolder)).map(({ pid }) => pid);
}

/** Sends a signal; false when the process is not there any more. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function allProcesses(): ProcessInfo[] {
  if (process.platform !== 'linux') return listByPs(['-axo']);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((name) => processInfo(Number(name))).filter((found) => found !== null);
}

/** Null for processes that do not exist or are zombies. `cwd` would be surer, but root in a container may not read it. */
function processInfo(pid: number): ProcessInfo | null {
  if (process.platform !== 'linux') return listByPs(['-p', String(pid), '-o'])[0] ?? null;
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = status.slice(status.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return state === 'Z' || state === 'X' ? null : { pid, parent: Number(parent), command };
  } catch {
    return null;
  }
}

function listByPs(selection: string[]): ProcessInfo[] {
  try {
    const text = execFileSync('ps', [...selection, 'pid=,ppid=,stat=,command='], { encoding: 'utf8' });
    return text.split('\n').flatMap((line) => {
      const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
      return command === undefined || state?.startsWith('Z')
        ? []
        : [{ pid: Number(pid), parent: Number(parent), command }];
    });
  } catch {
    return [];
  }
}
