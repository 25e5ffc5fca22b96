import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../platform/db/database';
import { ClearLedgerRepository } from './clear-ledger.repository';
import { SubmissionBodyRepository } from './submission-body.repository';

const ROWS = 1_000;
/** Of a megabyte each. */
const CHUNKS = 8;
/** Transactions of one sweep, so that others get their turn; the next sweep goes on. */
const BATCHES = 50;
const BATCH_LIMIT_MS = 60_000;

/**
 * Seals what older versions left of accounts in clear, while everything runs: lines before the suspense sweep asks for
 * their index, then the problems of files, then bodies. Once nothing is left, this process looks no more.
 */
@Injectable()
export class ClearLedgerService {
  private isDone = false;

  constructor(
    private readonly database: Database,
    private readonly clear: ClearLedgerRepository,
    private readonly bodies: SubmissionBodyRepository,
  ) {}

  /** Safe to repeat, and to break off at any point. @returns rows sealed */
  async seal(): Promise<number> {
    if (this.isDone) return 0;
    const kinds: readonly [(tx: Tx) => Promise<number>, number][] = [
      [(tx) => this.clear.sealLines(tx, ROWS), ROWS],
      [(tx) => this.clear.sealProblems(tx, ROWS), ROWS],
      [(tx) => this.bodies.sealClear(tx, CHUNKS), CHUNKS],
    ];
    let sealed = 0;
    let batches = 0;
    for (const [sealBatch, full] of kinds) {
      for (let found = full; found === full; sealed += found) {
        if (batches === BATCHES) return sealed;
        batches += 1;
        found = await this.database.write(sealBatch, { limitMs: BATCH_LIMIT_MS });
      }
    }
    this.isDone = sealed === 0;
    return sealed;
  }
}
