import { Injectable } from '@nestjs/common';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { BankEnvironment, BankKeyState } from './bank-key.rules';
import type { BankKeyAlg } from './bank-signature.types';

export interface BankKey {
  readonly keyId: string;
  readonly bankBin: string;
  readonly alg: BankKeyAlg;
  readonly environment: BankEnvironment;
  readonly state: BankKeyState;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
  /** Id of the staff account that asked for the key and alone may collect it; null where nothing is or was to collect. */
  readonly collectBy: string | null;
  readonly collectUntil: Date | null;
}

export interface BankKeyWithMaterial extends BankKey {
  /** hmac: sealed secret. ed25519: public key, SPKI DER. */
  readonly material: Buffer;
}

/** A key as the guard needs it. */
export interface SigningKey extends BankKeyWithMaterial {
  /** From where it may be used; empty: from anywhere. */
  readonly networks: readonly string[];
}

export type NewBankKey = Pick<BankKey, 'keyId' | 'bankBin' | 'alg' | 'environment' | 'createdAt'>;

const COLUMNS = `key_id AS "keyId", bank_bin AS "bankBin", alg, environment, state, created_at AS "createdAt",
  retired_at AS "retiredAt", last_used_at AS "lastUsedAt", collect_by AS "collectBy", collect_until AS "collectUntil"`;

/** Tables bank_keys and bank_nonces. */
@Injectable()
export class BankKeyRepository {
  /** Until the transaction ends nobody else adds a key to this bank. */
  async lockBank(tx: Tx, bin: string): Promise<void> {
    await sql(tx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 403))`, [bin]);
  }

  async isListed(tx: Tx, bin: string): Promise<boolean> {
    const row = await sqlOne<{ listed: boolean }>(
      tx,
      `SELECT EXISTS (SELECT FROM banks WHERE bin = $1 AND sandbox_of IS NULL) AS listed`,
      [bin],
    );
    return row?.listed === true;
  }

  /** Active and suspended ones, and those that may still be collected. */
  async countLive(tx: Tx, bin: string, environment: BankEnvironment, now: Date): Promise<number> {
    const row = await sqlOne<{ live: number }>(
      tx,
      `SELECT count(*)::int AS live FROM bank_keys
       WHERE bank_bin = $1 AND environment = $2
         AND (state IN ('active', 'suspended') OR (state = 'to_collect' AND collect_until > $3))`,
      [bin, environment, now],
    );
    return row?.live ?? 0;
  }

  /** Whether the bank has, or ever had, a key of this environment. */
  async hadAny(tx: Tx, bin: string, environment: BankEnvironment): Promise<boolean> {
    const row = await sqlOne<{ had: boolean }>(
      tx,
      `SELECT EXISTS (SELECT FROM bank_keys WHERE bank_bin = $1 AND environment = $2) AS had`,
      [bin, environment],
    );
    return row?.had === true;
  }

  async insert(tx: Tx, key: NewBankKey & { readonly material: Buffer }): Promise<void> {
    await execute(
      tx,
      `INSERT INTO bank_keys (key_id, bank_bin, alg, environment, material, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [key.keyId, key.bankBin, key.alg, key.environment, key.material, key.createdAt],
    );
  }

  async insertToCollect(tx: Tx, key: NewBankKey, by: string, until: Date): Promise<void> {
    await execute(
      tx,
      `INSERT INTO bank_keys (key_id, bank_bin, alg, environment, state, created_at, collect_by, collect_until)
       VALUES ($1, $2, $3, $4, 'to_collect', $5, $6, $7)`,
      [key.keyId, key.bankBin, key.alg, key.environment, key.createdAt, by, until],
    );
  }

  /** @returns false when it has been collected or retired in the same moment */
  async collect(tx: Tx, keyId: string, material: Buffer): Promise<boolean> {
    const collected = await execute(
      tx,
      `UPDATE bank_keys SET state = 'active', material = $2 WHERE key_id = $1 AND state = 'to_collect'`,
      [keyId, material],
    );
    return collected === 1;
  }

  find(tx: Tx, keyId: string): Promise<BankKey | undefined> {
    return sqlOne<BankKey>(tx, `SELECT ${COLUMNS} FROM bank_keys WHERE key_id = $1`, [keyId]);
  }

  /** Undefined also for a key that has not been collected: nothing can have been signed with it. */
  findForRequest(tx: Tx, keyId: string): Promise<SigningKey | undefined> {
    return sqlOne<SigningKey>(
      tx,
      `SELECT ${COLUMNS}, material, coalesce((SELECT networks FROM bank_addresses a
         WHERE (a.bank_bin, a.environment) = (k.bank_bin, k.environment)), '{}') AS networks
       FROM bank_keys k WHERE key_id = $1 AND material IS NOT NULL`,
      [keyId],
    );
  }

  /** Newest first. */
  listOf(tx: Tx, bin: string): Promise<BankKey[]> {
    return sql<BankKey>(tx, `SELECT ${COLUMNS} FROM bank_keys WHERE bank_bin = $1 ORDER BY created_at DESC, key_id`, [
      bin,
    ]);
  }

  /** Of every bank, newest first. */
  all(tx: Tx): Promise<BankKey[]> {
    return sql<BankKey>(tx, `SELECT ${COLUMNS} FROM bank_keys ORDER BY created_at DESC, key_id`);
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

  /** Waits for nobody: of several requests of one moment one writes. */
  async noteUse(tx: Tx, keyId: string, now: Date, unlessAfter: Date): Promise<void> {
    await execute(
      tx,
      `UPDATE bank_keys SET last_used_at = $2 WHERE key_id = (
         SELECT key_id FROM bank_keys WHERE key_id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)
         FOR UPDATE SKIP LOCKED)`,
      [keyId, now, unlessAfter],
    );
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
