import { Injectable } from '@nestjs/common';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { ConsentInput } from './tenancy.schema';

export interface ConsentRecord extends ConsentInput {
  readonly id: string;
  readonly vendorId: string;
  readonly givenAt: Date;
  readonly withdrawnAt: Date | null;
}

const RECORD = `id, vendor_id AS "vendorId", purpose, text_version AS "textVersion", given_how AS "givenHow",
  given_at AS "givenAt", withdrawn_at AS "withdrawnAt" FROM consents`;

@Injectable()
export class ConsentsRepository {
  findLocked(tx: Tx, id: string): Promise<ConsentRecord | undefined> {
    return sqlOne<ConsentRecord>(tx, `SELECT ${RECORD} WHERE id = $1 FOR UPDATE`, [id]);
  }

  /** Newest first. */
  ofVendor(tx: Tx, vendorId: string): Promise<ConsentRecord[]> {
    return sql<ConsentRecord>(tx, `SELECT ${RECORD} WHERE vendor_id = $1 ORDER BY given_at DESC, id DESC`, [vendorId]);
  }

  /** @throws the driver's violation of `consents_no_overlap` while one for the purpose lives */
  async insert(tx: Tx, consent: Omit<ConsentRecord, 'withdrawnAt'>): Promise<void> {
    await execute(
      tx,
      `INSERT INTO consents (id, vendor_id, purpose, text_version, given_how, given_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [consent.id, consent.vendorId, consent.purpose, consent.textVersion, consent.givenHow, consent.givenAt],
    );
  }

  async withdraw(tx: Tx, id: string, at: Date): Promise<void> {
    await execute(tx, `UPDATE consents SET withdrawn_at = $2 WHERE id = $1`, [id, at]);
  }

  /** Consent to `purpose` of every vendor who holds a stall of the market now and has not given it; says how many. */
  async giveForMarket(tx: Tx, marketId: string, consent: ConsentInput, at: Date, ids: () => string): Promise<number> {
    const vendors = await sql<{ id: string }>(
      tx,
      `SELECT DISTINCT l.vendor_id AS id FROM leases l WHERE l.market_id = $1 AND l.to_day IS NULL
         AND NOT EXISTS (SELECT FROM consents c WHERE c.vendor_id = l.vendor_id AND c.purpose = $2 AND c.withdrawn_at IS NULL)`,
      [marketId, consent.purpose],
    );
    return execute(
      tx,
      `INSERT INTO consents (id, vendor_id, purpose, text_version, given_how, given_at)
       SELECT id, vendor_id, $3, $4, $5, $6 FROM unnest($1::uuid[], $2::uuid[]) AS r (id, vendor_id)`,
      [
        vendors.map(ids),
        vendors.map((vendor) => vendor.id),
        consent.purpose,
        consent.textVersion,
        consent.givenHow,
        at,
      ],
    );
  }
}
