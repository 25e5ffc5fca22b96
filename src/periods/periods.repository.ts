import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { Calendar, DayRange } from './period.rules';

export interface ClosedPeriodRow {
  readonly id: string;
  readonly calendar: Calendar;
  /** First day of the month. */
  readonly month: BusinessDay;
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly note: string | null;
  readonly closedBy: string;
  readonly closedAt: Date;
  /** Ledger entries after this one are restatements. */
  readonly ledgerMark: bigint;
  readonly reopenedBy: string | null;
  readonly reopenedAt: Date | null;
  readonly reopenReason: string | null;
  readonly reopenMark: bigint | null;
}

export interface NewClosing {
  readonly id: string;
  readonly provinceCode: string;
  readonly calendar: Calendar;
  readonly month: BusinessDay;
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly note: string | null;
  readonly closedBy: string;
  readonly closedAt: Date;
}

/** A closed period, as a posting meets it. */
export interface Closing {
  readonly id: string;
  readonly provinceCode: string;
}

/** Days that a list of periods is asked for. */
export type PeriodFilter = Partial<DayRange>;

/** One number for all closings; entering the ledger shares it (trigger `ledger_entries_share_closings`). */
const CLOSING_LOCK = '4040404012';

const PERIOD = `p.id, p.calendar, p.month, p.from_day AS "from", p.to_day AS "to", p.note,
  coalesce(c.full_name, p.closed_by) AS "closedBy", p.closed_at AS "closedAt", p.ledger_mark AS "ledgerMark",
  CASE WHEN p.reopened_by IS NOT NULL THEN coalesce(r.full_name, p.reopened_by) END AS "reopenedBy",
  p.reopened_at AS "reopenedAt", p.reopen_reason AS "reopenReason", p.reopen_mark AS "reopenMark"`;
const NAMES = `LEFT JOIN staff c ON c.id::text = p.closed_by LEFT JOIN staff r ON r.id::text = p.reopened_by`;
const FILTER = `($1::date IS NULL OR p.to_day >= $1) AND ($2::date IS NULL OR p.from_day <= $2)`;

/** What is closed, and the lock between closing and posting. */
@Injectable()
export class PeriodsRepository {
  /** From here to the end of the transaction nothing enters the ledger, and nothing is on its way into it. */
  async stopLedger(tx: Tx): Promise<void> {
    await execute(tx, `SELECT pg_advisory_xact_lock(${CLOSING_LOCK})`);
  }

  /** From here to the end of the transaction no period is closed or opened. */
  async stopClosings(tx: Tx): Promise<void> {
    await execute(tx, `SELECT pg_advisory_xact_lock_shared(${CLOSING_LOCK})`);
  }

  /** Call after {@link stopLedger}. @returns false when this very period is closed already */
  async close(tx: Tx, closing: NewClosing): Promise<boolean> {
    const inserted = await execute(
      tx,
      `INSERT INTO closed_periods (id, province_code, calendar, month, from_day, to_day, note, closed_by, closed_at,
         ledger_mark)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN is_called THEN last_value ELSE 0 END
       FROM ledger_entries_id_seq ON CONFLICT DO NOTHING`,
      [
        closing.id,
        closing.provinceCode,
        closing.calendar,
        closing.month,
        closing.from,
        closing.to,
        closing.note,
        closing.closedBy,
        closing.closedAt,
      ],
    );
    return inserted === 1;
  }

  find(tx: Tx, id: string): Promise<ClosedPeriodRow | undefined> {
    return sqlOne(tx, `SELECT ${PERIOD} FROM closed_periods p ${NAMES} WHERE p.id = $1`, [id]);
  }

  /** The latest first; `after` is the key of the last row shown: first day and id. */
  list(tx: Tx, { from, to }: PeriodFilter, after: string[] | null, limit: number): Promise<ClosedPeriodRow[]> {
    return sql(
      tx,
      `SELECT ${PERIOD} FROM closed_periods p ${NAMES}
       WHERE ${FILTER} AND ($3::date IS NULL OR (p.from_day, p.id) < ($3, $4::uuid))
       ORDER BY p.from_day DESC, p.id DESC LIMIT $5`,
      [from, to, after?.[0], after?.[1], limit + 1],
    );
  }

  async count(tx: Tx, { from, to }: PeriodFilter): Promise<number> {
    const row = await sqlOne<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM closed_periods p WHERE ${FILTER}`,
      [from, to],
    );
    return row?.count ?? 0;
  }

  /** The closing that makes the figures of a day final; of several the first. */
  closingOf(tx: Tx, day: BusinessDay): Promise<Closing | undefined> {
    return sqlOne(
      tx,
      `SELECT id, province_code AS "provinceCode" FROM closed_periods
       WHERE reopened_at IS NULL AND $1::date BETWEEN from_day AND to_day ORDER BY id LIMIT 1`,
      [day],
    );
  }
}
