import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Database, execute, sql, type Tx } from '../platform/db/database';
import { TooManyAttempts } from './access.errors';
import {
  accountSubject,
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

interface Try {
  readonly name: string;
  readonly account: string;
  readonly place: string;
  readonly attempt: string;
}

const MAX_COUNTING = 3;
const MAX_WAITING = 64;

/**
 * Slows guessing down, per account and per address (table sign_in_failures). A try counts as failed before its password
 * is looked at and is struck off when it was right: many tries at once cannot all slip through.
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

  /** Counts one more try. @returns its id for {@link strikeOff}. @throws TooManyAttempts, PasswordQueueFull */
  async admit(name: string, address: string): Promise<string> {
    const [account, place] = [accountSubject(name), addressSubject(address)];
    const known = this.waiting.secondsOf(place, this.clock.now());
    if (known > 0) throw new TooManyAttempts(known);
    const attempt = this.ids.uuid();
    await this.turnstile.pass(() => this.database.write((tx) => this.count(tx, { name, account, place, attempt })));
    return attempt;
  }

  /** The try was right: it no longer counts against its address. */
  async strikeOff(tx: Tx, attempt: string, address: string): Promise<void> {
    await this.remove(tx, [addressSubject(address)], attempt);
  }

  /** The password was never looked at: the try counts against nobody. */
  async withdraw(tx: Tx, attempt: string, name: string, address: string): Promise<void> {
    await this.remove(tx, [accountSubject(name), addressSubject(address)], attempt);
  }

  /** The right password forgives the account everything; the address keeps what it did to other accounts. */
  async forgive(tx: Tx, name: string): Promise<void> {
    await execute(tx, `DELETE FROM sign_in_failures WHERE subject = $1`, [accountSubject(name)]);
  }

  /** @returns how many were forgotten */
  async purge(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - FAILURES_KEPT_MS);
    return this.database.write((tx) => execute(tx, `DELETE FROM sign_in_failures WHERE at < $1`, [before]));
  }

  private async count(tx: Tx, { name, account, place, attempt }: Try): Promise<void> {
    const now = this.clock.now();
    // One after the other per account and per address, in one order: the count below is exact.
    for (const subject of [account, place].sort()) {
      await sql(tx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 402))`, [subject]);
    }
    const rows = await this.failures(tx, [account, place], now);
    const [ofAccount, ofPlace] = [waitOf(rows, account, PER_ACCOUNT, now), waitOf(rows, place, PER_ADDRESS, now)];
    this.waiting.remember(place, ofPlace, now);
    const exempt = ofAccount > 0 && (await this.isAtHome(tx, name, place, now));
    const wait = Math.max(exempt ? 0 : ofAccount, ofPlace);
    if (wait > 0) throw new TooManyAttempts(wait);
    await execute(tx, `INSERT INTO sign_in_failures (subject, at, attempt) SELECT unnest($1::text[]), $2, $3`, [
      [account, place],
      now,
      attempt,
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
