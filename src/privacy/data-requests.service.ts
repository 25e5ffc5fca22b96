import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { addDays, type BusinessDay, businessDay } from '../kernel/business-day';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { AdministrativeUnitsService } from '../markets/administrative-units.service';
import { currentActor } from '../platform/actor';
import { Database, type Tx } from '../platform/db/database';
import { CURSOR_PART, decodeCursor, type Page, pageOf } from '../platform/http/page';
import { VendorsService } from '../vendors/vendors.service';
import { clockOf } from './data-request.rules';
import type {
  DataRequest,
  DataRequestAnswer,
  DataRequestInput,
  DataRequestsQuery,
  Holiday,
  OwnRequestInput,
} from './data-requests.schema';
import { type DataRequestRow, DataRequestsRepository } from './data-requests.repository';
import {
  DataRequestClosed,
  DataRequestNotFound,
  HolidayKnown,
  HolidayNotFound,
  ReceivedInFuture,
} from './privacy.errors';
import { ANSWER_WITHIN_WORKING_DAYS, workingDaysAfter, workingDaysBetween } from './working-days.rules';

/** Longer than any row of days off. */
const LOOK_AHEAD_DAYS = 60;

/** What persons ask about their data, each with its clock of two working days. */
@Injectable()
export class DataRequestsService {
  constructor(
    private readonly database: Database,
    private readonly requests: DataRequestsRepository,
    private readonly vendors: VendorsService,
    private readonly units: AdministrativeUnitsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws CursorInvalid */
  list({ cursor, limit, ...filter }: DataRequestsQuery): Promise<Page<DataRequest>> {
    const after = decodeCursor(cursor, [/^(?:true|false)$/, CURSOR_PART.day, CURSOR_PART.uuid]);
    return this.database.read(async (tx) => {
      const total = await this.requests.count(tx, filter);
      const rows = await this.requests.list(tx, filter, { after, limit });
      const view = await this.viewer(tx);
      const key = (row: DataRequestRow): string[] => [String(row.state !== 'open'), row.dueOn, row.id];
      return pageOf(rows, { limit, total, key, item: view });
    });
  }

  /** @throws DataRequestNotFound */
  read(id: string): Promise<DataRequest> {
    return this.database.read((tx) => this.describe(tx, id));
  }

  /** @throws ReceivedInFuture, VendorNotFound */
  record(input: DataRequestInput): Promise<DataRequest> {
    return this.keep(input);
  }

  /** A vendor's own request, through the own link. @throws VendorNotFound */
  recordOwn(vendorId: string, input: OwnRequestInput): Promise<DataRequest> {
    const received = { receivedHow: 'link', receivedOn: this.clock.today() } as const;
    return this.keep({ ...input, ...received, vendorId, subjectName: null });
  }

  /** @throws DataRequestNotFound, DataRequestClosed */
  answer(id: string, { outcome, answer }: DataRequestAnswer): Promise<DataRequest> {
    return this.database.write(async (tx) => {
      const request = await this.requests.findLocked(tx, id);
      if (!request) throw new DataRequestNotFound();
      if (request.state !== 'open') throw new DataRequestClosed();
      const actor = currentActor();
      const on = this.clock.today();
      await this.requests.answer(tx, id, { state: outcome, answer, on, by: actor.kind === 'staff' ? actor.id : null });
      await this.audit.record(tx, {
        action: `data_request_${outcome}`,
        subjectType: 'data_request',
        subjectId: id,
        before: { state: 'open', dueOn: request.dueOn },
        after: { state: outcome, answeredOn: on },
        reason: answer,
      });
      return this.describe(tx, id);
    });
  }

  /** Days off of a calendar year, besides Saturdays and Sundays. */
  holidays(year: string): Promise<Holiday[]> {
    return this.database.read((tx) =>
      this.requests.holidays(tx, businessDay(`${year}-01-01`), businessDay(`${year}-12-31`)),
    );
  }

  /** Clocks that run already keep their day. @throws HolidayKnown */
  async addHoliday(holiday: Holiday): Promise<Holiday> {
    await this.database.write(async (tx) => {
      if (!(await this.requests.addHoliday(tx, holiday))) throw new HolidayKnown();
      await this.audit.record(tx, {
        action: 'holiday_added',
        subjectType: 'holiday',
        subjectId: holiday.day,
        after: holiday,
      });
    });
    return holiday;
  }

  /** @throws HolidayNotFound */
  async removeHoliday(day: BusinessDay): Promise<void> {
    await this.database.write(async (tx) => {
      if (!(await this.requests.removeHoliday(tx, day))) throw new HolidayNotFound();
      await this.audit.record(tx, { action: 'holiday_removed', subjectType: 'holiday', subjectId: day });
    });
  }

  private keep(input: Omit<DataRequestInput, 'subjectName' | 'receivedHow'> & Received): Promise<DataRequest> {
    if (input.receivedOn > this.clock.today()) throw new ReceivedInFuture();
    return this.database.write(async (tx) => {
      const subject = input.vendorId === null ? null : await this.vendors.identify(tx, input.vendorId);
      const request = {
        ...input,
        id: this.ids.uuid(),
        provinceCode: subject?.provinceCode ?? (await this.units.province(tx)),
        subjectName: input.subjectName ?? subject?.fullName ?? '',
        dueOn: await this.dueOn(tx, input.receivedOn),
        recordedBy: currentActor().id,
        recordedAt: this.clock.now(),
      };
      await this.requests.insert(tx, request);
      await this.audit.record(tx, {
        action: 'data_request_recorded',
        subjectType: 'data_request',
        subjectId: request.id,
        after: { kind: input.kind, vendorId: input.vendorId, receivedOn: input.receivedOn, dueOn: request.dueOn },
      });
      return this.describe(tx, request.id);
    });
  }

  private async dueOn(tx: Tx, receivedOn: BusinessDay): Promise<BusinessDay> {
    const off = await this.requests.holidays(tx, receivedOn, addDays(receivedOn, LOOK_AHEAD_DAYS));
    return workingDaysAfter(receivedOn, ANSWER_WITHIN_WORKING_DAYS, new Set(off.map(({ day }) => day as BusinessDay)));
  }

  private async describe(tx: Tx, id: string): Promise<DataRequest> {
    const request = await this.requests.find(tx, id);
    if (!request) throw new DataRequestNotFound();
    return (await this.viewer(tx))(request);
  }

  private async viewer(tx: Tx): Promise<(row: DataRequestRow) => DataRequest> {
    const today = this.clock.today();
    const off = await this.requests.holidays(tx, today, addDays(today, LOOK_AHEAD_DAYS));
    const holidays = new Set(off.map(({ day }) => day as BusinessDay));
    return ({ recordedAt, ...row }) => {
      const dueOn = row.dueOn as BusinessDay;
      const answeredOn = row.answeredOn as BusinessDay | null;
      return {
        ...row,
        clock: clockOf({ state: row.state, dueOn, answeredOn }, today),
        workingDaysLeft: row.state === 'open' ? workingDaysBetween(today, dueOn, holidays) : null,
        recordedAt: recordedAt.toISOString(),
      };
    };
  }
}

/** As recorded by staff, or by the vendor, whose name is known. */
interface Received {
  readonly subjectName: string | null;
  readonly receivedHow: DataRequest['receivedHow'];
}
