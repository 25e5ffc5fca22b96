import { Injectable } from '@nestjs/common';
import { execute, sqlOne, type Tx } from '../../platform/db/database';
import { type Staff, STAFF_COLUMNS } from '../staff.repository';
import type { Identity } from './oidc.rules';

export interface OidcAttempt {
  readonly stateHash: Buffer;
  readonly browserHash: Buffer;
  /** Nonce and code verifier. */
  readonly sealed: Buffer;
  readonly returnPath: string;
  readonly expiresAt: Date;
}

/** Tables oidc_attempts and staff_identities. */
@Injectable()
export class OidcRepository {
  async open(tx: Tx, attempt: OidcAttempt): Promise<void> {
    await execute(
      tx,
      `INSERT INTO oidc_attempts (state_hash, browser_hash, sealed, return_path, expires_at) VALUES ($1, $2, $3, $4, $5)`,
      [attempt.stateHash, attempt.browserHash, attempt.sealed, attempt.returnPath, attempt.expiresAt],
    );
  }

  /** Good once, for the browser that began it: the row goes with the answer. */
  async take(
    tx: Tx,
    { stateHash, browserHash }: Pick<OidcAttempt, 'stateHash' | 'browserHash'>,
    now: Date,
  ): Promise<Pick<OidcAttempt, 'sealed' | 'returnPath'> | undefined> {
    return sqlOne(
      tx,
      `WITH taken AS (DELETE FROM oidc_attempts WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > $3
                      RETURNING sealed, return_path)
       SELECT sealed, return_path AS "returnPath" FROM taken`,
      [stateHash, browserHash, now],
    );
  }

  /** Whose identity it is, whatever the state of the account. */
  ownerOf(tx: Tx, { issuer, subject }: Identity): Promise<Staff | undefined> {
    return sqlOne<Staff>(
      tx,
      `SELECT ${STAFF_COLUMNS} FROM staff_identities i JOIN staff s ON s.id = i.staff_id
       WHERE i.issuer = $1 AND i.subject = $2`,
      [issuer, subject],
    );
  }

  /** @returns false when the person or the identity has been linked otherwise */
  async link(tx: Tx, { issuer, subject }: Identity, staffId: string, now: Date): Promise<boolean> {
    const linked = await execute(
      tx,
      `INSERT INTO staff_identities (issuer, subject, staff_id, linked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [issuer, subject, staffId, now],
    );
    return linked === 1;
  }

  /** Somebody invited comes in without ever choosing a password. @returns false unless the account may sign in */
  async activate(tx: Tx, staffId: string): Promise<boolean> {
    return (
      (await execute(tx, `UPDATE staff SET state = 'active' WHERE id = $1 AND state IN ('invited', 'active')`, [
        staffId,
      ])) === 1
    );
  }

  purge(tx: Tx, now: Date): Promise<number> {
    return execute(tx, `DELETE FROM oidc_attempts WHERE expires_at <= $1`, [now]);
  }
}
