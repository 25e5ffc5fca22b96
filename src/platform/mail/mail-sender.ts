import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock';
import { runAs } from '../actor';
import { Database } from '../db/database';
import type { JobNote } from '../queue/job-handlers';
import { JobHandlers } from '../queue/job-handlers';
import { JobQueue } from '../queue/job-queue';
import { Sweepers } from '../queue/sweepers';
import { Sealing } from '../secrets/sealing';
import { placeOf } from './mail-outbox';
import { MailOutboxRepository } from './mail-outbox.repository';
import { type Letter, LetterRefused, Mailer } from './mailer';
import { pauseMs } from './smtp.rules';

const SWEEP_BATCH = 50;
/** So that "was it sent, and when" can be answered. */
const KEPT_MS = 30 * 86_400_000;

/** Sends what waits in the outbox, by job and by sweep; a try that fails is made again until the letter is of no use. */
@Injectable()
export class MailSender {
  constructor(
    private readonly database: Database,
    private readonly mails: MailOutboxRepository,
    private readonly mailer: Mailer,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
    handlers: JobHandlers,
    sweepers: Sweepers,
  ) {
    const actor = { kind: 'system', id: 'send-mail' } as const;
    handlers.handle('send-mail', ({ mailId }) => runAs(actor, () => this.send(mailId)));
    sweepers.add({ name: 'mail', sweep: () => runAs(actor, () => this.sweep()) });
  }

  /** Safe to run twice: the claim lets one of them through. */
  async send(id: string): Promise<JobNote> {
    if (!this.mailer.isOn) return { mail: 'off' };
    const now = this.clock.now();
    const nextTryAt = (attempts: number): Date => new Date(now.getTime() + pauseMs(attempts));
    const claimed = await this.database.write((tx) => this.mails.claim(tx, id, now, nextTryAt));
    if (!claimed) return { mail: 'not_due' };
    const letter = JSON.parse(this.sealing.open(claimed.sealed, placeOf(id)).toString()) as Letter;
    try {
      await this.mailer.send(id, letter);
    } catch (error) {
      if (!(error instanceof LetterRefused)) throw error;
      return this.keepOrGiveUp(id, error, claimed.attempts);
    }
    await this.database.write((tx) => this.mails.finish(tx, id, 'sent', null, this.clock.now()));
    return { mail: 'sent', attempts: claimed.attempts };
  }

  async sweep(): Promise<number> {
    const now = this.clock.now();
    const due = await this.database.write(async (tx) => {
      await this.mails.expire(tx, now);
      await this.mails.purge(tx, new Date(now.getTime() - KEPT_MS));
      return this.mails.due(tx, now, SWEEP_BATCH);
    });
    if (this.mailer.isOn) for (const { id } of due) await this.queue.ring('send-mail', { mailId: id });
    return due.length;
  }

  private async keepOrGiveUp(id: string, { fault, isFinal }: LetterRefused, attempts: number): Promise<JobNote> {
    await this.database.write((tx) =>
      isFinal ? this.mails.finish(tx, id, 'failed', fault, this.clock.now()) : this.mails.noteFault(tx, id, fault),
    );
    return { mail: isFinal ? 'failed' : 'waiting', fault, attempts };
  }
}
