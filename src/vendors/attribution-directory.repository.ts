import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { execute, sql, type Tx } from '../platform/db/database';
import type { AttributionAccount, AttributionMarket, AttributionStall } from './stall-directory.types';
import { runsOn } from './vendors.repository';

const BATCH = 20_000;

const STALLS = `SELECT s.code, s.no AS "stallNo", m.no AS "marketNo",
    l.id IS NOT NULL AND $1::date BETWEEN s.opened_on AND coalesce(s.closed_on, 'infinity') AS "isOpen",
    c.id IS NOT NULL AS "hasConsent"
  FROM stalls s JOIN markets m ON m.id = s.market_id
    LEFT JOIN leases l ON l.stall_id = s.id AND ${runsOn('l', '$1')}
    LEFT JOIN consents c ON c.vendor_id = l.vendor_id AND c.purpose = 'stall_figures' AND c.withdrawn_at IS NULL`;

/**
 * The register as the attribution of a submission needs it: which code and which account of a bank belonged to which
 * stall on a business date. Read inside the transaction that keeps the result.
 */
@Injectable()
export class AttributionDirectoryRepository {
  /** Every stall there is, in batches of at most 20 000: a country has over a million. */
  async *stalls(tx: Tx, day: BusinessDay): AsyncGenerator<AttributionStall[]> {
    await execute(tx, `DECLARE attribution_stalls NO SCROLL CURSOR FOR ${STALLS}`, [day]);
    try {
      for (;;) {
        const batch = await sql<AttributionStall>(tx, `FETCH ${BATCH} FROM attribution_stalls`);
        if (batch.length === 0) return;
        yield batch;
      }
    } finally {
      await execute(tx, `CLOSE attribution_stalls`);
    }
  }

  /** The stalls of these codes; a code that no stall has is missing from the answer. */
  stallsByCode(tx: Tx, codes: readonly string[], day: BusinessDay): Promise<AttributionStall[]> {
    return sql<AttributionStall>(tx, `${STALLS} WHERE s.code = ANY ($2)`, [day, codes]);
  }

  /** The stalls of these short keys. */
  stallsByNo(tx: Tx, stallNos: readonly number[], day: BusinessDay): Promise<AttributionStall[]> {
    return sql<AttributionStall>(tx, `${STALLS} WHERE s.no = ANY ($2)`, [day, stallNos]);
  }

  /** Every account of the bank that a stall paid into on that day; one account may stand for several stalls. */
  accountsOfBank(tx: Tx, bankBin: string, day: BusinessDay): Promise<AttributionAccount[]> {
    return sql<AttributionAccount>(
      tx,
      `SELECT a.account_number AS account, s.no AS "stallNo"
       FROM payout_accounts a JOIN payout_assignments p ON p.payout_account_id = a.id AND ${runsOn('p', '$2')}
         JOIN stalls s ON s.id = p.stall_id
       WHERE a.bank_bin = $1`,
      [bankBin, day],
    );
  }

  markets(tx: Tx): Promise<AttributionMarket[]> {
    return sql<AttributionMarket>(tx, `SELECT code, no AS "marketNo" FROM markets`);
  }
}
