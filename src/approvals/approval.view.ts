import { decisionFault, type Person, type Requester } from './approval.rules';
import type { ApprovalKind } from './approval-kind';
import type { ApprovalRow } from './approvals.repository';
import type { Approval } from './approvals.schema';

/** Who looks: a person with the rule of the kind, or whoever has just asked. */
export type Reader =
  | { readonly person: Person; readonly kind: Pick<ApprovalKind<object>, 'decide'> | undefined; readonly now: Date }
  | { readonly requester: Requester };

/** A request as the console shows it: names instead of ids, and what its reader may do with it. */
export function approvalView(row: ApprovalRow, reader: Reader): Approval {
  const { failure, summary } = row;
  return {
    id: row.id,
    kind: row.kind,
    subjectType: row.subject.type,
    subjectId: row.subject.id,
    marketCode: row.marketCode,
    marketName: row.marketName,
    sentence: { ...summary.sentence },
    facts: summary.facts.map((fact) => ({ ...fact, label: { ...fact.label } })),
    reason: row.reason,
    requestedBy: row.requestedByName,
    requestedAt: row.requestedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    state: row.state,
    decidedBy: row.decidedByName,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decisionReason: row.decisionReason,
    failure: failure && { vi: failure.vi, en: failure.en },
    outcome: row.outcome,
    mine: isOf(row, 'person' in reader ? { kind: 'staff', id: reader.person.id } : reader.requester),
    mayDecide: 'person' in reader && mayDecide(row, reader),
  };
}

function isOf({ requestedBy }: ApprovalRow, requester: Requester): boolean {
  return requestedBy.kind === requester.kind && requestedBy.id === requester.id;
}

function mayDecide(row: ApprovalRow, { person, kind, now }: Extract<Reader, { person: Person }>): boolean {
  return kind !== undefined && decisionFault(row, person, { permission: kind.decide, now }) === null;
}
