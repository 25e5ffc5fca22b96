import { Injectable } from '@nestjs/common';
import { execute, sql, sqlOne, type Tx } from '../../platform/db/database';

/** What a person could prove a second factor with. */
export interface SecondFactors {
  /** When the code app was set up; null without one. */
  readonly totpSince: Date | null;
  readonly passkeys: number;
  readonly recoveryCodesLeft: number;
}

export interface TotpRow {
  readonly id: string;
  /** Sealed. */
  readonly secret: Buffer;
  readonly lastStep: bigint | null;
}

/** Tables staff_totp and staff_recovery_codes; passkeys are counted only. */
@Injectable()
export class SecondFactorsRepository {
  async factorsOf(tx: Tx, staffId: string): Promise<SecondFactors> {
    const row = await sqlOne<SecondFactors>(
      tx,
      `SELECT (SELECT confirmed_at FROM staff_totp WHERE staff_id = $1 AND confirmed_at IS NOT NULL) AS "totpSince",
              (SELECT count(*)::int FROM staff_passkeys WHERE staff_id = $1) AS passkeys,
              (SELECT count(*)::int FROM staff_recovery_codes WHERE staff_id = $1 AND used_at IS NULL) AS "recoveryCodesLeft"`,
      [staffId],
    );
    return row ?? { totpSince: null, passkeys: 0, recoveryCodesLeft: 0 };
  }

  /** One change of a person's factors at a time: "the first" and "the last" are then exact. */
  async lock(tx: Tx, staffId: string): Promise<void> {
    await sql(tx, `SELECT FROM staff WHERE id = $1 FOR UPDATE`, [staffId]);
  }

  /** The app in use, or with `confirmed` false the one that was shown last and has not answered yet. */
  async findTotp(tx: Tx, staffId: string, confirmed: boolean): Promise<TotpRow | undefined> {
    return sqlOne<TotpRow>(
      tx,
      `SELECT id, secret, last_step AS "lastStep" FROM staff_totp
       WHERE staff_id = $1 AND (confirmed_at IS NOT NULL) = $2`,
      [staffId, confirmed],
    );
  }

  /** Replaces what was shown before and never confirmed; the app in use goes on. */
  async offerTotp(tx: Tx, totp: { id: string; staffId: string; secret: Buffer }, now: Date): Promise<void> {
    await execute(tx, `DELETE FROM staff_totp WHERE staff_id = $1 AND confirmed_at IS NULL`, [totp.staffId]);
    await execute(tx, `INSERT INTO staff_totp (id, staff_id, secret, created_at) VALUES ($1, $2, $3, $4)`, [
      totp.id,
      totp.staffId,
      totp.secret,
      now,
    ]);
  }

  /** The new app takes the place of the former one. */
  async confirmTotp(tx: Tx, staffId: string, id: string, step: number, now: Date): Promise<void> {
    await execute(tx, `DELETE FROM staff_totp WHERE staff_id = $1 AND id <> $2`, [staffId, id]);
    await execute(tx, `UPDATE staff_totp SET confirmed_at = $2, last_step = $3 WHERE id = $1`, [id, now, step]);
  }

  /** @returns false when this code, or a later one, has been taken meanwhile */
  async useStep(tx: Tx, id: string, step: number): Promise<boolean> {
    const used = await execute(
      tx,
      `UPDATE staff_totp SET last_step = $2 WHERE id = $1 AND (last_step IS NULL OR last_step < $2)`,
      [id, step],
    );
    return used === 1;
  }

  /** @returns whether there was one in use */
  async removeTotp(tx: Tx, staffId: string): Promise<boolean> {
    const rows = await sql<{ confirmed: boolean }>(
      tx,
      `DELETE FROM staff_totp WHERE staff_id = $1 RETURNING confirmed_at IS NOT NULL AS confirmed`,
      [staffId],
    );
    return rows.some(({ confirmed }) => confirmed);
  }

  async replaceRecoveryCodes(tx: Tx, staffId: string, hashes: readonly Buffer[]): Promise<void> {
    await this.removeRecoveryCodes(tx, staffId);
    await execute(tx, `INSERT INTO staff_recovery_codes (staff_id, code_hash) SELECT $1, unnest($2::bytea[])`, [
      staffId,
      hashes,
    ]);
  }

  async removeRecoveryCodes(tx: Tx, staffId: string): Promise<void> {
    await execute(tx, `DELETE FROM staff_recovery_codes WHERE staff_id = $1`, [staffId]);
  }

  async hasRecoveryCode(tx: Tx, staffId: string, hash: Buffer): Promise<boolean> {
    const row = await sqlOne(
      tx,
      `SELECT FROM staff_recovery_codes WHERE staff_id = $1 AND code_hash = $2 AND used_at IS NULL`,
      [staffId, hash],
    );
    return row !== undefined;
  }

  /** @returns false when it has been used meanwhile */
  async useRecoveryCode(tx: Tx, staffId: string, hash: Buffer, now: Date): Promise<boolean> {
    const used = await execute(
      tx,
      `UPDATE staff_recovery_codes SET used_at = $3 WHERE staff_id = $1 AND code_hash = $2 AND used_at IS NULL`,
      [staffId, hash, now],
    );
    return used === 1;
  }

  async removePasskeys(tx: Tx, staffId: string): Promise<void> {
    await execute(tx, `DELETE FROM staff_passkeys WHERE staff_id = $1`, [staffId]);
  }
}
