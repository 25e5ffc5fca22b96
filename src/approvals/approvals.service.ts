import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { mayDo } from '../kernel/permissions';
import { currentActor } from '../platform/actor';
import type { Tx } from '../platform/db/database';
import type { Requester } from './approval.rules';
import type { ApprovalArea, ApprovalKind, ApprovalSubject } from './approval-kind';
import { ApprovalKinds } from './approval-kinds';
import { approvalView } from './approval.view';
import { ApprovalNotPermitted, ApprovalPending } from './approvals.errors';
import { type ApprovalRow, ApprovalsRepository } from './approvals.repository';
import type { Approval } from './approvals.schema';

const DAY_MS = 86_400_000;

/** What is asked, of one kind. */
export interface ApprovalRequest<Payload extends object> {
  readonly subject: ApprovalSubject;
  readonly area: ApprovalArea;
  readonly payload: Payload;
  /** In the requester's own words; 1 to 500 characters. */
  readonly reason: string;
}

/**
 * What takes two people, as other modules use it:
 *
 * 1. In a constructor, `approvals.register(kind)`: what the change is called, who may ask and decide, how it is shown,
 *    checked and made (see {@link ApprovalKind}).
 * 2. Instead of making the change, `approvals.request(tx, kind, {…})` in the transaction of the operation, which answers
 *    202 with the {@link Approval}.
 *
 * The rest – the second person, refusal, withdrawal, expiry, the trail, the inbox – is done here.
 */
@Injectable()
export class Approvals {
  constructor(
    private readonly kinds: ApprovalKinds,
    private readonly approvals: ApprovalsRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws when the name is taken: the process does not start. */
  register<Payload extends object>(kind: ApprovalKind<Payload>): void {
    this.kinds.register(kind);
  }

  /**
   * Asks for a second person. The same request again, while it waits, is the same request: nothing is added.
   * @throws ApprovalNotPermitted, ApprovalPending when another change of the subject waits, and what `kind.check` throws
   */
  async request<Payload extends object>(
    tx: Tx,
    kind: ApprovalKind<Payload>,
    request: ApprovalRequest<Payload>,
  ): Promise<Approval> {
    this.kinds.require(kind);
    const payload = kind.payload.parse(request.payload);
    const requestedBy = await this.requester(tx, kind);
    const { subject, reason } = request;
    await this.closeOverdue(tx, kind.kind, subject);
    const waiting = await this.approvals.findPending(tx, kind.kind, subject, payload);
    if (waiting) return this.sameOrRefused(waiting, requestedBy);
    const asked = { id: this.ids.uuid(), payload, subject, reason, requestedBy, decidedBy: null };
    await kind.check(tx, asked);
    const summary = await kind.describe(tx, asked);
    const requestedAt = this.clock.now();
    const expiresAt = new Date(requestedAt.getTime() + (await this.approvals.days(tx)) * DAY_MS);
    const approval = { ...asked, kind: kind.kind, area: request.area, summary, requestedAt, expiresAt };
    // Two may ask at once: the second is told so, and finds the first when it asks again.
    if (!(await this.approvals.insert(tx, approval))) throw new ApprovalPending();
    await this.audit.record(tx, {
      action: 'approval_requested',
      subjectType: subject.type,
      subjectId: subject.id,
      after: {
        ...{ approvalId: asked.id, kind: kind.kind, expiresAt: expiresAt.toISOString() },
        facts: summary.facts.map(({ label, before, after }) => ({ label: label.vi, before, after })),
      },
      reason,
    });
    return approvalView((await this.approvals.find(tx, asked.id)) as ApprovalRow, { requester: requestedBy });
  }

  /** Ids of the waiting requests of a kind, by the subject they are about. */
  async pending(
    tx: Tx,
    kind: { readonly kind: string },
    type: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const rows = await this.approvals.pendingOf(tx, kind.kind, type, ids);
    return new Map(rows.map((row) => [row.subjectId, row.id]));
  }

  private async requester(tx: Tx, kind: { readonly request: ApprovalKind<object>['request'] }): Promise<Requester> {
    const actor = currentActor();
    // Nothing that a vendor's link can do takes two people; should it ever be reached, it is refused.
    if (actor.kind === 'vendor') throw new ApprovalNotPermitted();
    if (actor.kind !== 'staff') return { kind: actor.kind, id: actor.id };
    const person = await this.approvals.person(tx, actor.id);
    if (!person || !mayDo(person.role, kind.request)) throw new ApprovalNotPermitted();
    return { kind: 'staff', id: person.id, email: person.email };
  }

  private sameOrRefused(waiting: ApprovalRow & { readonly samePayload: boolean }, by: Requester): Approval {
    const { requestedBy } = waiting;
    const isSame = waiting.samePayload && requestedBy.kind === by.kind && requestedBy.id === by.id;
    if (!isSame) throw new ApprovalPending();
    return approvalView(waiting, { requester: by });
  }

  /** One whose time is over does not stand in the way until the sweeper comes by. */
  private async closeOverdue(tx: Tx, kind: string, subject: ApprovalSubject): Promise<void> {
    const now = this.clock.now();
    const id = await this.approvals.findOverdue(tx, kind, subject, now);
    if (id !== undefined) await this.expire(tx, { id, kind, subject }, now);
  }

  /** Closes a request that nobody decided in time. */
  async expire(tx: Tx, approval: Pick<ApprovalRow, 'id' | 'kind' | 'subject'>, at: Date): Promise<void> {
    await this.approvals.decide(tx, approval.id, { state: 'expired', by: null, at, reason: null, failure: null });
    await this.audit.record(tx, {
      action: 'approval_expired',
      subjectType: approval.subject.type,
      subjectId: approval.subject.id,
      after: { approvalId: approval.id, kind: approval.kind },
    });
  }
}
