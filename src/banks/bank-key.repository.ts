import { Injectable } from '@nestjs/common';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { BankKeyState } from './bank-key.rules';
import type { BankKeyAlg } from './bank-signature.types';

export interface BankKey {
  readonly keyId: string;
  readonly bankBin: string;
  readonly alg: BankKeyAlg;
  readonly state: BankKeyState;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
}

export interface BankKeyWithMaterial extends BankKey {
  /** hmac: sealed secret. ed25519: public key, SPKI DER. */
  readonly material: Buffer;
}

const COLUMNS = `key_id AS "keyId", bank_bin AS "bankBin", alg, state, created_at AS "createdAt", retired_at AS "retiredAt"`;

/** Tables bank_keys and bank_nonces. */
@Injectable()
export class BankKeyRepository {
  /** Until the transaction ends nobody else adds a key to this bank. */
  async lockBank(tx: Tx, bin: string): Promise<void> {
    await sql(tx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 403))`, [bin]);
  }

  async isListed(tx: Tx, bin: string): Promise<boolean> {
    const row = await sqlOne<{ listed: boolean }>(tx, `SELECT EXISTS (SELECT FROM banks WHERE bin = $1) AS listed`, [
      bin,
    ]);
    return row?.listed === true;
  }

  /** Active and suspended ones. */
  async countLive(tx: Tx, bin: string): Promise<number> {
    const row = await sqlOne<{ live: number }>(
      tx,
      `SELECT count(*)::int AS live FROM bank_keys WHERE bank_bin = $1 AND state <> 'retired'`,
      [bin],
    );
    return row?.live ?? 0;
  }

  async insert(
    tx: Tx,
    key: Pick<BankKeyWithMaterial, 'keyId' | 'bankBin' | 'alg' | 'material' | 'createdAt'>,
  ): Promise<void> {
    await execute(
      tx,
      `INSERT INTO bank_keys (key_id, bank_bin, alg, material, created_at) VALUES ($1, $2, $3, $4, $5)`,
      [key.keyId, key.bankBin, key.alg, key.material, key.createdAt],
    );
  }

  async find(tx: Tx, keyId: string): Promise<BankKeyWithMaterial | undefined> {
    return sqlOne<BankKeyWithMaterial>(tx, `SELECT ${COLUMNS}, material FROM bank_keys WHERE key_id = $1`, [keyId]);
  }

  /** Newest first. */
  async listOf(tx: Tx, bin: string): Promise<BankKey[]> {
    return sql<BankKey>(tx, `SELECT ${COLUMNS} FROM bank_keys WHERE bank_bin = $1 ORDER BY created_at DESC, key_id`, [
      bin,
    ]);
  }

  /** @returns false when the key is no longer in the state `from` */
  async move(tx: Tx, keyId: string, from: BankKeyState, to: BankKeyState, now: Date): Promise<boolean> {
    const moved = await execute(
      tx,
      `UPDATE bank_keys SET state = $3, retired_at = CASE WHEN $3 = 'retired' THEN $4::timestamptz END
       WHERE key_id = $1 AND state = $2`,
      [keyId, from, to, now],
    );
    return moved === 1;
  }

  /** Uses a nonce up. @returns false when it has been used before */
  async useNonce(tx: Tx, keyId: string, nonce: string, expiresAt: Date): Promise<boolean> {
    const inserted = await execute(
      tx,
      `INSERT INTO bank_nonces (key_id, nonce, expires_at) VALUES ($1, $2, $3)
       ON CONFLICT ON CONSTRAINT bank_nonces_pk DO NOTHING`,
      [keyId, nonce, expiresAt],
    );
    return inserted === 1;
  }

  /** @returns how many went, at most 10 000 */
  async purgeNonces(tx: Tx, expiredBefore: Date): Promise<number> {
    return execute(
      tx,
      `DELETE FROM bank_nonces WHERE ctid = ANY
         (ARRAY (SELECT ctid FROM bank_nonces WHERE expires_at < $1 LIMIT 10000))`,
      [expiredBefore],
    );
  }
}
