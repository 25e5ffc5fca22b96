import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { Database, type Tx } from '../platform/db/database';
import { Sweepers } from '../platform/queue/sweepers';
import { AuditChainRepository, type EntryRange } from './audit-chain.repository';
import { CHAIN_START, type ChainedEntry, type ChainLink, nextLink } from './audit-chain.rules';

const BATCH = 2_000;
/** What one call seals at most; a trail that was never sealed takes more than one. */
const BATCHES = 50;
const BATCH_LIMIT_MS = 60_000;

/** Longer than any transaction may take (a posting: half an hour). */
const OLDEST_TRANSACTION_MS = 3_600_000;

/**
 * Gives entries their place in the chain, shortly after they were committed. Whoever writes an entry waits for nobody:
 * only the sealers queue, and there one works and the others find nothing to do.
 *
 * Places are given in the order in which entries become visible, not by their numbers: an entry whose transaction ends
 * late gets a later place, and nothing is ever put between two that are sealed. Where one entry could be seen by whoever
 * wrote another, it stands before it.
 */
@Injectable()
export class AuditSealer {
  constructor(
    private readonly database: Database,
    private readonly chain: AuditChainRepository,
    private readonly clock: Clock,
    sweepers: Sweepers,
  ) {
    sweepers.add({ name: 'audit-seals', sweep: () => this.seal() });
  }

  /**
   * Seals what is there by now. Safe to repeat and at the same time. @returns how many entries
   * @param thorough looks at the whole trail, where otherwise what is far behind the head is taken for sealed
   */
  async seal(thorough = false): Promise<number> {
    let range = await this.database.read((tx) => this.range(tx, thorough), { limitMs: BATCH_LIMIT_MS });
    let sealed = 0;
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const within = range;
      const done = await this.database.write((tx) => this.sealBatch(tx, within), { limitMs: BATCH_LIMIT_MS });
      sealed += done.count;
      if (done.count < BATCH) break;
      range = { ...range, above: done.last };
    }
    return sealed;
  }

  /** The newest place, and how many entries are yet to get one. */
  state(): Promise<{ head: (ChainLink & { sealedAt: Date }) | undefined; waiting: bigint }> {
    return this.database.read(async (tx) => ({ head: await this.chain.head(tx), waiting: await this.waiting(tx) }));
  }

  /** Entries that wait for the next sealing. */
  async waiting(tx: Tx, thorough = false): Promise<bigint> {
    return this.chain.unsealedCount(tx, await this.floor(tx, thorough));
  }

  /** Entries written from here on wait for the next call, so that none overtakes one that shows itself meanwhile. */
  private async range(tx: Tx, thorough: boolean): Promise<EntryRange> {
    return { above: await this.floor(tx, thorough), upTo: await this.chain.newestEntry(tx) };
  }

  private async sealBatch(tx: Tx, range: EntryRange): Promise<{ count: number; last: bigint }> {
    const nothing = { count: 0, last: range.above };
    // First the lock, then a look: each statement sees what the sealer before has committed.
    if (!(await this.chain.tryLock(tx))) return nothing;
    const head = (await this.chain.head(tx)) ?? CHAIN_START;
    const entries = await this.chain.unsealed(tx, range, BATCH);
    const last = entries.at(-1);
    if (!last) return nothing;
    const sealedAt = microseconds(this.clock.now());
    await this.chain.append(tx, linksAfter(head, entries, sealedAt), sealedAt);
    return { count: entries.length, last: last.id };
  }

  private async floor(tx: Tx, thorough: boolean): Promise<bigint> {
    if (thorough) return 0n;
    return this.chain.floor(tx, new Date(this.clock.now().getTime() - OLDEST_TRANSACTION_MS));
  }
}

function linksAfter(
  head: ChainLink,
  entries: readonly ChainedEntry[],
  sealedAt: string,
): (ChainLink & { entryId: bigint })[] {
  let last = head;
  return entries.map((entry) => {
    last = nextLink(last, entry, sealedAt);
    return { ...last, entryId: entry.id };
  });
}

/** As PostgreSQL writes the instant in the chain. */
function microseconds(instant: Date): string {
  return instant.toISOString().replace('Z', '000Z');
}
