import { Injectable } from '@nestjs/common';
import { execute, sql, type Tx } from '../../platform/db/database';
import type { NewAssignment } from '../payout-accounts.repository';
import type { PaidInto } from './account-change.rules';

@Injectable()
export class PayoutAssignmentsRepository {
  /** What a stall paid into, and what a vendor was paid into in a market; with a closed stall ends what it paid into. */
  history(
    tx: Tx,
    { marketId, stallId, vendorId }: { marketId: string; stallId: string; vendorId: string },
  ): Promise<PaidInto[]> {
    return sql<PaidInto>(
      tx,
      `SELECT p.stall_id AS "stallId", a.vendor_id AS "vendorId", a.id AS "accountId", p.from_day AS "fromDay",
         least(p.to_day, s.closed_on) AS "toDay"
       FROM payout_assignments p JOIN payout_accounts a ON a.id = p.payout_account_id JOIN stalls s ON s.id = p.stall_id
       WHERE p.market_id = $1 AND (p.stall_id = $2 OR a.vendor_id = $3)`,
      [marketId, stallId, vendorId],
    );
  }

  /**
   * @param approvalId what two people decided; null for a stall's first account. The table refuses another one without
   * @throws the driver's violation of `payout_assignments_no_overlap`
   */
  async insert(
    tx: Tx,
    { id, stallId, accountId, fromDay, toDay }: NewAssignment,
    { marketId, approvalId, now }: { marketId: string; approvalId: string | null; now: Date },
  ): Promise<void> {
    await execute(
      tx,
      `INSERT INTO payout_assignments (id, stall_id, payout_account_id, from_day, to_day, market_id, approval_id, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, stallId, accountId, fromDay, toDay, marketId, approvalId, now],
    );
  }
}
