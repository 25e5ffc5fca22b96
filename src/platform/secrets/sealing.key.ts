import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder';
import { StartupError } from '../startup-error';

const KEY_BYTES = 32;
const FILE = 'sealing.key';

export interface SealingKeySource {
  readonly production: boolean;
  readonly dataDir: string;
  /** 32 bytes in base64. */
  readonly sealingKey?: string;
  /** Other keys that only open, each 32 bytes in base64. */
  readonly sealingKeysRead?: readonly string[];
}

/**
 * The key that seals secrets at rest: SEALING_KEY, or outside production one made once in DATA_DIR (readable by its
 * owner only).
 * @throws StartupError `sealing_key_missing`, `sealing_key_invalid`, `sealing_key_unreadable`
 */
export function sealingKey({ production, dataDir, sealingKey: given }: SealingKeySource): Buffer {
  if (given !== undefined) return decodeKey(given, 'SEALING_KEY', production);
  if (production) {
    throw new StartupError('sealing_key_missing', {
      vi: 'Thiếu SEALING_KEY: chạy thật cần 32 byte ngẫu nhiên dạng base64 (openssl rand -base64 32).',
      en: 'SEALING_KEY is missing: production needs 32 random bytes in base64 (openssl rand -base64 32).',
    });
  }
  return keyOfFolder(dataDir);
}

/**
 * The keys that open but do not seal: former ones, until nothing is sealed with them any more, or the coming one while
 * it is being handed out to all processes.
 * @throws StartupError `sealing_key_invalid`
 */
export function formerSealingKeys({ production, sealingKeysRead = [] }: SealingKeySource): Buffer[] {
  return sealingKeysRead.map((text) => decodeKey(text, 'SEALING_KEYS_READ', production));
}

/** @param strict also refuses keys that nobody drew at random: `AAAA…`, one byte repeated */
function decodeKey(text: string, source: string, strict: boolean): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  const placeholder = strict && new Set(key).size < 8;
  if (key.length === KEY_BYTES && !placeholder) return key;
  throw new StartupError('sealing_key_invalid', {
    vi: `${source} phải là 32 byte ngẫu nhiên dạng base64 (openssl rand -base64 32).`,
    en: `${source} must be 32 random bytes in base64 (openssl rand -base64 32).`,
  });
}

function keyOfFolder(dataDir: string): Buffer {
  const path = join(dataDir, FILE);
  try {
    makeOnce(dataDir, path);
    return decodeKey(readFileSync(path, 'utf8'), path, true);
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(
      'sealing_key_unreadable',
      { vi: `Không đọc hoặc tạo được ${path}.`, en: `Cannot read or make ${path}.` },
      error,
    );
  }
}

/** Written whole and then linked: of two processes that start together one wins, and nobody reads half a key. */
function makeOnce(dataDir: string, path: string): void {
  if (exists(path)) return;
  makeFolder(dataDir);
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}

function exists(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
