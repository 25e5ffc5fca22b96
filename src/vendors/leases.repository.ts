import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { inReach, marketInReach } from '../markets/market-reach';
import { columnsOf } from '../platform/db/columns';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { Lease } from './vendor.schema';
import { runsOn } from './vendors.repository';

export interface NewLease {
  readonly id: string;
  readonly stallId: string;
  readonly vendorId: string;
  readonly fromDay: BusinessDay;
  readonly fromDayKnown: boolean;
  readonly toDay: BusinessDay | null;
  readonly note: string | null;
}

export interface LeaseRecord {
  readonly id: string;
  readonly stallId: string;
  readonly vendorId: string;
  readonly marketId: string;
  readonly fromDay: BusinessDay;
  readonly fromDayKnown: boolean;
  readonly toDay: BusinessDay | null;
}

const RECORD = `l.id, l.stall_id AS "stallId", l.vendor_id AS "vendorId", l.market_id AS "marketId",
  l.from_day AS "fromDay", l.from_day_known AS "fromDayKnown", l.to_day AS "toDay" FROM leases l`;

const SHOWN = `SELECT l.id, s.code AS "stallCode", s.number AS "stallNumber", m.code AS "marketCode",
    m.name AS "marketName", l.vendor_id AS "vendorId", v.full_name AS "vendorName", l.from_day AS "fromDay",
    l.from_day_known AS "fromDayKnown", l.to_day AS "toDay", l.note
  FROM leases l JOIN stalls s ON s.id = l.stall_id JOIN markets m ON m.id = s.market_id
    JOIN vendors v ON v.id = l.vendor_id`;

@Injectable()
export class LeasesRepository {
  findLocked(tx: Tx, id: string): Promise<LeaseRecord | undefined> {
    return sqlOne<LeaseRecord>(tx, `SELECT ${RECORD} WHERE l.id = $1 AND ${marketInReach('l.market_id')} FOR UPDATE`, [
      id,
    ]);
  }

  findOnDay(tx: Tx, stallId: string, day: BusinessDay): Promise<LeaseRecord | undefined> {
    return sqlOne<LeaseRecord>(tx, `SELECT ${RECORD} WHERE l.stall_id = $1 AND ${runsOn('l', '$2')}`, [stallId, day]);
  }

  ofMarket(tx: Tx, marketId: string): Promise<LeaseRecord[]> {
    return sql<LeaseRecord>(tx, `SELECT ${RECORD} WHERE l.market_id = $1`, [marketId]);
  }

  /** Newest first. */
  shownOfVendor(tx: Tx, vendorId: string): Promise<Lease[]> {
    return sql<Lease>(tx, `${SHOWN} WHERE l.vendor_id = $1 AND ${inReach('m')} ORDER BY l.from_day DESC, l.id DESC`, [
      vendorId,
    ]);
  }

  /** Newest first. */
  shownOfStall(tx: Tx, stallId: string): Promise<Lease[]> {
    return sql<Lease>(tx, `${SHOWN} WHERE l.stall_id = $1 AND ${inReach('m')} ORDER BY l.from_day DESC, l.id DESC`, [
      stallId,
    ]);
  }

  shown(tx: Tx, id: string): Promise<Lease | undefined> {
    return sqlOne<Lease>(tx, `${SHOWN} WHERE l.id = $1`, [id]);
  }

  /** @throws the driver's violation of `leases_no_overlap` */
  async insertMany(tx: Tx, marketId: string, leases: readonly NewLease[], now: Date): Promise<void> {
    await execute(
      tx,
      `INSERT INTO leases (id, stall_id, vendor_id, from_day, from_day_known, to_day, note, market_id, created_at)
       SELECT r.*, $8, $9 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::bool[], $6::date[],
         $7::text[]) AS r`,
      [...columnsOf(leases, ['id', 'stallId', 'vendorId', 'fromDay', 'fromDayKnown', 'toDay', 'note']), marketId, now],
    );
  }

  async end(tx: Tx, id: string, toDay: BusinessDay): Promise<void> {
    await execute(tx, `UPDATE leases SET to_day = $2 WHERE id = $1`, [id, toDay]);
  }

  /** The first day, learned later: only where the day of registration stood in. */
  async learnFirstDays(tx: Tx, leases: readonly { id: string; fromDay: BusinessDay }[]): Promise<void> {
    await execute(
      tx,
      `UPDATE leases l SET from_day = r.from_day, from_day_known = true
       FROM unnest($1::uuid[], $2::date[]) AS r (id, from_day) WHERE l.id = r.id AND NOT l.from_day_known`,
      columnsOf(leases, ['id', 'fromDay']),
    );
  }
}
