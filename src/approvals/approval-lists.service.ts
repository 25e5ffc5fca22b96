import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { mayDo } from '../kernel/permissions';
import { currentActor } from '../platform/actor';
import { Database, type Tx } from '../platform/db/database';
import { CURSOR_PART, decodeCursor, type Page, pageOf } from '../platform/http/page';
import type { Person } from './approval.rules';
import { ApprovalKinds } from './approval-kinds';
import { approvalView } from './approval.view';
import { maySee } from './approval-decisions.service';
import { ApprovalNotFound, ApprovalNotPermitted } from './approvals.errors';
import { type ApprovalFilter, type ApprovalRow, ApprovalsRepository } from './approvals.repository';
import type { Approval, ApprovalsQuery, OwnApprovalsQuery } from './approvals.schema';

/** What waits for a second person, and what became of it. */
@Injectable()
export class ApprovalLists {
  constructor(
    private readonly database: Database,
    private readonly approvals: ApprovalsRepository,
    private readonly kinds: ApprovalKinds,
    private readonly clock: Clock,
  ) {}

  /** Requests of the kinds that the role is told of, newest first. @throws CursorInvalid */
  list(query: ApprovalsQuery): Promise<Page<Approval>> {
    return this.page(query, (person) => {
      const { waiting, kind } = query;
      const told = this.kinds.all().filter(({ see, decide }) => {
        return mayDo(person.role, see) && (!waiting || mayDo(person.role, decide));
      });
      const kinds = told.map((known) => known.kind).filter((name) => kind === undefined || name === kind);
      if (!waiting) return { kinds, state: query.state };
      const isDecider = mayDo(person.role, 'approval.decide');
      return { kinds: isDecider ? kinds : [], state: 'pending', notBy: person.id, openAt: this.clock.now() };
    });
  }

  /** What the signed-in person asked for, newest first. @throws CursorInvalid */
  own(query: OwnApprovalsQuery): Promise<Page<Approval>> {
    const kinds = this.kinds.all().map(({ kind }) => kind);
    return this.page(query, ({ id }) => ({ kinds, by: id, state: query.state }));
  }

  /** @throws ApprovalNotFound */
  read(id: string): Promise<Approval> {
    return this.database.read(async (tx) => {
      const person = await this.person(tx);
      const row = await this.approvals.find(tx, id);
      if (!row || !maySee(row, person, this.kinds.find(row.kind))) throw new ApprovalNotFound();
      return this.view(row, person);
    });
  }

  private page(
    { cursor, limit }: { cursor?: string; limit: number },
    filterFor: (person: Person) => ApprovalFilter,
  ): Promise<Page<Approval>> {
    const after = decodeCursor(cursor, [CURSOR_PART.uuid])?.[0];
    return this.database.read(async (tx) => {
      const person = await this.person(tx);
      const filter = filterFor(person);
      const total = await this.approvals.count(tx, filter);
      const rows = await this.approvals.list(tx, filter, after, limit);
      return pageOf(rows, { limit, total, key: ({ id }) => [id], item: (row) => this.view(row, person) });
    });
  }

  private view(row: ApprovalRow, person: Person): Approval {
    return approvalView(row, { person, kind: this.kinds.find(row.kind), now: this.clock.now() });
  }

  private async person(tx: Tx): Promise<Person> {
    const person = await this.approvals.person(tx, currentActor().id);
    if (!person) throw new ApprovalNotPermitted();
    return person;
  }
}
