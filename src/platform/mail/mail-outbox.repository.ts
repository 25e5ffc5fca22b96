import { Injectable } from '@nestjs/common';
import { execute, sql, sqlOne, type Tx } from '../db/database';

export type MailState = 'waiting' | 'sent' | 'failed' | 'withdrawn';

/** What became of a letter; its content is not in it. */
export interface MailNote {
  readonly state: MailState;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly fault: string | null;
}

export interface WaitingMail {
  readonly id: string;
  readonly about: string;
  readonly sealed: Buffer;
  readonly expiresAt: Date;
}

/** Table mail_outbox. */
@Injectable()
export class MailOutboxRepository {
  async insert(tx: Tx, mail: WaitingMail, now: Date): Promise<void> {
    await execute(
      tx,
      `INSERT INTO mail_outbox (id, about, sealed, next_try_at, expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $4)`,
      [mail.id, mail.about, mail.sealed, now, mail.expiresAt],
    );
  }

  /** Nobody else takes it before `nextTryAt`. @returns undefined when it is not due, or over */
  async claim(
    tx: Tx,
    id: string,
    now: Date,
    nextTryAt: (attempts: number) => Date,
  ): Promise<{ sealed: Buffer; attempts: number } | undefined> {
    const mail = await sqlOne<{ sealed: Buffer; attempts: number }>(
      tx,
      `SELECT sealed, attempts + 1 AS attempts FROM mail_outbox
       WHERE id = $1 AND state = 'waiting' AND next_try_at <= $2 AND expires_at > $2 FOR UPDATE SKIP LOCKED`,
      [id, now],
    );
    if (!mail) return undefined;
    await execute(tx, `UPDATE mail_outbox SET attempts = $2, next_try_at = $3 WHERE id = $1`, [
      id,
      mail.attempts,
      nextTryAt(mail.attempts),
    ]);
    return mail;
  }

  /** The content goes with it. */
  async finish(tx: Tx, id: string, state: 'sent' | 'failed', fault: string | null, now: Date): Promise<void> {
    await execute(
      tx,
      `UPDATE mail_outbox SET state = $2, fault = $3, finished_at = $4, sealed = NULL WHERE id = $1 AND state = 'waiting'`,
      [id, state, fault, now],
    );
  }

  async noteFault(tx: Tx, id: string, fault: string): Promise<void> {
    await execute(tx, `UPDATE mail_outbox SET fault = $2 WHERE id = $1 AND state = 'waiting'`, [id, fault]);
  }

  async withdraw(tx: Tx, about: string, now: Date): Promise<void> {
    await execute(
      tx,
      `UPDATE mail_outbox SET state = 'withdrawn', finished_at = $2, sealed = NULL WHERE about = $1 AND state = 'waiting'`,
      [about, now],
    );
  }

  latest(tx: Tx, about: string): Promise<MailNote | undefined> {
    return sqlOne<MailNote>(
      tx,
      `SELECT state, created_at AS "createdAt", finished_at AS "finishedAt", fault FROM mail_outbox
       WHERE about = $1 ORDER BY created_at DESC, id DESC LIMIT 1`,
      [about],
    );
  }

  due(tx: Tx, now: Date, limit: number): Promise<{ id: string }[]> {
    return sql<{ id: string }>(
      tx,
      `SELECT id FROM mail_outbox WHERE state = 'waiting' AND next_try_at <= $1 ORDER BY next_try_at LIMIT $2`,
      [now, limit],
    );
  }

  /** Gives up what came too late. @returns how many */
  expire(tx: Tx, now: Date): Promise<number> {
    return execute(
      tx,
      `UPDATE mail_outbox SET state = 'failed', finished_at = $1, sealed = NULL, fault = coalesce(fault, 'expired')
       WHERE state = 'waiting' AND expires_at <= $1`,
      [now],
    );
  }

  purge(tx: Tx, finishedBefore: Date): Promise<number> {
    return execute(tx, `DELETE FROM mail_outbox WHERE finished_at < $1`, [finishedBefore]);
  }
}
