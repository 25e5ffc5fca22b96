import { Injectable } from '@nestjs/common';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { ApprovalArea, ApprovalSubject, ApprovalSummary } from './approval-kind';
import { APPROVAL_DAYS, type ApprovalState, type Person, type Requester } from './approval.rules';

export interface NewApproval {
  readonly id: string;
  readonly kind: string;
  readonly subject: ApprovalSubject;
  readonly area: ApprovalArea;
  readonly payload: object;
  readonly summary: ApprovalSummary;
  readonly reason: string;
  readonly requestedBy: Requester;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
}

export interface ApprovalRow extends Omit<NewApproval, 'area'> {
  readonly marketCode: string | null;
  readonly marketName: string | null;
  readonly requestedByName: string;
  readonly state: ApprovalState;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly failure: ApprovalFailure | null;
  readonly outcome: Record<string, unknown> | null;
}

export interface ApprovalFailure {
  readonly code: string;
  readonly vi: string;
  readonly en: string;
}

export interface Decision {
  readonly state: ApprovalState;
  /** Null: time, or the requester, closed it. */
  readonly by: string | null;
  readonly at: Date;
  readonly reason: string | null;
  readonly failure: ApprovalFailure | null;
}

export interface ApprovalFilter {
  readonly state?: ApprovalState;
  /** Kinds that the reader may see. */
  readonly kinds: readonly string[];
  /** Only requests of this account; or never its own (`not`). */
  readonly by?: string;
  readonly notBy?: string;
  /** Expiring after this instant. */
  readonly openAt?: Date;
}

const ROW = `
  SELECT a.id, a.kind, jsonb_build_object('type', a.subject_type, 'id', a.subject_id) AS subject, a.payload, a.summary,
    a.reason, jsonb_build_object('kind', a.requested_by_kind, 'id', a.requested_by, 'email', r.email) AS "requestedBy",
    coalesce(r.full_name, a.requested_by) AS "requestedByName", a.requested_at AS "requestedAt",
    a.expires_at AS "expiresAt", a.state, a.decided_by AS "decidedBy", d.full_name AS "decidedByName",
    a.decided_at AS "decidedAt", a.decision_reason AS "decisionReason", a.failure, a.outcome,
    m.code AS "marketCode", m.name AS "marketName"
  FROM approvals a LEFT JOIN markets m ON m.id = a.market_id
    LEFT JOIN staff r ON a.requested_by_kind = 'staff' AND r.id::text = a.requested_by
    LEFT JOIN staff d ON d.id = a.decided_by`;

const FILTER = `($1::text IS NULL OR a.state = $1) AND a.kind = ANY ($2)
  AND ($3::text IS NULL OR (a.requested_by_kind = 'staff' AND a.requested_by = $3))
  AND ($4::text IS NULL OR NOT (a.requested_by_kind = 'staff' AND a.requested_by = $4))
  AND ($5::timestamptz IS NULL OR a.expires_at > $5)`;

function filterParams({ state, kinds, by, notBy, openAt }: ApprovalFilter) {
  return [state, kinds, by, notBy, openAt];
}

@Injectable()
export class ApprovalsRepository {
  /** @returns false when another request about the same waits */
  async insert(tx: Tx, approval: NewApproval): Promise<boolean> {
    const { subject, area, requestedBy } = approval;
    const inserted = await execute(
      tx,
      `INSERT INTO approvals (id, kind, subject_type, subject_id, market_id, province_code, payload, summary, reason,
         requested_by_kind, requested_by, requested_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, coalesce($6, (SELECT province_code FROM markets WHERE id = $5)), $7::jsonb, $8::jsonb,
         $9, $10, $11, $12, $13)
       ON CONFLICT (kind, subject_type, subject_id) WHERE state = 'pending' DO NOTHING`,
      [
        approval.id,
        approval.kind,
        subject.type,
        subject.id,
        'marketId' in area ? area.marketId : null,
        'provinceCode' in area ? area.provinceCode : null,
        JSON.stringify(approval.payload),
        JSON.stringify(approval.summary),
        approval.reason,
        requestedBy.kind,
        requestedBy.id,
        approval.requestedAt,
        approval.expiresAt,
      ],
    );
    return inserted === 1;
  }

  find(tx: Tx, id: string): Promise<ApprovalRow | undefined> {
    return sqlOne<ApprovalRow>(tx, `${ROW} WHERE a.id = $1`, [id]);
  }

  findLocked(tx: Tx, id: string): Promise<ApprovalRow | undefined> {
    return sqlOne<ApprovalRow>(tx, `${ROW} WHERE a.id = $1 FOR UPDATE OF a`, [id]);
  }

  /** The waiting request about this; `samePayload`: whether it asks for just that. */
  findPending(
    tx: Tx,
    kind: string,
    subject: ApprovalSubject,
    payload: object,
  ): Promise<(ApprovalRow & { readonly samePayload: boolean }) | undefined> {
    return sqlOne(
      tx,
      `SELECT f.*, p.payload = $4::jsonb AS "samePayload" FROM approvals p JOIN LATERAL (${ROW} WHERE a.id = p.id) f ON true
       WHERE p.kind = $1 AND p.subject_type = $2 AND p.subject_id = $3 AND p.state = 'pending'`,
      [kind, subject.type, subject.id, JSON.stringify(payload)],
    );
  }

  /** The request about this that waited for too long. */
  async findOverdue(tx: Tx, kind: string, subject: ApprovalSubject, now: Date): Promise<string | undefined> {
    const row = await sqlOne<{ id: string }>(
      tx,
      `SELECT id FROM approvals WHERE kind = $1 AND subject_type = $2 AND subject_id = $3 AND state = 'pending'
         AND expires_at <= $4 FOR UPDATE`,
      [kind, subject.type, subject.id, now],
    );
    return row?.id;
  }

  /** Requests of these kinds that wait about these records of one type. */
  async pendingOf(
    tx: Tx,
    kind: string,
    type: string,
    ids: readonly string[],
  ): Promise<{ id: string; subjectId: string }[]> {
    return sql(
      tx,
      `SELECT id, subject_id AS "subjectId" FROM approvals
       WHERE kind = $1 AND subject_type = $2 AND subject_id = ANY ($3) AND state = 'pending'`,
      [kind, type, ids],
    );
  }

  async decide(tx: Tx, id: string, { state, by, at, reason, failure }: Decision): Promise<void> {
    await execute(
      tx,
      `UPDATE approvals SET state = $2, decided_by = $3, decided_at = $4, decision_reason = $5, failure = $6::jsonb
       WHERE id = $1 AND state = 'pending'`,
      [id, state, by, at, reason, failure && JSON.stringify(failure)],
    );
  }

  async keepOutcome(tx: Tx, id: string, outcome: object): Promise<void> {
    await execute(tx, `UPDATE approvals SET outcome = $2::jsonb WHERE id = $1`, [id, JSON.stringify(outcome)]);
  }

  /** Waiting requests whose time is over, locked, the oldest first; those that somebody decides just now are left. */
  overdue(tx: Tx, now: Date, limit: number): Promise<ApprovalRow[]> {
    return sql<ApprovalRow>(
      tx,
      `${ROW} WHERE a.state = 'pending' AND a.expires_at <= $1 ORDER BY a.expires_at, a.id LIMIT $2
       FOR UPDATE OF a SKIP LOCKED`,
      [now, limit],
    );
  }

  /** Newest first; `after`: id of the last row before. */
  list(tx: Tx, filter: ApprovalFilter, after: string | undefined, limit: number): Promise<ApprovalRow[]> {
    return sql<ApprovalRow>(
      tx,
      `${ROW} WHERE ${FILTER} AND ($6::uuid IS NULL OR a.id < $6) ORDER BY a.id DESC LIMIT $7`,
      [...filterParams(filter), after, limit + 1],
    );
  }

  async count(tx: Tx, filter: ApprovalFilter): Promise<number> {
    const row = await sqlOne<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM approvals a WHERE ${FILTER}`,
      filterParams(filter),
    );
    return row?.count ?? 0;
  }

  /** A person as of this transaction; undefined for an account that may not act any more. */
  person(tx: Tx, id: string): Promise<Person | undefined> {
    return sqlOne<Person>(tx, `SELECT id, email, role FROM staff WHERE id::text = $1 AND state = 'active'`, [id]);
  }

  /** Whole days that a request waits. */
  async days(tx: Tx): Promise<number> {
    const row = await sqlOne<{ days: number }>(
      tx,
      `SELECT (value #>> '{}')::int AS days FROM settings WHERE key = 'approval_days'`,
    );
    return row?.days ?? APPROVAL_DAYS;
  }
}
