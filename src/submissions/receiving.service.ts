import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { DigestCheck } from '../banks/bank-signature.digest';
import type { SignedBank } from '../banks/bank-signature.types';
import { jsonAnswer } from '../banks/idempotency.answer';
import { IdempotencyService, requestHash, type Reservation, type StoredAnswer } from '../banks/idempotency.service';
import type { BankBin } from '../kernel/bank-bin';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Env } from '../platform/config/env';
import { Database, type Tx } from '../platform/db/database';
import { JobQueue } from '../platform/queue/job-queue';
import { type BodyFacts, BodyIntake, CHUNK_BYTES } from './body-intake';
import { type Format, formatOf, readerOf } from './readers/reader-of-format';
import { checkSteps, checkSubmission, type CheckOptions } from './submission.check';
import type { SubmissionHeader } from './submission.types';
import { SubmissionBodyRepository } from './submission-body.repository';
import { FormatNotSupported, HeaderInvalid, ReferenceConflict, StaleRevision } from './submissions.errors';
import { type ReceivedSubmission, SubmissionsRepository } from './submissions.repository';
import { dryRunOf, receiptOf } from './submissions.answers';

/** A signed POST as the controller hands it over. */
export interface IncomingSubmission {
  readonly bank: Required<SignedBank>;
  readonly contentType: string | undefined;
  /** Path and query as signed. */
  readonly target: string;
  readonly body: AsyncIterable<Buffer>;
}

/**
 * Takes a submission in: streams its bytes into durable storage, reads the header as it passes, compares the digest,
 * and keeps row, first answer and audit in one transaction. What the lines say is judged later, by the worker.
 */
@Injectable()
export class ReceivingService {
  constructor(
    private readonly database: Database,
    private readonly idempotency: IdempotencyService,
    private readonly submissions: SubmissionsRepository,
    private readonly bodies: SubmissionBodyRepository,
    private readonly audit: AuditService,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly env: Env,
  ) {}

  /**
   * One effect per Idempotency-Key and per (reference, bytes), however often and however parallel it is sent.
   * @throws FormatNotSupported, HeaderInvalid, ReferenceConflict, StaleRevision, BodyInterrupted, SignatureRefused,
   *   RequestInProgress, IdempotencyKeyReused
   */
  async receive(incoming: IncomingSubmission): Promise<{ answer: StoredAnswer; replayed: boolean }> {
    const format = formatOf(incoming.contentType);
    if (!format) throw new FormatNotSupported();
    const { bank } = incoming;
    const intake = new BodyIntake(incoming.body, new DigestCheck(bank.contentSha256));
    const outcome = await this.idempotency.once(
      { caller: `bank:${bank.bin}`, key: bank.idempotencyKey },
      {
        first: (reservation) => this.takeIn(incoming, format, intake, reservation),
        again: async () => {
          await intake.drain();
          return requestHash('POST', incoming.target, intake.facts().sha256);
        },
      },
    );
    const location = outcome.answer.headers.location?.split('/').at(-1);
    if (location) await this.queue.ring('process-submission', { submissionId: location });
    return outcome;
  }

  /** Every check of the lines and of the header, and nothing kept. @throws as {@link receive} for the request itself */
  async dryRun(incoming: IncomingSubmission): Promise<StoredAnswer> {
    const format = formatOf(incoming.contentType);
    if (!format) throw new FormatNotSupported();
    const intake = new BodyIntake(incoming.body, new DigestCheck(incoming.bank.contentSha256));
    const result = await checkSubmission(readerOf(format), intake.chunks(), this.options(incoming.bank));
    await intake.drain();
    intake.facts();
    return jsonAnswer(200, dryRunOf(result));
  }

  private async takeIn(
    incoming: IncomingSubmission,
    format: Format,
    intake: BodyIntake,
    reservation: Reservation,
  ): Promise<StoredAnswer> {
    const { bank, target } = incoming;
    const store = new BodyStore(this.bodies, this.ids.uuid());
    try {
      const header = await this.storeAndReadHeader(intake, format, bank, store);
      const facts = intake.facts();
      const submission = this.describe(store.id, bank, format, header, facts);
      return await this.database.write(async (tx) => {
        const answer = await this.keep(tx, submission, store);
        const hash = requestHash('POST', target, facts.sha256);
        await this.idempotency.complete(tx, reservation, { requestHash: hash, answer });
        return answer;
      });
    } catch (error) {
      await store.discard();
      throw error;
    }
  }

  /** Bytes go to the store while the reader looks at them; once the header is good the rest is stored unread. */
  private async storeAndReadHeader(
    intake: BodyIntake,
    format: Format,
    bank: SignedBank,
    store: BodyStore,
  ): Promise<SubmissionHeader> {
    const source = intake.chunks();
    async function* stored(): AsyncGenerator<Buffer, void, undefined> {
      for (let next = await source.next(); !next.done; next = await source.next()) {
        await store.add(next.value);
        yield next.value;
      }
    }
    let header: SubmissionHeader | null = null;
    const bytes = stored();
    for await (const step of checkSteps(readerOf(format), lend(bytes), this.options(bank))) {
      if (step.kind === 'header') header = step.header;
      if (step.kind !== 'lines' && header === null) throw new HeaderInvalid(step.problems);
      break;
    }
    if (header === null) throw new HeaderInvalid([]);
    for await (const chunk of bytes) void chunk;
    return header;
  }

  /** The row, or the receipt of the first one: natural keys guard beyond the Idempotency-Key (bank-contract §3). */
  private async keep(tx: Tx, submission: ReceivedSubmission, store: BodyStore): Promise<StoredAnswer> {
    for (;;) {
      const first = await this.submissions.findByReference(tx, submission.bankBin, submission.reference);
      if (first?.sha256.equals(submission.sha256)) {
        await store.discardIn(tx);
        return jsonAnswer(200, { ...receiptOf(first), duplicateOf: first.id }, locationOf(first.id));
      }
      if (first) throw new ReferenceConflict(submission.reference);
      const blocking = await this.submissions.blockingRevision(tx, submission);
      if (blocking !== null) throw new StaleRevision(blocking);
      // Lost against another request of the same moment: its row is there now, and decides.
      if (await this.submissions.insert(tx, submission)) break;
    }
    await store.finish(tx);
    await this.audit.record(tx, {
      action: 'submission_received',
      subjectType: 'submission',
      subjectId: submission.id,
      after: receiptOf(submission),
    });
    return jsonAnswer(202, receiptOf(submission), locationOf(submission.id));
  }

  private describe(
    id: string,
    bank: SignedBank,
    format: Format,
    header: SubmissionHeader,
    facts: BodyFacts,
  ): ReceivedSubmission {
    const { reference, businessDate, part, revision, granularity } = header;
    return {
      id,
      bankBin: bank.bin,
      reference,
      businessDate,
      part,
      revision,
      granularity,
      format,
      sha256: facts.sha256,
      byteCount: facts.byteCount,
      bodyLineCount: facts.lineCount,
      keyId: bank.keyId,
      receivedAt: this.clock.now(),
    };
  }

  private options(bank: SignedBank): CheckOptions {
    const horizonDays = this.env.submissionHorizonDays;
    return { today: this.clock.today(), horizonDays, signedBy: bank.bin as BankBin };
  }
}

/** The chunks of one body on their way into the database; a body of one chunk is written with its row. */
class BodyStore {
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  private seq = 0;

  constructor(
    private readonly bodies: SubmissionBodyRepository,
    readonly id: string,
  ) {}

  async add(bytes: Buffer): Promise<void> {
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
    if (this.pendingBytes >= CHUNK_BYTES) await this.flush(null);
  }

  /** The rest, in the transaction of the submission's row. May run again when that transaction is repeated. */
  async finish(tx: Tx): Promise<void> {
    if (this.pendingBytes > 0) await this.bodies.put(tx, this.id, this.seq, Buffer.concat(this.pending));
  }

  async discard(): Promise<void> {
    if (this.seq > 0) await this.bodies.discard(this.id);
  }

  async discardIn(tx: Tx): Promise<void> {
    if (this.seq > 0) await this.bodies.discard(this.id, tx);
  }

  private async flush(tx: Tx | null): Promise<void> {
    await this.bodies.put(tx, this.id, this.seq, Buffer.concat(this.pending));
    this.seq += 1;
    this.pending = [];
    this.pendingBytes = 0;
  }
}

/** A view of a generator whose early end does not end the generator: the rest of the body still has to be stored. */
async function* lend(source: AsyncGenerator<Buffer, void, undefined>): AsyncGenerator<Buffer, void, undefined> {
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
}

function locationOf(id: string): Record<string, string> {
  return { location: `/api/v1/bank/submissions/${id}` };
}
