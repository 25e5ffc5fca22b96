import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Database, execute, sql, type Tx } from '../platform/db/database';
import { TooManyAttempts } from './access.errors';
import {
  ADDRESS_KNOWN_MS,
  addressSubject,
  FAILURES_KEPT_MS,
  PER_ACCOUNT,
  PER_ADDRESS,
  waitSeconds,
} from './sign-in.rules';
import { StaffRepository } from './staff.repository';
import { Turnstile } from './turnstile';
import { WaitingAddresses } from './waiting-addresses';

interface FailureRow {
  subject: string;
  failures: number;
  last_at: Date;
}

/** What is being guessed, whose it is, and from where. */
export interface Guess {
  /** `accountSubject` or `secondFactorSubject`. */
  readonly subject: string;
  /** The name the person signs in with, known or not. */
  readonly name: string;
  readonly address: string;
}

/** One try that counts as failed until it is said to be right. */
export interface Attempt extends Guess {
  readonly id: string;
}

const MAX_COUNTING = 3;
const MAX_WAITING = 64;

/**
 * Slows guessing down, per account and per address (table sign_in_failures). A try counts as failed before what was
 * sent is looked at and is struck off when it was right: many tries at once cannot all slip through.
 */
@Injectable()
export class SignInThrottle {
  /** Tries of one account wait for each other: they must not hold every connection while they do. */
  private readonly turnstile = new Turnstile(MAX_COUNTING, MAX_WAITING);
  private readonly waiting = new WaitingAddresses();

  constructor(
    private readonly database: Database,
    private readonly staff: StaffRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Counts one more try. @throws TooManyAttempts, PasswordQueueFull */
  async admit(guess: Guess): Promise<Attempt> {
    const known = this.waiting.secondsOf(addressSubject(guess.address), this.clock.now());
    if (known > 0) throw new TooManyAttempts(known);
    const attempt = { ...guess, id: this.ids.uuid() };
    await this.turnstile.pass(() => this.database.write((tx) => this.count(tx, attempt)));
    return attempt;
  }

  /** The try was right: what was guessed is forgiven everything, the address this one; it keeps what it did to others. */
  async forgive(tx: Tx, { id, subject, address }: Attempt): Promise<void> {
    await this.remove(tx, [addressSubject(address)], id);
    await this.forget(tx, subject);
  }

  /** Nobody looked at what was sent: the try counts against nobody. */
  async withdraw({ id, subject, address }: Attempt): Promise<void> {
    await this.database.write((tx) => this.remove(tx, [subject, addressSubject(address)], id));
  }

  /** Forgets all failures of a person's password or second factor: it is a new one now. */
  async forget(tx: Tx, subject: string): Promise<void> {
    await execute(tx, `DELETE FROM sign_in_failures WHERE subject = $1`, [subject]);
  }

  /** @returns how many were forgotten */
  async purge(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - FAILURES_KEPT_MS);
    return this.database.write((tx) => execute(tx, `DELETE FROM sign_in_failures WHERE at < $1`, [before]));
  }

  private async count(tx: Tx, { id, subject, name, address }: Attempt): Promise<void> {
    const [now, place] = [this.clock.now(), addressSubject(address)];
    // One after the other per subject and per address, in one order: the count below is exact.
    for (const locked of [subject, place].sort()) {
      await sql(tx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 402))`, [locked]);
    }
    const rows = await this.failures(tx, [subject, place], now);
    const [ofSubject, ofPlace] = [waitOf(rows, subject, PER_ACCOUNT, now), waitOf(rows, place, PER_ADDRESS, now)];
    this.waiting.remember(place, ofPlace, now);
    const exempt = ofSubject > 0 && (await this.isAtHome(tx, name, place, now));
    const wait = Math.max(exempt ? 0 : ofSubject, ofPlace);
    if (wait > 0) throw new TooManyAttempts(wait);
    await execute(tx, `INSERT INTO sign_in_failures (subject, at, attempt) SELECT unnest($1::text[]), $2, $3`, [
      [subject, place],
      now,
      id,
    ]);
  }

  private async remove(tx: Tx, subjects: string[], attempt: string): Promise<void> {
    await execute(tx, `DELETE FROM sign_in_failures WHERE subject = ANY ($1::text[]) AND attempt = $2`, [
      subjects,
      attempt,
    ]);
  }

  private failures(tx: Tx, subjects: string[], now: Date): Promise<FailureRow[]> {
    return sql<FailureRow>(
      tx,
      `SELECT subject, count(*)::int AS failures, max(at) AS last_at
       FROM sign_in_failures WHERE subject = ANY ($1::text[]) AND at > $2 GROUP BY subject`,
      [subjects, new Date(now.getTime() - FAILURES_KEPT_MS)],
    );
  }

  private isAtHome(tx: Tx, name: string, place: string, now: Date): Promise<boolean> {
    return this.staff.knowsAddress(tx, name, place, new Date(now.getTime() - ADDRESS_KNOWN_MS));
  }
}

function waitOf(rows: FailureRow[], subject: string, rule: typeof PER_ACCOUNT, now: Date): number {
  const row = rows.find((candidate) => candidate.subject === subject);
  return waitSeconds(rule, row?.failures ?? 0, row?.last_at ?? null, now);
}
