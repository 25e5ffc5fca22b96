import { Injectable, Logger } from '@nestjs/common';
import { dayOfInstant } from '../kernel/business-day';
import { Clock } from '../kernel/clock';
import { Database } from '../platform/db/database';
import { Stamps } from '../platform/secrets/stamps';
import { makeCheckpoint } from './audit-checkpoint.rules';
import { AuditSealer } from './audit-sealer';
import { AuditVerificationsRepository, type VerificationRow } from './audit-verifications.repository';
import type { AuditVerification } from './audit.schema';
import { AuditVerifier, type ChainProof } from './audit-verifier';

/**
 * Looks over the whole chain once a Vietnamese day, keeps what it found, and writes a checkpoint into the log, which an
 * installation that takes its trail seriously ships to another machine.
 */
@Injectable()
export class AuditWatch {
  private readonly logger = new Logger(AuditWatch.name);

  constructor(
    private readonly database: Database,
    private readonly verifications: AuditVerificationsRepository,
    private readonly verifier: AuditVerifier,
    private readonly sealer: AuditSealer,
    private readonly stamps: Stamps,
    private readonly clock: Clock,
  ) {}

  /** The newest run; undefined before the first. */
  async last(): Promise<VerificationRow | undefined> {
    return this.database.read((tx) => this.verifications.last(tx));
  }

  /** What an auditor is told. The numbers are of this moment, the verdict is of the last run. */
  async state(): Promise<AuditVerification> {
    const [last, { head, waiting }] = await Promise.all([this.last(), this.sealer.state()]);
    return {
      head: head ? { position: head.position.toString(), sealedAt: head.sealedAt.toISOString() } : null,
      waiting: Number(waiting),
      last: last ? runOf(last) : null,
    };
  }

  /** Whether nobody has looked today. A chain that began today is looked at tomorrow. */
  async isDue(): Promise<boolean> {
    const lookedAt = await this.database.read((tx) => this.verifications.lookedAt(tx));
    return lookedAt !== undefined && dayOfInstant(lookedAt) < this.clock.today();
  }

  /** Seals also what an ordinary sweep would not look for, verifies everything, keeps and tells the outcome. */
  async lookOver(stopping?: AbortSignal): Promise<ChainProof> {
    await this.sealer.seal(true);
    const proof = await this.verifier.verify([], stopping);
    await this.keep(proof);
    return proof;
  }

  private async keep({ ok, position, hash, unsealed, problem }: ChainProof): Promise<void> {
    const [at, link] = [this.clock.now(), { position: BigInt(position), hash: Buffer.from(hash, 'hex') }];
    const checkpoint = makeCheckpoint(link, at, this.stamps);
    const row: VerificationRow = { at, ok, ...link, unsealed: BigInt(unsealed), problem, stamp: checkpoint.stamp };
    await this.database.write((tx) => this.verifications.append(tx, row));
    if (ok) this.logger.log({ audit: 'checkpoint', ...checkpoint });
    else this.logger.error({ audit: 'broken', ...problem });
  }
}

function runOf({ at, ok, position, hash, problem }: VerificationRow): AuditVerification['last'] {
  return { at: at.toISOString(), ok, position: position.toString(), hash: hash.toString('hex'), problem };
}
