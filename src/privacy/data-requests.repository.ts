import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { Conditions } from '../platform/db/conditions';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { RequestState } from './data-request.rules';
import type { DataRequest, Holiday } from './data-requests.schema';

export interface DataRequestRow extends Omit<DataRequest, 'clock' | 'workingDaysLeft' | 'recordedAt'> {
  readonly recordedAt: Date;
}

export interface NewDataRequest extends Omit<DataRequestRow, 'state' | 'answer' | 'answeredOn' | 'answeredBy'> {
  readonly provinceCode: string;
  readonly recordedBy: string;
}

const RECORD = `r.id, r.vendor_id AS "vendorId", r.subject_name AS "subjectName", r.kind, r.details,
  r.received_how AS "receivedHow", r.received_on AS "receivedOn", r.due_on AS "dueOn", r.state, r.answer,
  r.answered_on AS "answeredOn", s.full_name AS "answeredBy", r.recorded_at AS "recordedAt"
  FROM data_requests r LEFT JOIN staff s ON s.id = r.answered_by`;

export interface RequestFilter {
  readonly state?: RequestState | undefined;
  readonly vendorId?: string | undefined;
}

/** Tables data_requests and holidays. */
@Injectable()
export class DataRequestsRepository {
  find(tx: Tx, id: string): Promise<DataRequestRow | undefined> {
    return sqlOne<DataRequestRow>(tx, `SELECT ${RECORD} WHERE r.id = $1`, [id]);
  }

  findLocked(tx: Tx, id: string): Promise<DataRequestRow | undefined> {
    return sqlOne<DataRequestRow>(tx, `SELECT ${RECORD} WHERE r.id = $1 FOR UPDATE OF r`, [id]);
  }

  async count(tx: Tx, filter: RequestFilter): Promise<number> {
    const where = conditions(filter);
    const row = await sqlOne<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM data_requests r ${where.text}`,
      where.params,
    );
    return row?.count ?? 0;
  }

  /** Open ones first, in the order in which they fall due; one row more than `limit`. */
  list(tx: Tx, filter: RequestFilter, page: { after: string[] | null; limit: number }): Promise<DataRequestRow[]> {
    const where = conditions(filter);
    if (page.after) {
      const [closed, due, id] = page.after.map((part) => where.bind(part));
      where.also(`(r.state <> 'open', r.due_on, r.id) > (${closed}::boolean, ${due}::date, ${id}::uuid)`);
    }
    const limit = where.bind(page.limit + 1);
    return sql<DataRequestRow>(
      tx,
      `SELECT ${RECORD} ${where.text} ORDER BY r.state <> 'open', r.due_on, r.id LIMIT ${limit}`,
      where.params,
    );
  }

  async insert(tx: Tx, request: NewDataRequest): Promise<void> {
    await execute(
      tx,
      `INSERT INTO data_requests (id, province_code, vendor_id, subject_name, kind, details, received_how, received_on,
         due_on, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        request.id,
        request.provinceCode,
        request.vendorId,
        request.subjectName,
        request.kind,
        request.details,
        request.receivedHow,
        request.receivedOn,
        request.dueOn,
        request.recordedBy,
        request.recordedAt,
      ],
    );
  }

  async answer(
    tx: Tx,
    id: string,
    given: { state: RequestState; answer: string; on: BusinessDay; by: string | null },
  ): Promise<void> {
    await execute(
      tx,
      `UPDATE data_requests SET state = $2, answer = $3, answered_on = $4, answered_by = $5 WHERE id = $1`,
      [id, given.state, given.answer, given.on, given.by],
    );
  }

  holidays(tx: Tx, from: BusinessDay, to: BusinessDay): Promise<Holiday[]> {
    return sql<Holiday>(tx, `SELECT day, name FROM holidays WHERE day BETWEEN $1 AND $2 ORDER BY day`, [from, to]);
  }

  /** @returns false when the day is there already */
  async addHoliday(tx: Tx, { day, name }: Holiday): Promise<boolean> {
    const added = await execute(tx, `INSERT INTO holidays (day, name) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      day,
      name,
    ]);
    return added === 1;
  }

  /** @returns false when the day is not there */
  async removeHoliday(tx: Tx, day: BusinessDay): Promise<boolean> {
    return (await execute(tx, `DELETE FROM holidays WHERE day = $1`, [day])) === 1;
  }
}

function conditions(filter: RequestFilter): Conditions {
  return new Conditions()
    .add(filter.state, (state) => `r.state = ${state}`)
    .add(filter.vendorId, (id) => `r.vendor_id = ${id}`);
}
