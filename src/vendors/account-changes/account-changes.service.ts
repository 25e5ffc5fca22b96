import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { ApprovalKind, AskedFor } from '../../approvals/approval-kind';
import type { Approval } from '../../approvals/approvals.schema';
import { Approvals } from '../../approvals/approvals.service';
import { AuditService } from '../../audit/audit.service';
import { addDays, businessDaySchema } from '../../kernel/business-day';
import { Clock } from '../../kernel/clock';
import { Ids } from '../../kernel/ids';
import { MarketsService } from '../../markets/markets.service';
import type { StallRecord } from '../../markets/stall.types';
import { StallsService } from '../../markets/stalls.service';
import { Database, type Tx } from '../../platform/db/database';
import { type LeaseRecord, LeasesRepository } from '../leases.repository';
import { NotificationPort } from '../notices/notification.port';
import { type AccountRecord, type AssignmentRecord, PayoutAccountsRepository } from '../payout-accounts.repository';
import type { AssignmentInput } from '../tenancy.schema';
import { AccountNotFound, AccountOfAnother, AssignmentOverlap } from '../vendors.errors';
import { ChangeReasonRequired, FormerAccountChanged } from './account-change.errors';
import { AccountChangeListeners } from './account-change-listeners';
import { redirectedAccount } from './account-change.rules';
import { type ChangeToTell, noticeOf, summaryOf } from './account-change.words';
import { PayoutAssignmentsRepository } from './payout-assignments.repository';

const changeSchema = z.strictObject({
  accountId: z.uuid(),
  fromDay: businessDaySchema,
  /** Whose takings go elsewhere. */
  formerAccountId: z.uuid(),
});
type Change = z.infer<typeof changeSchema>;

/** What an assignment would do, as of the transaction; the stall and the account locked. */
interface Planned {
  readonly stall: StallRecord;
  readonly account: AccountRecord;
  readonly lease: LeaseRecord;
  /** The stall's newest assignment, running or not. */
  readonly former: AssignmentRecord | undefined;
  readonly redirects: string | null;
}

/**
 * Into which account a stall pays. The first account of a stall is recorded by one person; every later one redirects
 * money and takes two (product.md §2), through whatever door it comes: this is the only one.
 */
@Injectable()
export class AccountChangesService {
  readonly kind: ApprovalKind<Change> = {
    kind: 'account_change',
    payload: changeSchema,
    request: 'account.assign',
    decide: 'vendor.read',
    see: 'vendor.read',
    describe: async (tx, asked) => summaryOf(await this.toTell(tx, asked.payload, await this.planApproved(tx, asked))),
    check: async (tx, asked) => void (await this.planApproved(tx, asked)),
    apply: (tx, asked) => this.change(tx, asked),
  };

  constructor(
    private readonly database: Database,
    private readonly accounts: PayoutAccountsRepository,
    private readonly assignments: PayoutAssignmentsRepository,
    private readonly leases: LeasesRepository,
    private readonly stalls: StallsService,
    private readonly markets: MarketsService,
    private readonly approvals: Approvals,
    private readonly listeners: AccountChangeListeners,
    private readonly notifications: NotificationPort,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    approvals.register(this.kind);
  }

  /**
   * From `fromDay` on the stall pays into the account; the former one ends the day before.
   * @returns null when that is so now; otherwise the request that a second person decides
   * @throws StallNotFound, AccountNotFound, AccountOfAnother, AssignmentOverlap, ChangeReasonRequired, ApprovalPending
   */
  assign(stallCode: string, { accountId, fromDay, reason }: AssignmentInput): Promise<Approval | null> {
    return this.database.write(async (tx) => {
      const planned = await this.plan(tx, stallCode, { accountId, fromDay });
      if (planned.redirects === null) {
        await this.write(tx, planned, fromDay, null);
        return null;
      }
      if (reason === undefined) throw new ChangeReasonRequired();
      return this.approvals.request(tx, this.kind, {
        subject: { type: 'stall', id: stallCode },
        area: { marketId: planned.stall.marketId },
        payload: { accountId, fromDay, formerAccountId: planned.redirects },
        reason,
      });
    });
  }

  /** The id of the request that waits for a stall; null when none does. */
  async pendingOf(tx: Tx, stallCode: string): Promise<string | null> {
    const pending = await this.approvals.pending(tx, this.kind, 'stall', [stallCode]);
    return pending.get(stallCode) ?? null;
  }

  private async plan(
    tx: Tx,
    stallCode: string,
    { accountId, fromDay }: Pick<Change, 'accountId' | 'fromDay'>,
  ): Promise<Planned> {
    const stall = await this.stalls.requireLocked(tx, stallCode);
    const account = await this.accounts.findLocked(tx, accountId);
    if (!account) throw new AccountNotFound();
    const lease = await this.leases.findOnDay(tx, stall.id, fromDay);
    if (!lease || lease.vendorId !== account.vendorId) throw new AccountOfAnother();
    const [former] = await this.accounts.assignmentsOfStall(tx, stall.id);
    if (former && former.fromDay >= fromDay) throw new AssignmentOverlap();
    const place = { marketId: stall.marketId, stallId: stall.id, vendorId: account.vendorId };
    const redirects = redirectedAccount({ ...place, accountId, fromDay }, await this.assignments.history(tx, place));
    return { stall, account, lease, former, redirects };
  }

  /** @throws FormerAccountChanged when it would redirect the takings of another account than was asked for */
  private async planApproved(tx: Tx, { subject, payload }: AskedFor<Change>): Promise<Planned> {
    const planned = await this.plan(tx, subject.id, payload);
    if (planned.redirects !== payload.formerAccountId) throw new FormerAccountChanged();
    return planned;
  }

  private async change(tx: Tx, asked: AskedFor<Change>): Promise<object> {
    const { fromDay } = asked.payload;
    const planned = await this.planApproved(tx, asked);
    const { stall, account } = planned;
    const toTell = await this.toTell(tx, asked.payload, planned);
    const assignmentId = await this.write(tx, planned, fromDay, asked.id);
    await this.listeners.tell(tx, { stallId: stall.id, stallCode: stall.code, marketId: stall.marketId, fromDay });
    await this.notifications.notify(tx, {
      vendorId: account.vendorId,
      kind: 'account_changed',
      text: noticeOf(toTell),
      about: { type: 'stall', id: stall.code },
    });
    return { assignmentId };
  }

  private async write(
    tx: Tx,
    planned: Planned,
    fromDay: Change['fromDay'],
    approvalId: string | null,
  ): Promise<string> {
    const { stall, account, lease, former } = planned;
    const runs = former && (former.toDay === null || former.toDay >= fromDay);
    if (runs) await this.accounts.endAssignment(tx, former.id, addDays(fromDay, -1));
    const assignment = { id: this.ids.uuid(), stallId: stall.id, accountId: account.id, fromDay, toDay: lease.toDay };
    const { marketId } = stall;
    await this.assignments.insert(tx, assignment, { marketId, approvalId, now: this.clock.now() });
    await this.audit.record(tx, {
      action: 'account_assigned',
      subjectType: 'stall',
      subjectId: stall.code,
      ...(former && { before: { accountId: former.accountId } }),
      after: { accountId: account.id, fromDay, ...(approvalId !== null && { approvalId }) },
    });
    return assignment.id;
  }

  private async toTell(tx: Tx, change: Change, { stall, account }: Planned): Promise<ChangeToTell> {
    const former = await this.accounts.findLocked(tx, change.formerAccountId);
    const { name: marketName } = await this.markets.require(tx, stall.marketCode);
    return { stallNumber: stall.number, marketName, former, next: account, fromDay: change.fromDay };
  }
}
