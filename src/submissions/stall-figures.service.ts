import { Injectable } from '@nestjs/common';
import { sql, type Tx } from '../platform/db/database';

/** What banks reported for one stall in one month. */
export interface StallMonth {
  /** First day of the calendar month. */
  readonly month: string;
  readonly stallCode: string;
  readonly transactionCount: bigint;
  /** Whole đồng. */
  readonly amount: bigint;
}

/** Figures of single stalls, which exist under consent only; for the person they are about. */
@Injectable()
export class StallFiguresService {
  /** Months in which the vendor held the stall, newest first. */
  ofVendor(tx: Tx, vendorId: string): Promise<StallMonth[]> {
    return sql<StallMonth>(
      tx,
      `SELECT t.month, s.code AS "stallCode", t.transaction_count AS "transactionCount", t.amount
       FROM leases l JOIN stalls s ON s.id = l.stall_id JOIN stall_month_totals t ON t.stall_no = s.no
       WHERE l.vendor_id = $1
         AND t.month <= coalesce(l.to_day, 'infinity') AND t.month + interval '1 month' > l.from_day
       ORDER BY t.month DESC, s.code`,
      [vendorId],
    );
  }
}
