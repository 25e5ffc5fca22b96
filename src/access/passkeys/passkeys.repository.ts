import { Injectable } from '@nestjs/common';
import { execute, sql, sqlOne, type Tx } from '../../platform/db/database';

export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly isBackedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface PasskeyKey {
  readonly id: string;
  readonly staffId: string;
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: bigint;
  readonly transports: string[];
}

const KEY = `id, staff_id AS "staffId", credential_id AS "credentialId", public_key AS "publicKey", counter, transports`;

/** Table staff_passkeys. */
@Injectable()
export class PasskeysRepository {
  async listOf(tx: Tx, staffId: string): Promise<Passkey[]> {
    return sql<Passkey>(
      tx,
      `SELECT id, name, is_backed_up AS "isBackedUp", created_at AS "createdAt", last_used_at AS "lastUsedAt"
       FROM staff_passkeys WHERE staff_id = $1 ORDER BY created_at, id`,
      [staffId],
    );
  }

  async keysOf(tx: Tx, staffId: string): Promise<PasskeyKey[]> {
    return sql<PasskeyKey>(tx, `SELECT ${KEY} FROM staff_passkeys WHERE staff_id = $1 ORDER BY id`, [staffId]);
  }

  async findByCredential(tx: Tx, credentialId: string): Promise<PasskeyKey | undefined> {
    return sqlOne<PasskeyKey>(tx, `SELECT ${KEY} FROM staff_passkeys WHERE credential_id = $1`, [credentialId]);
  }

  /** @returns false when somebody has this credential already */
  async insert(tx: Tx, key: PasskeyKey & { name: string; isBackedUp: boolean }, now: Date): Promise<boolean> {
    const inserted = await execute(
      tx,
      `INSERT INTO staff_passkeys
         (id, staff_id, credential_id, public_key, counter, transports, name, is_backed_up, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT ON CONSTRAINT staff_passkeys_credential DO NOTHING`,
      [
        key.id,
        key.staffId,
        key.credentialId,
        key.publicKey,
        key.counter,
        key.transports,
        key.name,
        key.isBackedUp,
        now,
      ],
    );
    return inserted === 1;
  }

  /** @returns false when the counter did not grow: a copy, or the same answer twice. Those that do not count say 0 */
  async recordUse(tx: Tx, id: string, counter: number, now: Date): Promise<boolean> {
    const used = await execute(
      tx,
      `UPDATE staff_passkeys SET counter = $2, last_used_at = $3
       WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))`,
      [id, counter, now],
    );
    return used === 1;
  }

  /** @returns the former name, or undefined when the person has no such passkey */
  async rename(tx: Tx, staffId: string, id: string, name: string): Promise<string | undefined> {
    const row = await sqlOne<{ name: string }>(
      tx,
      `UPDATE staff_passkeys p SET name = $3 FROM staff_passkeys former
       WHERE p.id = $2 AND p.staff_id = $1 AND former.id = p.id RETURNING former.name AS name`,
      [staffId, id, name],
    );
    return row?.name;
  }

  /** @returns its name, or undefined when the person has no such passkey */
  async remove(tx: Tx, staffId: string, id: string): Promise<string | undefined> {
    const row = await sqlOne<{ name: string }>(
      tx,
      `DELETE FROM staff_passkeys WHERE id = $2 AND staff_id = $1 RETURNING name`,
      [staffId, id],
    );
    return row?.name;
  }
}
