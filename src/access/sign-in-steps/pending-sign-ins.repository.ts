import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock';
import { Ids } from '../../kernel/ids';
import { execute, sqlOne, type Tx } from '../../platform/db/database';
import type { Proof } from '../sessions.service';
import { type Staff, STAFF_COLUMNS } from '../staff.repository';

/** Long enough to unlock the phone and open the app. */
export const PENDING_MS = 10 * 60_000;
const TOKEN_BYTES = 32;

export interface PendingSignIn {
  readonly staff: Staff;
  readonly proofs: readonly Proof[];
}

/** Table pending_sign_ins. A row is no session: nothing but the second step can be done with it. */
@Injectable()
export class PendingSignInsRepository {
  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @returns the secret for the cookie */
  async open(tx: Tx, staffId: string, proofs: readonly Proof[]): Promise<string> {
    const token = this.ids.secret(TOKEN_BYTES);
    await execute(
      tx,
      `INSERT INTO pending_sign_ins (token_hash, staff_id, proofs, expires_at) VALUES ($1, $2, $3, $4)`,
      [hashOf(token), staffId, proofs, new Date(this.clock.now().getTime() + PENDING_MS)],
    );
    return token;
  }

  /** While it is good and its person may sign in. */
  async find(tx: Tx, token: string): Promise<PendingSignIn | undefined> {
    const row = await sqlOne<Staff & { proofs: Proof[] }>(
      tx,
      `SELECT ${STAFF_COLUMNS}, p.proofs FROM pending_sign_ins p JOIN staff s ON s.id = p.staff_id
       WHERE p.token_hash = $1 AND p.expires_at > $2 AND s.state = 'active'`,
      [hashOf(token), this.clock.now()],
    );
    if (!row) return undefined;
    const { proofs, ...staff } = row;
    return { staff, proofs };
  }

  /** @returns false when it has been used or ended meanwhile */
  async use(tx: Tx, token: string): Promise<boolean> {
    return (await execute(tx, `DELETE FROM pending_sign_ins WHERE token_hash = $1`, [hashOf(token)])) === 1;
  }

  /** @returns how many had expired */
  async purge(tx: Tx): Promise<number> {
    return execute(tx, `DELETE FROM pending_sign_ins WHERE expires_at < $1`, [this.clock.now()]);
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
