import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { DigestCheck } from '../banks/bank-signature.digest';
import type { SignedBank } from '../banks/bank-signature.types';
import { jsonAnswer } from '../banks/idempotency.answer';
import { IdempotencyService, requestHash, type Reservation, type StoredAnswer } from '../banks/idempotency.service';
import type { BankBin } from '../kernel/bank-bin';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { withSystemScope } from '../platform/actor';
import { Env } from '../platform/config/env';
import { Database, type Tx } from '../platform/db/database';
import { JobQueue } from '../platform/queue/job-queue';
import { type BodyFacts, BodyIntake } from './body-intake';
import { BodyStore } from './body-store';
import { type Format, formatOf, readerOf } from './readers/reader-of-format';
import { type CheckOptions, type CheckResult, type CheckStep, checkSteps } from './submission.check';
import type { SubmissionHeader } from './submission.types';
import { SubmissionBodyRepository } from './submission-body.repository';
import { FormatNotSupported, HeaderInvalid, ReferenceConflict, StaleRevision } from './submissions.errors';
import { type NaturalKeys, type ReceivedSubmission, SubmissionsRepository } from './submissions.repository';
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
    const format = mustBeOurs(incoming.contentType);
    const { bank } = incoming;
    // Chunks come before the row that makes them the bank's own, and the idempotency record is nobody's.
    const outcome = await withSystemScope(() =>
      this.reading(incoming, (intake) =>
        this.idempotency.once(
          { caller: `bank:${bank.bin}`, key: bank.idempotencyKey },
          {
            first: (reservation) => this.takeIn(incoming, format, intake, reservation),
            again: async () => {
              await intake.drain();
              return requestHash('POST', incoming.target, intake.facts().sha256);
            },
          },
        ),
      ),
    );
    const submissionId = outcome.answer.headers.location?.split('/').at(-1);
    if (submissionId) await this.queue.ring('process-submission', { submissionId });
    return outcome;
  }

  /**
   * Every check of request, header, lines and natural keys, and nothing kept: refuses what {@link receive} would refuse,
   * and tells the verdict that would follow. @throws as {@link receive}, apart from the Idempotency-Key
   */
  dryRun(incoming: IncomingSubmission): Promise<StoredAnswer> {
    const format = mustBeOurs(incoming.contentType);
    return this.reading(incoming, async (intake) => {
      const result = await this.judge(intake, format, incoming.bank);
      const { sha256 } = intake.facts();
      const first = await this.database.read((tx) =>
        this.firstOf(tx, { ...result.header, bankBin: incoming.bank.bin, sha256 }),
      );
      return jsonAnswer(200, { ...dryRunOf(result), ...(first && { duplicateOf: first.id }) });
    });
  }

  /** A refusal leaves at once; whatever is still to come of the body is read past, so that the connection stays usable. */
  private async reading<T>(incoming: IncomingSubmission, work: (intake: BodyIntake) => Promise<T>): Promise<T> {
    const intake = new BodyIntake(incoming.body, new DigestCheck(incoming.bank.contentSha256));
    try {
      return await work(intake);
    } catch (error) {
      intake.abandon();
      throw error;
    }
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
      const header = await this.storeAndReadHeader(intake, store, format, bank);
      const facts = intake.facts();
      const submission = this.describe(store.id, bank, format, header, facts);
      return await this.database.write(async (tx) => {
        const answer = await this.keep(tx, submission, store);
        const hash = requestHash('POST', target, facts.sha256);
        await this.idempotency.complete(tx, reservation, { requestHash: hash, answer });
        return answer;
      });
    } catch (error) {
      await store.discardAfter(error);
      throw error;
    }
  }

  /** Bytes go to the store while the reader looks at them; once the header is good the rest is stored unread. */
  private async storeAndReadHeader(
    intake: BodyIntake,
    store: BodyStore,
    format: Format,
    bank: SignedBank,
  ): Promise<SubmissionHeader> {
    const stored = storing(intake.chunks(), store);
    const header = await firstHeader(checkSteps(readerOf(format), lend(stored), this.options(bank)));
    for await (const chunk of stored) void chunk;
    return header;
  }

  private async judge(intake: BodyIntake, format: Format, bank: SignedBank): Promise<GoodCheck> {
    for await (const step of checkSteps(readerOf(format), intake.chunks(), this.options(bank))) {
      if (step.kind === 'lines') continue;
      if (step.header === null) throw new HeaderInvalid(step.problems);
      if (step.kind === 'verdict') return { ...step, header: step.header };
    }
    throw new Error('a check always ends with its verdict');
  }

  /** The row, or the receipt of the first one: natural keys guard beyond the Idempotency-Key (bank-contract §3). */
  private async keep(tx: Tx, submission: ReceivedSubmission, store: BodyStore): Promise<StoredAnswer> {
    for (;;) {
      const first = await this.firstOf(tx, submission);
      if (first) {
        await store.discardIn(tx);
        return jsonAnswer(200, { ...receiptOf(first), duplicateOf: first.id }, locationOf(first.id));
      }
      // Lost against another request of the same moment: its row is there now, and decides.
      if (await this.submissions.insert(tx, submission)) break;
    }
    await store.finish(tx);
    await this.audit.record(tx, {
      action: 'submission_received',
      subjectType: 'submission',
      subjectId: submission.id,
      after: { ...receiptOf(submission), bankBin: submission.bankBin },
    });
    return jsonAnswer(202, receiptOf(submission), locationOf(submission.id));
  }

  /** The submission that these very bytes were before, if any. @throws ReferenceConflict, StaleRevision */
  private async firstOf(tx: Tx, submission: NaturalKeys): Promise<ReceivedSubmission | null> {
    // Asked first, told last: the same file committed between two questions must be found as itself, not as a revision.
    const blocking = await this.submissions.blockingRevision(tx, submission);
    const first = await this.submissions.findByReference(tx, submission.bankBin, submission.reference);
    if (first?.sha256.equals(submission.sha256)) return first;
    if (first) throw new ReferenceConflict(submission.reference);
    if (blocking !== null) throw new StaleRevision(blocking);
    return null;
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
      headerBin: bank.headerBin,
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
    return { today: this.clock.today(), horizonDays, signedBy: bank.headerBin as BankBin };
  }
}

/** A check whose header was good. */
type GoodCheck = CheckResult & { readonly header: SubmissionHeader };

/** @throws FormatNotSupported */
function mustBeOurs(contentType: string | undefined): Format {
  const format = formatOf(contentType);
  if (!format) throw new FormatNotSupported();
  return format;
}

/** The header is always the first thing that a check says; a file without one goes straight to its verdict. */
async function firstHeader(steps: AsyncIterable<CheckStep>): Promise<SubmissionHeader> {
  for await (const step of steps) {
    if (step.kind !== 'lines' && step.header) return step.header;
    throw new HeaderInvalid(step.kind === 'lines' ? [] : step.problems);
  }
  throw new HeaderInvalid([]);
}

async function* storing(
  source: AsyncGenerator<Buffer, void, undefined>,
  store: BodyStore,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of source) {
    await store.add(chunk);
    yield chunk;
  }
}

/** A view of a generator whose early end does not end the generator: the rest of the body still has to be stored. */
async function* lend(source: AsyncGenerator<Buffer, void, undefined>): AsyncGenerator<Buffer, void, undefined> {
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
}

function locationOf(id: string): Record<string, string> {
  return { location: `/api/v1/bank/submissions/${id}` };
}
