import { timingSafeEqual } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Database, type Tx } from '../platform/db/database';
import { errorText } from '../platform/log/error-facts';
import { IdempotencyKeyReused, RequestInProgress } from './idempotency.errors';
import {
  type FirstAnswer,
  type IdempotencyKey,
  IdempotencyRepository,
  type StoredAnswer,
} from './idempotency.repository';
import { ANSWER_KEPT_DAYS, RENEWAL_MS, RESERVATION_MS } from './idempotency.rules';

export type { IdempotencyKey, StoredAnswer } from './idempotency.repository';
export { requestHash } from './idempotency.rules';

/** The right to give the first answer under a key. */
export interface Reservation extends IdempotencyKey {
  readonly owner: string;
}

export interface IdempotentWork {
  /**
   * Does the work for the first time. It must call {@link IdempotencyService.complete} inside the transaction of the
   * effect; whatever it throws frees the key, so that a refusal leaves nothing and a 5xx is never frozen.
   */
  first(reservation: Reservation): Promise<StoredAnswer>;
  /** An answer exists: reads the body to its end, checks its digest and returns the requestHash of what was sent now. */
  again(): Promise<Buffer>;
}

/**
 * `Idempotency-Key` (bank-contract §3, robustness R3). The body is known only once it has streamed, so the key is
 * reserved first and the request's hash compared, or kept, at the end.
 */
@Injectable()
export class IdempotencyService {
  private readonly logger = new Logger(IdempotencyService.name);

  constructor(
    private readonly database: Database,
    private readonly records: IdempotencyRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * One effect per key, whoever else sends it at the same time.
   * @throws RequestInProgress, IdempotencyKeyReused, or what `work` throws
   */
  async once(key: IdempotencyKey, work: IdempotentWork): Promise<{ answer: StoredAnswer; replayed: boolean }> {
    const claim = await this.claim(key);
    if ('answer' in claim) {
      const sent = await work.again();
      if (!timingSafeEqual(sent, claim.requestHash)) throw new IdempotencyKeyReused();
      return { answer: claim.answer, replayed: true };
    }
    return { answer: await this.hold(claim, () => work.first(claim)), replayed: false };
  }

  /**
   * Keeps the first answer, in the transaction of its effect: both are there or neither.
   * @throws RequestInProgress when the reservation ran out and another request has taken it; roll back
   */
  async complete(tx: Tx, reservation: Reservation, first: FirstAnswer): Promise<void> {
    const ours = await this.records.complete(tx, reservation, reservation.owner, first);
    if (!ours) throw new RequestInProgress();
  }

  /** Forgets answers older than {@link ANSWER_KEPT_DAYS}. @returns how many */
  purge(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - ANSWER_KEPT_DAYS * 86_400_000);
    return this.database.write((tx) => this.records.purge(tx, before));
  }

  private claim(key: IdempotencyKey): Promise<Reservation | FirstAnswer> {
    const owner = this.ids.uuid();
    return this.database.write(async (tx) => {
      const now = this.clock.now();
      if (await this.records.reserve(tx, key, owner, now, this.until(now))) return { ...key, owner };
      const first = await this.records.firstAnswer(tx, key);
      if (!first) throw new RequestInProgress();
      return first;
    });
  }

  /** Shows signs of life while `work` runs, and frees the key when it fails. */
  private async hold<T>(reservation: Reservation, work: () => Promise<T>): Promise<T> {
    const heartbeat = setInterval(() => void this.renew(reservation), RENEWAL_MS).unref();
    try {
      return await work();
    } catch (error) {
      await this.release(reservation);
      throw error;
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** A missed beat is no failure: the next one may come through, and complete() notices a lost reservation. */
  private async renew(reservation: Reservation): Promise<void> {
    const until = this.until(this.clock.now());
    try {
      await this.database.write((tx) => this.records.renew(tx, reservation, reservation.owner, until));
    } catch (error) {
      this.logger.warn(`reservation not renewed: ${errorText(error)}`);
    }
  }

  /** Touches only an unfinished record: when COMMIT went through unheard, the answer stays. */
  private async release(reservation: Reservation): Promise<void> {
    try {
      await this.database.write((tx) => this.records.release(tx, reservation, reservation.owner));
    } catch (error) {
      this.logger.warn(`reservation not released, it ends by itself: ${errorText(error)}`);
    }
  }

  private until(now: Date): Date {
    return new Date(now.getTime() + RESERVATION_MS);
  }
}
