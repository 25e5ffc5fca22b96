import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { sql, type Tx } from '../platform/db/database';
import type { OccupiedStall } from './stall-directory.types';
import { runsOn } from './vendors.repository';

const OCCUPIED = `SELECT s.id AS "stallId", s.code AS "stallCode", s.number, z.name AS "zoneName",
    s.trade_line AS "tradeLine", s.mcc, m.id AS "marketId", m.code AS "marketCode", m.name AS "marketName",
    m.province_code AS "provinceCode", pu.name AS "provinceName", cu.name AS "communeName",
    v.id AS "vendorId", v.full_name AS "vendorName", v.household_name AS "householdName", v.state AS "vendorState",
    CASE WHEN a.id IS NOT NULL THEN jsonb_build_object('id', a.id, 'bankBin', a.bank_bin, 'bankName', b.short_name,
      'accountNumber', a.account_number, 'holderName', a.holder_name, 'scheme', a.scheme,
      'verified', a.verified_at IS NOT NULL) END AS account
  FROM stalls s JOIN markets m ON m.id = s.market_id
    JOIN leases l ON l.stall_id = s.id AND ${runsOn('l', '$1')}
    JOIN vendors v ON v.id = l.vendor_id
    LEFT JOIN zones z ON z.id = s.zone_id
    LEFT JOIN payout_assignments p ON p.stall_id = s.id AND ${runsOn('p', '$1')}
    LEFT JOIN payout_accounts a ON a.id = p.payout_account_id AND a.vendor_id = v.id
    LEFT JOIN banks b ON b.bin = a.bank_bin
    LEFT JOIN LATERAL (SELECT name FROM administrative_units
      WHERE code = m.province_code ORDER BY valid_from DESC LIMIT 1) pu ON true
    LEFT JOIN LATERAL (SELECT name FROM administrative_units
      WHERE code = m.commune_code ORDER BY valid_from DESC LIMIT 1) cu ON true
  WHERE s.state <> 'closed' AND $1::date BETWEEN s.opened_on AND coalesce(s.closed_on, 'infinity')`;

/** The register as the making of payment codes needs it. */
@Injectable()
export class StallDirectoryRepository {
  /** Occupied stalls of a market in natural order of their numbers. */
  occupiedOfMarket(tx: Tx, marketCode: string, day: BusinessDay): Promise<OccupiedStall[]> {
    return sql<OccupiedStall>(tx, `${OCCUPIED} AND m.code = $2 ORDER BY s.sort_key, s.id`, [day, marketCode]);
  }

  /** Of these stalls the occupied ones, in natural order of market and number. */
  occupied(tx: Tx, stallCodes: readonly string[], day: BusinessDay): Promise<OccupiedStall[]> {
    return sql<OccupiedStall>(tx, `${OCCUPIED} AND s.code = ANY ($2) ORDER BY m.code, s.sort_key, s.id`, [
      day,
      stallCodes,
    ]);
  }
}
