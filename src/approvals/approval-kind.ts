import type { z } from 'zod';
import type { Bilingual } from '../kernel/errors';
import type { Permission } from '../kernel/permissions';
import type { Tx } from '../platform/db/database';
import type { Requester } from './approval.rules';

/** The record a request is about: `stall` and its code, `staff` and the id … as the audit trail names it. */
export interface ApprovalSubject {
  readonly type: string;
  readonly id: string;
}

/** Whose colleagues decide: those of one market, or, where it is about no market, of a province. */
export type ApprovalArea = { readonly marketId: string } | { readonly provinceCode: string };

/** What the kind's methods get to see of a request. */
export interface AskedFor<Payload extends object> {
  readonly id: string;
  readonly payload: Payload;
  readonly subject: ApprovalSubject;
  /** In the requester's own words. */
  readonly reason: string;
  readonly requestedBy: Requester;
  /** Id of the staff account that is approving; null while it is being asked for. */
  readonly decidedBy: string | null;
}

/** What the second person reads before deciding; kept with the request, so without names and numbers of persons. */
export interface ApprovalSummary {
  /** What will happen, in one sentence with the day and the number of records it touches. */
  readonly sentence: Bilingual;
  readonly facts: readonly ApprovalFact[];
}

export interface ApprovalFact {
  readonly label: Bilingual;
  /** As it is at present; null: nothing yet. Accounts and the like masked. */
  readonly before: string | null;
  /** As it would be; null: nothing any more. */
  readonly after: string | null;
}

/**
 * One thing that takes two people. The module that owns the change implements this and hands it to
 * {@link Approvals.register} in a constructor; nothing else has to be told.
 *
 * `check` and `apply` run in one transaction, under the approver's scope, with the request locked. Both may throw: a
 * DomainError closes the request as `failed` (the approver reads why, nothing of `apply` is kept), save for the kind
 * `forbidden` and {@link SamePerson}, which leave it waiting for somebody else; anything else is an accident that
 * leaves it pending.
 */
export interface ApprovalKind<Payload extends object> {
  /** Stable, snake_case: `account_change`. The console translates it; a new one adds a line to its dictionaries. */
  readonly kind: string;
  /** Ids, days and choices: no personal data in clear, no secrets (seal them); JSON only. Read back through this schema. */
  readonly payload: z.ZodType<Payload>;
  /** What a person must be permitted to do to ask. Jobs, banks and the shell ask through what they may call. */
  readonly request: Permission;
  /** What the second person must be permitted to do, beside `approval.decide`. */
  readonly decide: Permission;
  /** What a person must be permitted to do to see such requests of others, beside `approval.read`. */
  readonly see: Permission;
  /** For the screen, as of the asking. */
  describe(tx: Tx, asked: AskedFor<Payload>): Promise<ApprovalSummary>;
  /**
   * Whether the change is possible and the present state still the one the request was made on: keep in the payload what
   * it was (the former account's id, a version) and compare. Called when asked, where a refusal reaches the requester as
   * it is, and again at approval. Lock what `apply` will change.
   * @throws DomainError that says what speaks against it
   */
  check(tx: Tx, asked: AskedFor<Payload>): Promise<void>;
  /**
   * Makes the change and audits it like any other; the approval itself is audited by the mechanism.
   * @returns ids of what was made, kept with the request for the screen: never a secret, which the requester must
   * collect by an operation of its own
   */
  apply(tx: Tx, asked: AskedFor<Payload>): Promise<object | void>;
  /**
   * Ends what waited for the decision, where something did, in the transaction of the refusal. Must not throw for what
   * has ended by itself. `reason`: of the second person.
   */
  refuse?(tx: Tx, asked: AskedFor<Payload>, reason: string): Promise<void>;
}
