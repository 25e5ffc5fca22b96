import { z } from 'zod';
import type { StampVerdict } from '../platform/secrets/stamps';
import { CheckpointKeyUnknown, CheckpointUnreadable } from './audit.errors';
import type { ChainLink } from './audit-chain.rules';

/** What the key of the stamp is derived for. */
export const CHECKPOINT_PURPOSE = 'audit checkpoint';

/**
 * A place in the chain that leaves the database. Whoever can write the chain anew cannot take it back, and without the
 * sealing key cannot make one that fits.
 */
export const checkpointSchema = z.object({
  position: z.string().regex(/^[0-9]{1,18}$/),
  /** In hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** UTC instant at which the head of the chain was read. */
  at: z.iso.datetime(),
  /** Entries sealed up to it: as many as there are positions. */
  entries: z.string().regex(/^[0-9]{1,18}$/),
  stamp: z.string().max(200),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** Stamps and recognises checkpoints. */
export interface CheckpointStamps {
  stamp(purpose: string, text: string): string;
  judge(purpose: string, text: string, stamp: string): StampVerdict;
}

export function makeCheckpoint({ position, hash }: ChainLink, at: Date, stamps: CheckpointStamps): Checkpoint {
  const places = { position: position.toString(), hash: hash.toString('hex'), at: at.toISOString() };
  const entries = places.position;
  return { ...places, entries, stamp: stamps.stamp(CHECKPOINT_PURPOSE, stampedText({ ...places, entries })) };
}

export function judgeCheckpoint(checkpoint: Checkpoint, stamps: CheckpointStamps): StampVerdict {
  return stamps.judge(CHECKPOINT_PURPOSE, stampedText(checkpoint), checkpoint.stamp);
}

export function linkOf({ position, hash }: Checkpoint): ChainLink {
  return { position: BigInt(position), hash: Buffer.from(hash, 'hex') };
}

/**
 * The checkpoints of a file: one JSON object per line, as `audit checkpoint` prints them or as they stand in the log,
 * whose other members are passed over.
 * @throws CheckpointUnreadable for a line that holds none, and for a file without any
 */
export function readCheckpoints(text: string): Checkpoint[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const checkpoints = lines.filter(({ line }) => line !== '').map(({ line, number }) => readLine(line, number));
  if (checkpoints.length === 0) throw new CheckpointUnreadable(1);
  return checkpoints;
}

/** @throws CheckpointKeyUnknown when nothing can be said about one of them */
export function mustBeKnown(checkpoints: readonly Checkpoint[], stamps: CheckpointStamps): void {
  for (const checkpoint of checkpoints) {
    if (judgeCheckpoint(checkpoint, stamps) === 'unknown_key') throw new CheckpointKeyUnknown(checkpoint.position);
  }
}

function readLine(line: string, number: number): Checkpoint {
  try {
    return checkpointSchema.parse(JSON.parse(line));
  } catch {
    throw new CheckpointUnreadable(number);
  }
}

function stampedText({ position, hash, at, entries }: Omit<Checkpoint, 'stamp'>): string {
  return [position, hash, at, entries].join('\n');
}
