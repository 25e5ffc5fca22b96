import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../files/make-folder';
import { errorCode } from '../db.errors';
import { folderError, foreignDataFolder } from './embedded.errors';
import { canReach, chooseRunAs, type RunAs } from './run-as';

/**
 * Where one embedded database lives. `cluster` appears by one rename when it is complete, never half-made:
 *
 *     home/cluster/data      PGDATA, owned by the user who runs the server
 *     home/cluster/secret    passwords, 0600, ours
 *     home/cluster/port      the port of last time
 *     home/server.log
 */
export interface Folders {
  readonly home: string;
  readonly cluster: string;
  readonly data: string;
  readonly runAs: RunAs;
}

/** Left in DATA_DIR when its database had to live elsewhere. */
const POINTER = 'postgres.location';

/**
 * Creates what is missing down to `home`. As root below a folder that the server's user cannot enter (/root),
 * the database moves to a folder of its own outside, the same one at every start.
 * @throws StartupError when DATA_DIR cannot be written.
 */
export function openFolders(dataDir: string, log: (line: string) => void): Folders {
  try {
    makeFolder(dataDir);
    const root = realpathSync(dataDir);
    const inside = join(root, 'postgres');
    const direct = foldersAt(inside);
    makePassable(inside);
    if (!isOurs(inside) && process.getuid?.() !== 0) throw foreignDataFolder(inside);
    if (canReach(inside, direct.runAs)) return direct;
    const home = movedHome(root, direct.runAs);
    log(`DATA_DIR ${root} cannot be entered by the user who runs PostgreSQL; its database is in ${home}`);
    return foldersAt(home);
  } catch (error) {
    throw folderError(dataDir, error);
  }
}

function foldersAt(home: string): Folders {
  const cluster = join(home, 'cluster');
  const data = join(cluster, 'data');
  return { home, cluster, data, runAs: chooseRunAs(data) };
}

function movedHome(root: string, runAs: RunAs): string {
  const pointer = join(root, POINTER);
  const remembered = readText(pointer);
  if (remembered && canReach(remembered, runAs)) return remembered;
  const name = `postgres-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`;
  const home = join(cacheFolder(runAs), name);
  makePassable(home);
  writeFileSync(pointer, `${home}\n`);
  return home;
}

/** A folder of ours that the server's user can enter, for data and binaries that lie out of its reach. */
export function cacheFolder(runAs: RunAs): string {
  const candidates =
    runAs.uid === undefined
      ? [join(homedir(), '.cache', 'cho40'), join(tmpdir(), `cho40-${process.getuid?.() ?? 'user'}`)]
      : ['/var/lib/cho40', join(tmpdir(), 'cho40-root')];
  let refusal: unknown;
  for (const folder of candidates) {
    try {
      makePassable(folder);
      if (isOurs(folder) && canReach(folder, runAs)) return folder;
    } catch (error) {
      refusal = error;
    }
  }
  throw folderError(candidates.join(', '), refusal ?? Object.assign(new Error('not reachable'), { code: 'EACCES' }));
}

/** Others may pass through but not list; secrets inside have modes of their own. */
function makePassable(folder: string): void {
  makeFolder(folder);
  if (isOurs(folder)) chmodSync(folder, 0o711);
}

/** Guards against a folder or link that somebody else laid out in a shared temporary folder. */
function isOurs(folder: string): boolean {
  const { uid } = lstatSync(folder);
  return process.getuid === undefined || uid === process.getuid();
}

/** The trimmed text of a small file; null when it does not exist. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
