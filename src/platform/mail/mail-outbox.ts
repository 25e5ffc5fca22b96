import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock';
import { Ids } from '../../kernel/ids';
import type { Tx } from '../db/database';
import { JobQueue } from '../queue/job-queue';
import { type SealedPlace, Sealing } from '../secrets/sealing';
import { type Letter, Mailer } from './mailer';
import { type MailNote, MailOutboxRepository } from './mail-outbox.repository';

export type { MailNote } from './mail-outbox.repository';

/**
 * Where letters wait: a row in the transaction of what they tell, sent by a job after it. A letter may arrive twice,
 * never not at all without a trace. Its content is sealed while it waits and gone once it is over.
 */
@Injectable()
export class MailOutbox {
  constructor(
    private readonly mailer: Mailer,
    private readonly mails: MailOutboxRepository,
    private readonly queue: JobQueue,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Whether letters leave at all. */
  get isOn(): boolean {
    return this.mailer.isOn;
  }

  /**
   * Writes the letter; letters about the same record that still wait are withdrawn: their links have ended.
   * @param about the record it is about, `staff:<id>`
   * @param expiresAt when the letter is of no more use
   * @returns its id, for {@link ring} after the commit; null when letters are off
   */
  async put(tx: Tx, about: string, letter: Letter, expiresAt: Date): Promise<string | null> {
    if (!this.isOn) return null;
    await this.withdraw(tx, about);
    const id = this.ids.uuid();
    const sealed = this.sealing.seal(Buffer.from(JSON.stringify(letter)), placeOf(id));
    await this.mails.insert(tx, { id, about, sealed, expiresAt }, this.clock.now());
    return id;
  }

  async withdraw(tx: Tx, about: string): Promise<void> {
    await this.mails.withdraw(tx, about, this.clock.now());
  }

  /** What became of the last letter about a record. */
  latest(tx: Tx, about: string): Promise<MailNote | undefined> {
    return this.mails.latest(tx, about);
  }

  /** After the commit; a ring that nobody hears costs until the next sweep. */
  async ring(id: string | null): Promise<void> {
    if (id) await this.queue.ring('send-mail', { mailId: id });
  }
}

/** Where a letter's content is bound to. */
export function placeOf(id: string): SealedPlace {
  return { table: 'mail_outbox', column: 'sealed', row: id };
}
