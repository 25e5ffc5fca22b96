import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Who runs the server processes; undefined ids mean "whoever we are". */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
}

/** `nobody` on every Linux and macOS of the last decades; PostgreSQL refuses to run as root. */
const NOBODY = 65_534;

/**
 * The user of the server: ourselves, or when we are root the owner of the data that is there already, else nobody.
 * @param existingData PGDATA; may not exist yet.
 */
export function chooseRunAs(existingData: string): RunAs {
  if (process.getuid?.() !== 0) return {};
  const owner = statSync(existingData, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: NOBODY, gid: NOBODY };
}

/** True when `runAs` may pass through every folder down to `path`, which must exist. */
export function canReach(path: string, runAs: RunAs): boolean {
  if (runAs.uid === undefined) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    if (!maySearch(folder, runAs)) return false;
    if (dirname(folder) === folder) return true;
  }
}

/** The execute bit of a folder as the kernel reads it: owner, else group, else others. */
function maySearch(folder: string, { uid, gid }: RunAs): boolean {
  const { mode, uid: ownerUid, gid: ownerGid } = statSync(folder);
  if (ownerUid === uid) return (mode & 0o100) !== 0;
  if (ownerGid === gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
