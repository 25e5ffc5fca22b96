import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { Database, type Tx } from '../platform/db/database';
import { Stamps } from '../platform/secrets/stamps';
import { AuditChainRepository } from './audit-chain.repository';
import {
  CHAIN_START,
  type ChainedEntry,
  type ChainFault,
  type ChainLink,
  judgeLink,
  type SealedEntry,
} from './audit-chain.rules';
import { type Checkpoint, judgeCheckpoint, linkOf, makeCheckpoint, mustBeKnown } from './audit-checkpoint.rules';
import { AuditSealer } from './audit-sealer';
import {
  AuditVerificationsRepository,
  type ChainProblem,
  type VerificationRow,
} from './audit-verifications.repository';

const PAGE = 2_000;
const PAGE_LIMIT_MS = 60_000;

/** What a run over the chain found. */
export interface ChainProof {
  readonly ok: boolean;
  /** The last position that is right, and the hash there. */
  readonly position: string;
  readonly hash: string;
  /** Entries that have no place in the chain yet. */
  readonly unsealed: string;
  /** Checkpoints that the chain was held against: those given, and those of former runs. */
  readonly checkpoints: number;
  /** The first thing that is wrong. */
  readonly problem: ChainProblem | null;
  /** The entry that the problem names, as it stands now. */
  readonly entry: Pick<ChainedEntry, 'at' | 'actorKind' | 'actorId' | 'action' | 'subjectType' | 'subjectId'> | null;
}

/**
 * Computes the whole chain again and compares. It finds a sealed entry that was altered, deleted, moved to another place
 * or put in between, whoever did it and with whatever rights.
 *
 * What the chain cannot tell by itself is told by checkpoints. Whoever owns the tables can switch off triggers and
 * policies, cut the end off or write the whole chain anew, since SHA-256 asks for no key: the chain is then sound and
 * another one. A checkpoint from before says so (`tail_missing`, `chain_replaced`); the database keeps one of each day's
 * run, which its owner can delete but, without the sealing key, not forge. So keep checkpoints outside of the database.
 *
 * Not found: what was done to an entry before it was sealed (the sweep seals twice a minute), entries that the
 * application itself wrote in somebody else's name, and a tail cut off after the newest checkpoint at hand.
 */
@Injectable()
export class AuditVerifier {
  constructor(
    private readonly database: Database,
    private readonly chain: AuditChainRepository,
    private readonly verifications: AuditVerificationsRepository,
    private readonly sealer: AuditSealer,
    private readonly stamps: Stamps,
    private readonly clock: Clock,
  ) {}

  /**
   * A page at a time, however long the chain is.
   * @param kept checkpoints from outside
   * @param stopping aborted when the process is asked to end
   * @throws CheckpointKeyUnknown for one of `kept` that a key not at hand has stamped
   */
  async verify(kept: readonly Checkpoint[] = [], stopping?: AbortSignal): Promise<ChainProof> {
    mustBeKnown(kept, this.stamps);
    const { known, forged } = await this.read((tx) => this.checkpoints(tx, kept));
    const found = await this.walk(known, stopping);
    const unsealed = await this.read((tx) => this.sealer.waiting(tx, true));
    const problem = found.problem ?? forged;
    return {
      ok: problem === null,
      position: found.last.position.toString(),
      hash: found.last.hash.toString('hex'),
      unsealed: unsealed.toString(),
      checkpoints: known.length,
      problem,
      entry: found.entry && factsOf(found.entry),
    };
  }

  /** Seals what waits and stamps the head of the chain. */
  async checkpoint(): Promise<Checkpoint> {
    await this.sealer.seal();
    const head = await this.read((tx) => this.chain.head(tx));
    return makeCheckpoint(head ?? CHAIN_START, this.clock.now(), this.stamps);
  }

  private read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.read(work, { limitMs: PAGE_LIMIT_MS });
  }

  /** Places that are known to have been there, in their order; those of keys long gone say nothing. */
  private async checkpoints(
    tx: Tx,
    kept: readonly Checkpoint[],
  ): Promise<{ known: ChainLink[]; forged: ChainProblem | null }> {
    const all = [...(await this.verifications.all(tx)).map(checkpointOf), ...kept];
    const judged = all.map((checkpoint) => ({ checkpoint, verdict: judgeCheckpoint(checkpoint, this.stamps) }));
    const forged = judged.find(({ verdict }) => verdict === 'forged')?.checkpoint;
    const known = judged.filter(({ verdict }) => verdict === 'ours').map(({ checkpoint }) => linkOf(checkpoint));
    return {
      known: known.sort((a, b) => Number(a.position - b.position)),
      forged: forged ? problemAt('checkpoint_forged', BigInt(forged.position)) : null,
    };
  }

  private async walk(
    known: readonly ChainLink[],
    stopping: AbortSignal | undefined,
  ): Promise<{ last: ChainLink; problem: ChainProblem | null; entry: ChainedEntry | null }> {
    const expected = new ExpectedHashes(known);
    let last: ChainLink = CHAIN_START;
    for (;;) {
      stopping?.throwIfAborted();
      const { position } = last;
      const page = await this.read((tx) => this.chain.segment(tx, position, PAGE));
      for (const sealed of page) {
        const problem = judge(last, sealed, expected);
        if (problem) return { last, problem, entry: problem.entryId === null ? null : sealed.entry };
        last = { position: sealed.position, hash: sealed.hash };
      }
      if (page.length < PAGE) break;
    }
    const isCut = expected.furthest > last.position;
    return { last, problem: isCut ? problemAt('tail_missing', last.position + 1n) : null, entry: null };
  }
}

/** Enough to know it by; what it says was changed is not what happened. */
function factsOf({ at, actorKind, actorId, action, subjectType, subjectId }: ChainedEntry): ChainProof['entry'] {
  return { at, actorKind, actorId, action, subjectType, subjectId };
}

/** The hashes that checkpoints name, by position; two that contradict each other cannot both be met. */
class ExpectedHashes {
  readonly furthest: bigint;
  private readonly hashes = new Map<bigint, Buffer[]>();

  constructor(known: readonly ChainLink[]) {
    this.furthest = known.at(-1)?.position ?? 0n;
    for (const { position, hash } of known) this.hashes.set(position, [...(this.hashes.get(position) ?? []), hash]);
  }

  isMet({ position, hash }: ChainLink): boolean {
    return (this.hashes.get(position) ?? []).every((expected) => expected.equals(hash));
  }
}

function judge(last: ChainLink, sealed: SealedEntry, expected: ExpectedHashes): ChainProblem | null {
  const fault = judgeLink(last, sealed);
  if (fault === 'position_missing') return problemAt(fault, last.position + 1n);
  if (fault) return problemAt(fault, sealed.position, sealed.entryId);
  return expected.isMet(sealed) ? null : problemAt('chain_replaced', sealed.position, sealed.entryId);
}

function problemAt(code: ChainFault, position: bigint, entryId?: bigint): ChainProblem {
  return { code, position: position.toString(), entryId: entryId?.toString() ?? null };
}

/** Each run of the day is a checkpoint of the last position that was right. */
function checkpointOf({ position, hash, at, stamp }: VerificationRow): Checkpoint {
  const text = position.toString();
  return { position: text, hash: hash.toString('hex'), at: at.toISOString(), entries: text, stamp };
}
