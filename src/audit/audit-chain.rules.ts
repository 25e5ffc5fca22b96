import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical-json';

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

/** What is wrong with the chain; the first wrong thing that a run comes upon. */
export type ChainFault =
  /** The entry is not as it was sealed, or stands in another place. */
  | 'entry_altered'
  /** Its place is there, the entry is gone. */
  | 'entry_missing'
  /** A place is gone from the chain. */
  | 'position_missing'
  /** The chain ends before a place that is known to have been there. */
  | 'tail_missing'
  /** The chain is sound in itself and is not the one that was there: it was written anew. */
  | 'chain_replaced'
  /** What claims to be a checkpoint of this system is none. */
  | 'checkpoint_forged';

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
