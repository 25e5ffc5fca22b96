import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical-json';
import type { Bilingual } from '../kernel/errors';

/** An entry as it is hashed: every column, as text that PostgreSQL writes the same way each time. */
export interface ChainedEntry {
  readonly id: bigint;
  /** UTC with microseconds: `2026-11-22T02:00:00.000000Z`. */
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** JSON text of the column. */
  readonly before: string | null;
  /** JSON text of the column. */
  readonly after: string | null;
  readonly reason: string | null;
  readonly traceId: string | null;
  readonly address: string | null;
  readonly provinceCode: string | null;
}

/** A place in the chain: its number from 1, and the hash over everything up to it. */
export interface ChainLink {
  readonly position: bigint;
  readonly hash: Buffer;
}

/** Before the first entry. */
export const CHAIN_START: ChainLink = { position: 0n, hash: Buffer.alloc(32) };

/**
 * What an entry's hash is taken over: canonical JSON of all its columns, its place and when it was sealed. Anybody can
 * compute it again: SHA-256 of the hash before in hex, a line feed, and this text in UTF-8.
 * @param sealedAt UTC with microseconds, as {@link ChainedEntry.at}
 */
export function chainText(entry: ChainedEntry, position: bigint, sealedAt: string): string {
  const { id, before, after, ...rest } = entry;
  const texts = Object.entries({ ...rest, id: id.toString(), position: position.toString(), sealedAt });
  const members = texts.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return canonicalJson(`{${members.join(',')},"before":${before ?? 'null'},"after":${after ?? 'null'}}`);
}

/** The link that follows `previous` when `entry` is sealed at `sealedAt`. */
export function nextLink(previous: ChainLink, entry: ChainedEntry, sealedAt: string): ChainLink {
  const position = previous.position + 1n;
  const text = `${previous.hash.toString('hex')}\n${chainText(entry, position, sealedAt)}`;
  return { position, hash: createHash('sha256').update(text).digest() };
}

/** What is wrong with the chain, the first wrong thing that a run comes upon; and in words. */
export const CHAIN_FAULTS = {
  entry_altered: {
    vi: 'Mục nhật ký không còn như lúc được niêm phong, hoặc đã bị chuyển sang vị trí khác.',
    en: 'The entry is not as it was sealed, or stands in another place.',
  },
  entry_missing: {
    vi: 'Mục nhật ký đã bị xoá; vị trí của nó trong chuỗi vẫn còn.',
    en: 'The entry is gone; its place in the chain is still there.',
  },
  position_missing: {
    vi: 'Một vị trí đã bị xoá khỏi chuỗi.',
    en: 'A place is gone from the chain.',
  },
  tail_missing: {
    vi: 'Phần cuối của chuỗi đã bị cắt: một điểm mốc cho biết chuỗi từng dài hơn.',
    en: 'The end of the chain is cut off: a checkpoint says that it was longer.',
  },
  chain_replaced: {
    vi: 'Chuỗi đã bị viết lại: tự nó khớp, nhưng không phải chuỗi mà điểm mốc ghi nhận.',
    en: 'The chain was written anew: sound in itself, and not the one that a checkpoint knows.',
  },
  checkpoint_forged: {
    vi: 'Một điểm mốc không phải do hệ thống này ký.',
    en: 'A checkpoint was not stamped by this system.',
  },
} as const satisfies Record<string, Bilingual>;
export type ChainFault = keyof typeof CHAIN_FAULTS;

/** A row of the chain as it stands, with the entry it names. */
export interface SealedEntry extends ChainLink {
  readonly entryId: bigint;
  /** UTC with microseconds. */
  readonly sealedAt: string;
  /** Null when the entry is gone. */
  readonly entry: ChainedEntry | null;
}

/** Whether `sealed` follows `previous`. @returns what is wrong, null when nothing is */
export function judgeLink(previous: ChainLink, sealed: SealedEntry): ChainFault | null {
  if (sealed.position !== previous.position + 1n) return 'position_missing';
  if (!sealed.entry) return 'entry_missing';
  return nextLink(previous, sealed.entry, sealed.sealedAt).hash.equals(sealed.hash) ? null : 'entry_altered';
}
