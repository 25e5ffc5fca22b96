import { Injectable } from '@nestjs/common';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { BankEnvironment } from './bank-key.rules';

/** From where an institution may call in one environment. */
export interface BankAddresses {
  readonly bankBin: string;
  readonly environment: BankEnvironment;
  /** Canonical CIDR; empty: from anywhere. */
  readonly networks: readonly string[];
  /** 1 before anything was ever set. */
  readonly version: number;
}

/** Table bank_addresses. */
@Injectable()
export class BankAddressesRepository {
  listOf(tx: Tx, bin: string): Promise<BankAddresses[]> {
    return sql<BankAddresses>(
      tx,
      `SELECT bank_bin AS "bankBin", environment, networks, version FROM bank_addresses
       WHERE bank_bin = $1 ORDER BY environment`,
      [bin],
    );
  }

  findLocked(tx: Tx, bin: string, environment: BankEnvironment): Promise<BankAddresses | undefined> {
    return sqlOne<BankAddresses>(
      tx,
      `SELECT bank_bin AS "bankBin", environment, networks, version FROM bank_addresses
       WHERE bank_bin = $1 AND environment = $2 FOR UPDATE`,
      [bin, environment],
    );
  }

  /** @returns false when somebody else has set it in the same moment */
  async set(tx: Tx, { bankBin, environment, networks, version }: BankAddresses, now: Date): Promise<boolean> {
    const set = await execute(
      tx,
      `INSERT INTO bank_addresses AS a (bank_bin, environment, networks, version, updated_at)
       VALUES ($1, $2, $3, $4 + 1, $5)
       ON CONFLICT ON CONSTRAINT bank_addresses_pk DO UPDATE SET networks = $3, version = $4 + 1, updated_at = $5
         WHERE a.version = $4`,
      [bankBin, environment, networks, version, now],
    );
    return set === 1;
  }
}
