import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries';
import {
  cannotSwitchUser,
  folderError,
  foreignDataFolder,
  otherMajorVersion,
  serverDidNotStart,
} from './embedded.errors';
import { type Folders, readText } from './folders';
import type { RunAs } from './run-as';
import { errorCode } from '../db.errors';

/** Passwords of the three roles of an embedded database. */
export interface Secrets {
  readonly postgres: string;
  readonly cho40_owner: string;
  readonly cho40_app: string;
}

export type RoleName = keyof Secrets;

const SECRET_FILE = 'secret';
const HALF_MADE = 'cluster.init-';
/** Folders that this process is making right now. */
const inTheMaking = new Set<string>();

/**
 * Opens the cluster in `folders`, making it first when there is none: initdb and roles in a temporary folder, then one
 * rename. A kill at any moment leaves either nothing or everything; of two that start at once one rename wins.
 */
export async function openCluster(folders: Folders, binaries: Binaries, sync = true): Promise<Secrets> {
  await sweepHalfMade(folders.home);
  setAsideWhenEmpty(folders);
  if (!existsSync(folders.cluster)) await makeCluster(folders, binaries, sync);
  checkVersion(folders, binaries);
  return readSecrets(folders) ?? (await renewSecrets(folders, binaries));
}

async function makeCluster(folders: Folders, binaries: Binaries, sync: boolean): Promise<void> {
  const half = join(folders.home, `${HALF_MADE}${process.pid}-${randomBytes(4).toString('hex')}`);
  inTheMaking.add(half);
  const data = join(half, 'data');
  const secrets: Secrets = { postgres: newPassword(), cho40_owner: newPassword(), cho40_app: newPassword() };
  try {
    mkdirSync(half);
    chmodSync(half, 0o711);
    mkdirSync(data, { mode: 0o700 });
    giveTo(folders.runAs, data);
    await initialise(data, half, secrets, folders.runAs, binaries, sync);
    await singleUser(data, createRoles(secrets), folders.runAs, binaries);
    writeSecrets(half, secrets);
    renameSync(half, folders.cluster);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    const lostTheRace = ['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '') && existsSync(folders.cluster);
    if (!lostTheRace) throw folderError(folders.home, error);
  } finally {
    inTheMaking.delete(half);
  }
}

/** ICU with Vietnamese order: with `C` Đ sorts after Z. Falls back to the C ctype where C.UTF-8 is unknown (macOS). */
async function initialise(
  data: string,
  folder: string,
  secrets: Secrets,
  runAs: RunAs,
  binaries: Binaries,
  sync: boolean,
): Promise<void> {
  const passwordFile = join(folder, 'initial-password');
  writeFileSync(passwordFile, `${secrets.postgres}\n`, { mode: 0o600 });
  giveTo(runAs, passwordFile);
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'C';
  const args = [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=icu',
    '--icu-locale=vi-VN',
    `--locale=${locale}`,
    '--no-instructions',
    ...(sync ? [] : ['--no-sync']),
  ];
  await runProgram(binaries.initdb, args, runAs);
  rmSync(passwordFile, { force: true });
}

/**
 * Migrations run as the owner, the application as a role that owns nothing and passes no row-level security.
 * What the application may do with the owner's tables is granted by `grants.ts`, the same way as on any other server.
 */
function createRoles(secrets: Secrets): string[] {
  return [
    `CREATE ROLE cho40_owner LOGIN PASSWORD '${secrets.cho40_owner}'`,
    `CREATE ROLE cho40_app LOGIN NOINHERIT PASSWORD '${secrets.cho40_app}'`,
    'CREATE DATABASE cho40 OWNER cho40_owner',
    'REVOKE ALL ON DATABASE cho40 FROM PUBLIC',
    'GRANT CONNECT, TEMPORARY ON DATABASE cho40 TO cho40_app',
  ];
}

/** A lost secret file costs nothing but a restart: whoever owns the data may set new passwords. */
async function renewSecrets(folders: Folders, binaries: Binaries): Promise<Secrets> {
  const secrets: Secrets = { postgres: newPassword(), cho40_owner: newPassword(), cho40_app: newPassword() };
  const changes = Object.entries(secrets).map(([role, password]) => `ALTER ROLE ${role} PASSWORD '${password}'`);
  await singleUser(folders.data, changes, folders.runAs, binaries);
  writeSecrets(folders.cluster, secrets);
  return secrets;
}

/** PostgreSQL's single-user mode: one statement a line, no port, no password; ends at the end of input. */
function singleUser(data: string, statements: string[], runAs: RunAs, binaries: Binaries): Promise<void> {
  const args = ['--single', '-D', data, '-c', 'exit_on_error=on', '-c', 'log_min_messages=fatal', 'postgres'];
  return runProgram(binaries.postgres, args, runAs, `${statements.join('\n')}\n`);
}

function runProgram(program: string, args: string[], runAs: RunAs, input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...runAs, cwd: '/', env: { LC_ALL: 'C' }, stdio: 'pipe' });
    child.stdout.resume(); // a pipe, so that a program whose starter was killed ends at its next word
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', (error) => reject(spawnError(error)));
    child.on('close', (code) => (code === 0 ? resolve() : reject(complaintError(complaint))));
  });
}

export function spawnError(error: Error): Error {
  return ['EPERM', 'EINVAL'].includes(errorCode(error) ?? '') ? cannotSwitchUser(error) : error;
}

function complaintError(complaint: string): Error {
  if (complaint.includes('No space left on device')) return Object.assign(new Error(complaint), { code: 'ENOSPC' });
  const lines = complaint.split('\n').filter((line) => /FATAL|ERROR|error|PANIC/.test(line));
  return serverDidNotStart(lines.at(-1)?.trim() ?? complaint.trim().slice(-200));
}

function checkVersion(folders: Folders, binaries: Binaries): void {
  const found = readVersion(folders);
  if (found !== binaries.major) throw otherMajorVersion(folders.data, found ?? '?', binaries.major);
}

function readVersion(folders: Folders): string | null {
  try {
    return readText(join(folders.data, 'PG_VERSION'));
  } catch {
    throw foreignDataFolder(folders.data);
  }
}

/** A folder without PG_VERSION and control file holds no database; it is kept aside for whoever made it. */
function setAsideWhenEmpty(folders: Folders): void {
  if (!existsSync(folders.cluster)) return;
  if (readVersion(folders) !== null || existsSync(join(folders.data, 'global', 'pg_control'))) return;
  renameSync(folders.cluster, `${folders.cluster}.broken-${randomBytes(4).toString('hex')}`);
}

/** Removes what starters left behind that were killed before their rename; what still writes there goes next time. */
async function sweepHalfMade(home: string): Promise<void> {
  for (const name of readdirSync(home)) {
    const folder = join(home, name);
    if (!name.startsWith(HALF_MADE) || inTheMaking.has(folder)) continue;
    const maker = Number(name.slice(HALF_MADE.length).split('-')[0]);
    if (maker !== process.pid && isAlive(maker)) continue;
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function readSecrets(folders: Folders): Secrets | null {
  const text = readText(join(folders.cluster, SECRET_FILE));
  if (!text) return null;
  try {
    return JSON.parse(text) as Secrets;
  } catch {
    return null;
  }
}

function writeSecrets(folder: string, secrets: Secrets): void {
  const file = join(folder, SECRET_FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function giveTo(runAs: RunAs, path: string): void {
  if (runAs.uid !== undefined && runAs.gid !== undefined) chownSync(path, runAs.uid, runAs.gid);
}

/** URL-safe and free of quotes, 192 bits. */
function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
