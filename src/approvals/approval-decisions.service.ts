import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { DomainError } from '../kernel/errors';
import { mayDo } from '../kernel/permissions';
import { currentActor } from '../platform/actor';
import { Database, execute, type Tx } from '../platform/db/database';
import { type ApprovalState, type DecisionFault, decisionFault, type Person } from './approval.rules';
import type { ApprovalKind, AskedFor } from './approval-kind';
import { ApprovalKinds } from './approval-kinds';
import { approvalView } from './approval.view';
import {
  ApprovalClosed,
  ApprovalExpired,
  ApprovalKindUnknown,
  ApprovalNotFound,
  ApprovalNotPermitted,
  ApprovalOutdated,
  NotTheRequester,
  RequesterGone,
  SamePerson,
} from './approvals.errors';
import { type ApprovalFailure, type ApprovalRow, ApprovalsRepository } from './approvals.repository';
import type { Approval } from './approvals.schema';
import { Approvals } from './approvals.service';

type Kind = ApprovalKind<object>;

/** What a decision found: kept first, thrown after the transaction, because what it closed stays closed. */
interface Outcome {
  readonly approval: Approval;
  readonly refusal: DomainError | null;
}

/** The second person. Each decision is one transaction under the lock of the request: whoever comes second is told. */
@Injectable()
export class ApprovalDecisions {
  constructor(
    private readonly database: Database,
    private readonly approvals: ApprovalsRepository,
    private readonly kinds: ApprovalKinds,
    private readonly requests: Approvals,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks the change against the present state and makes it. Repeated by the same person: the same answer, one effect.
   * @throws ApprovalNotFound, ApprovalNotPermitted, SamePerson, ApprovalClosed, ApprovalExpired, ApprovalOutdated
   */
  approve(id: string, reason?: string): Promise<Approval> {
    return this.decide(id, 'approved', async (tx, row, person, kind) => {
      const failure = await this.make(tx, row, person, kind, reason);
      if (!failure) return null;
      await this.close(tx, row, { state: 'failed', by: person.id, reason: reason ?? null, failure });
      return new ApprovalOutdated(failure);
    });
  }

  /** @throws as {@link approve}, but never ApprovalOutdated */
  refuse(id: string, reason: string): Promise<Approval> {
    return this.decide(id, 'refused', async (tx, row, person, kind) => {
      await this.close(tx, row, { state: 'refused', by: person.id, reason, failure: null });
      if (kind.refuse) await kind.refuse(tx, askedFor(row, person, kind), reason);
      return null;
    });
  }

  /** By whoever asked. Repeating it changes nothing. @throws ApprovalNotFound, NotTheRequester, ApprovalClosed */
  withdraw(id: string): Promise<Approval> {
    return this.database.write(async (tx) => {
      const person = await this.person(tx);
      const row = await this.lock(tx, id, person);
      if (row.requestedBy.kind !== 'staff' || row.requestedBy.id !== person.id) throw new NotTheRequester();
      if (row.state !== 'pending' && row.state !== 'withdrawn') throw new ApprovalClosed(row.state);
      if (row.state === 'pending') {
        await this.close(tx, row, { state: 'withdrawn', by: person.id, reason: null, failure: null });
      }
      return this.view(tx, id, person);
    });
  }

  private async decide(
    id: string,
    wanted: ApprovalState,
    make: (tx: Tx, row: ApprovalRow, person: Person, kind: Kind) => Promise<DomainError | null>,
  ): Promise<Approval> {
    const { approval, refusal } = await this.database.write(async (tx): Promise<Outcome> => {
      const person = await this.person(tx);
      const row = await this.lock(tx, id, person);
      const kind = this.kinds.find(row.kind);
      if (!kind) throw new ApprovalKindUnknown();
      const repeated = repeatedAnswer(row, person, wanted);
      if (repeated !== undefined) return { approval: await this.view(tx, id, person), refusal: repeated };
      const now = this.clock.now();
      const fault = decisionFault(row, person, { permission: kind.decide, now });
      if (fault !== null && fault !== 'expired') throw refusalOf(fault, row.state);
      if (fault === 'expired') await this.requests.expire(tx, row, now);
      const refused = fault === 'expired' ? new ApprovalExpired() : await make(tx, row, person, kind);
      return { approval: await this.view(tx, id, person), refusal: refused };
    });
    if (refusal) throw refusal;
    return approval;
  }

  /** The decision and the change stand or fall together. @returns what had changed; then nothing of either is kept */
  private async make(
    tx: Tx,
    row: ApprovalRow,
    person: Person,
    kind: Kind,
    reason: string | undefined,
  ): Promise<ApprovalFailure | null> {
    await execute(tx, 'SAVEPOINT approval');
    try {
      await this.mustStillBeAskedFor(tx, row, kind);
      const asked = askedFor(row, person, kind);
      await kind.check(tx, asked);
      await this.close(tx, row, { state: 'approved', by: person.id, reason: reason ?? null, failure: null });
      const outcome = await kind.apply(tx, asked);
      if (outcome) await this.approvals.keepOutcome(tx, row.id, outcome);
      await execute(tx, 'RELEASE SAVEPOINT approval');
      return null;
    } catch (error) {
      if (!(error instanceof DomainError) || leavesPending(error)) throw error;
      await execute(tx, 'ROLLBACK TO SAVEPOINT approval');
      return { code: error.code, ...error.text };
    }
  }

  /** Whose account or role is gone asks for nothing any more. @throws RequesterGone */
  private async mustStillBeAskedFor(tx: Tx, { requestedBy }: ApprovalRow, kind: Kind): Promise<void> {
    if (requestedBy.kind !== 'staff') return;
    const requester = await this.approvals.person(tx, requestedBy.id);
    if (!requester || !mayDo(requester.role, kind.request)) throw new RequesterGone();
  }

  private async close(
    tx: Tx,
    row: ApprovalRow,
    decision: { state: ApprovalState; by: string; reason: string | null; failure: ApprovalFailure | null },
  ): Promise<void> {
    const { state, reason, failure } = decision;
    await this.approvals.decide(tx, row.id, { ...decision, at: this.clock.now() });
    await this.audit.record(tx, {
      action: `approval_${state}`,
      subjectType: row.subject.type,
      subjectId: row.subject.id,
      after: { approvalId: row.id, kind: row.kind, requestedBy: row.requestedBy.id, ...(failure && { failure }) },
      ...(reason !== null && { reason }),
    });
  }

  /** Only people decide: neither banks nor jobs nor the shell. */
  private async person(tx: Tx): Promise<Person> {
    const { kind, id } = currentActor();
    const person = kind === 'staff' ? await this.approvals.person(tx, id) : undefined;
    if (!person) throw new ApprovalNotPermitted();
    return person;
  }

  /** What a person may not see does not exist. */
  private async lock(tx: Tx, id: string, person: Person): Promise<ApprovalRow> {
    const row = await this.approvals.findLocked(tx, id);
    if (!row || !maySee(row, person, this.kinds.find(row.kind))) throw new ApprovalNotFound();
    return row;
  }

  private async view(tx: Tx, id: string, person: Person): Promise<Approval> {
    const row = (await this.approvals.find(tx, id)) as ApprovalRow;
    return approvalView(row, { person, kind: this.kinds.find(row.kind), now: this.clock.now() });
  }
}

/** One's own requests, and others' of the kinds that the role is told of. */
export function maySee(row: ApprovalRow, person: Person, kind: Pick<Kind, 'see'> | undefined): boolean {
  if (row.requestedBy.kind === 'staff' && row.requestedBy.id === person.id) return true;
  return kind !== undefined && mayDo(person.role, 'approval.read') && mayDo(person.role, kind.see);
}

function askedFor(row: ApprovalRow, person: Person, kind: Kind): AskedFor<object> {
  const { id, subject, reason, requestedBy } = row;
  return { id, subject, reason, requestedBy, payload: kind.payload.parse(row.payload), decidedBy: person.id };
}

/** Undefined: a first decision. Null: decided so by the same person. An error: what that person was told before. */
function repeatedAnswer(row: ApprovalRow, person: Person, wanted: ApprovalState): DomainError | null | undefined {
  if (row.decidedBy !== person.id) return undefined;
  if (row.state === wanted) return null;
  return row.state === 'failed' && wanted === 'approved' && row.failure ? new ApprovalOutdated(row.failure) : undefined;
}

function refusalOf(fault: Exclude<DecisionFault, 'expired'>, state: ApprovalState): DomainError {
  if (fault === 'closed') return new ApprovalClosed(state);
  return fault === 'same_person' ? new SamePerson() : new ApprovalNotPermitted();
}

/** Says something about this approver, or this moment, and nothing about the request. */
function leavesPending(error: DomainError): boolean {
  return error instanceof SamePerson || error.kind === 'forbidden' || error.kind === 'unavailable';
}
