import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import type { BusinessDay } from '../kernel/business-day';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import type { StallRecord } from '../markets/stall.types';
import { StallsService } from '../markets/stalls.service';
import { Database, type Tx, violatedConstraint } from '../platform/db/database';
import { LeasesRepository } from './leases.repository';
import { PayoutAccountsRepository } from './payout-accounts.repository';
import type { LeaseInput } from './tenancy.schema';
import type { Lease } from './vendor.schema';
import {
  AssignmentOverlap,
  LeaseEnded,
  LeaseNotFound,
  LeaseOverlap,
  PeriodReversed,
  StallNotOpen,
} from './vendors.errors';
import { VendorsService } from './vendors.service';

/** Who holds which stall from day to day. */
@Injectable()
export class LeasesService {
  constructor(
    private readonly database: Database,
    private readonly leases: LeasesRepository,
    private readonly accounts: PayoutAccountsRepository,
    private readonly vendors: VendorsService,
    private readonly stalls: StallsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws StallNotFound, VendorNotFound, VendorNotActive, PeriodReversed, StallNotOpen, LeaseOverlap */
  async begin(stallCode: string, input: LeaseInput): Promise<Lease> {
    const { fromDay, toDay } = input;
    if (toDay !== null && toDay < fromDay) throw new PeriodReversed();
    return this.database.write(async (tx) => {
      const stall = await this.stalls.requireLocked(tx, stallCode);
      const vendor = await this.vendors.requireActive(tx, input.vendorId);
      if (!isOpen(stall, fromDay)) throw new StallNotOpen();
      const id = this.ids.uuid();
      const lease = { id, stallId: stall.id, vendorId: vendor.id, fromDay, fromDayKnown: true, toDay, note: null };
      try {
        await this.leases.insertMany(tx, stall.marketId, [lease], this.clock.now());
      } catch (error) {
        if (violatedConstraint(error) === 'leases_no_overlap') throw new LeaseOverlap();
        throw error;
      }
      await this.audit.record(tx, {
        action: 'lease_begun',
        subjectType: 'stall',
        subjectId: stallCode,
        after: { leaseId: id, vendorId: vendor.id, fromDay, toDay },
      });
      return this.shown(tx, id);
    });
  }

  /**
   * The lease and the stall's account of that vendor end with `toDay`, included.
   * @throws LeaseNotFound, LeaseEnded, PeriodReversed, AssignmentOverlap where the stall changes accounts after `toDay`
   */
  async end(id: string, toDay: BusinessDay): Promise<Lease> {
    return this.database.write(async (tx) => {
      const lease = await this.leases.findLocked(tx, id);
      if (!lease) throw new LeaseNotFound();
      if (lease.toDay !== null && lease.toDay <= this.clock.today()) throw new LeaseEnded();
      if (toDay < lease.fromDay) throw new PeriodReversed();
      await this.endAssignments(tx, lease.stallId, lease.vendorId, toDay);
      await this.leases.end(tx, id, toDay);
      const shown = await this.shown(tx, id);
      await this.audit.record(tx, {
        action: 'lease_ended',
        subjectType: 'stall',
        subjectId: shown.stallCode,
        before: { leaseId: id, toDay: lease.toDay },
        after: { leaseId: id, toDay },
      });
      return shown;
    });
  }

  private async endAssignments(tx: Tx, stallId: string, vendorId: string, toDay: BusinessDay): Promise<void> {
    const assignments = await this.accounts.assignmentsOfStall(tx, stallId);
    for (const assignment of assignments.filter((row) => row.vendorId === vendorId)) {
      if (assignment.toDay !== null && assignment.toDay <= toDay) continue;
      if (assignment.fromDay > toDay) throw new AssignmentOverlap();
      await this.accounts.endAssignment(tx, assignment.id, toDay);
    }
  }

  private async shown(tx: Tx, id: string): Promise<Lease> {
    const lease = await this.leases.shown(tx, id);
    if (!lease) throw new LeaseNotFound();
    return lease;
  }
}

function isOpen(stall: StallRecord, day: BusinessDay): boolean {
  return stall.state !== 'closed' && stall.openedOn <= day;
}
