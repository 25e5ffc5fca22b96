import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { execute, sqlOne, type Tx } from '../platform/db/database';

export interface VendorLink {
  readonly id: string;
  readonly vendorId: string;
  readonly lastUsedOn: BusinessDay | null;
}

/** Table vendor_links: hashes of secrets, and ids. */
@Injectable()
export class VendorLinksRepository {
  async insert(
    tx: Tx,
    link: { id: string; vendorId: string; tokenHash: Buffer; by: string; at: Date; expiresAt: Date },
  ): Promise<void> {
    await execute(
      tx,
      `INSERT INTO vendor_links (id, vendor_id, token_hash, made_by, made_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [link.id, link.vendorId, link.tokenHash, link.by, link.at, link.expiresAt],
    );
  }

  /** The link while it is good. */
  find(tx: Tx, tokenHash: Buffer, now: Date): Promise<VendorLink | undefined> {
    return sqlOne<VendorLink>(
      tx,
      `SELECT id, vendor_id AS "vendorId", last_used_on AS "lastUsedOn" FROM vendor_links
       WHERE token_hash = $1 AND revoked_at IS NULL AND expires_at > $2`,
      [tokenHash, now],
    );
  }

  async markUsed(tx: Tx, id: string, day: BusinessDay): Promise<void> {
    await execute(tx, `UPDATE vendor_links SET last_used_on = $2 WHERE id = $1`, [id, day]);
  }

  /** Every link of the vendor that is good. @returns how many ended */
  revokeAll(tx: Tx, vendorId: string, now: Date): Promise<number> {
    return execute(
      tx,
      `UPDATE vendor_links SET revoked_at = $2 WHERE vendor_id = $1 AND revoked_at IS NULL AND expires_at > $2`,
      [vendorId, now],
    );
  }

  purge(tx: Tx, before: Date): Promise<number> {
    return execute(tx, `DELETE FROM vendor_links WHERE expires_at < $1`, [before]);
  }
}
