import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/audit.service';
import { Clock } from '../../kernel/clock';
import { Ids } from '../../kernel/ids';
import { mayDo, type StaffRole } from '../../kernel/permissions';
import { currentActor } from '../../platform/actor';
import { Database, type Tx } from '../../platform/db/database';
import { VersionConflict } from '../../platform/http/if-match';
import { type Page, pageOf } from '../../platform/http/page';
import { decodeUuidCursor } from '../../platform/http/uuid-cursor';
import { MailOutbox } from '../../platform/mail/mail-outbox';
import { IDLE_MS, SessionsService } from '../sessions.service';
import { StaffRepository } from '../staff.repository';
import { EmailTaken, LossRefused, NothingToGrant, PersonNotFound } from './people.errors';
import { PeopleRepository, type PersonRecord } from './people.repository';
import { lossFault, sortedCodes } from './people.rules';
import type { GrantAnswer, InvitationInput, PeopleQuery, Person, PersonRow, RoleChangeInput } from './people.schema';
import { letterAbout } from './person-links.service';
import { PersonViews } from './person-views';
import { RoleGrants, sameGrant } from './role-grants';

/** Who works with the system: invited, renamed, given another role, disabled and enabled again. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleRepository,
    private readonly staff: StaffRepository,
    private readonly grants: RoleGrants,
    private readonly views: PersonViews,
    private readonly sessions: SessionsService,
    private readonly outbox: MailOutbox,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @param viewer the role of whoever looks: emails are masked for those who do not manage people */
  list({ cursor, limit, ...filter }: PeopleQuery, viewer: StaffRole): Promise<Page<PersonRow>> {
    const after = decodeUuidCursor(cursor, 2);
    return this.database.read(async (tx) => {
      const total = await this.people.count(tx, filter);
      const found = await this.people.list(tx, filter, { after, limit });
      const rows = await this.views.rows(tx, found, mayDo(viewer, 'people.manage'));
      return pageOf(rows, { limit, total, key: ({ fullName, id }) => [fullName, id], item: (row) => row });
    });
  }

  /** @throws PersonNotFound */
  read(id: string, viewer: StaffRole): Promise<Person> {
    return this.database.read(async (tx) => {
      const person = await this.people.find(tx, id);
      if (!person) throw new PersonNotFound();
      return this.describe(tx, person, viewer);
    });
  }

  /**
   * Asks for a role for somebody new; the account waits for a second person and cannot be used before. Asked again with
   * the same words: the same request.
   * @throws EmailTaken, AreaRefused, ApprovalPending
   */
  invite({ email, fullName, reason, ...asked }: InvitationInput): Promise<GrantAnswer> {
    const grant = { ...asked, area: { ...asked.area, codes: sortedCodes(asked.area.codes) } };
    return this.database.write(async (tx) => {
      await this.grants.mustFit(tx, grant);
      const made = { id: this.ids.uuid(), email, fullName, ...grant };
      await this.people.insertRequested(tx, made, this.clock.now());
      const person = await this.people.findLockedByEmail(tx, email);
      if (person?.state !== 'requested') throw new EmailTaken();
      if (!sameGrant(person, grant) || person.fullName !== fullName) {
        await this.people.reword(tx, { ...grant, id: person.id, fullName });
      }
      const approval = await this.grants.ask(tx, { ...person, fullName, ...grant }, grant, reason);
      return { personId: person.id, approval };
    });
  }

  /** Asks for another role or area. @throws PersonNotFound, LossRefused, NothingToGrant, AreaRefused, ApprovalPending */
  changeRole(id: string, { reason, ...asked }: RoleChangeInput): Promise<GrantAnswer> {
    const grant = { ...asked, area: { ...asked.area, codes: sortedCodes(asked.area.codes) } };
    return this.database.write(async (tx) => {
      const person = await this.find(tx, id);
      if (person.state === 'requested') throw new LossRefused('grant_waits');
      if (sameGrant(person, grant)) throw new NothingToGrant();
      const approval = await this.grants.ask(tx, person, grant, reason);
      return { personId: id, approval };
    });
  }

  /** @throws PersonNotFound, VersionConflict */
  rename(id: string, version: number, fullName: string, viewer: StaffRole): Promise<Person> {
    return this.database.write(async (tx) => {
      const person = await this.find(tx, id);
      if (!(await this.people.rename(tx, id, version, fullName))) throw new VersionConflict();
      const [before, after] = [{ fullName: person.fullName }, { fullName }];
      await this.record(tx, id, { action: 'person_renamed', before, after });
      return this.again(tx, id, viewer);
    });
  }

  /**
   * Ends the person's sessions, links and waiting letters at once. Repeating it changes nothing.
   * @throws PersonNotFound, LossRefused
   */
  disable(id: string, reason: string, viewer: StaffRole): Promise<Person> {
    return this.database.write(async (tx) => {
      const administrators = await this.staff.activeAdministrators(tx, 'FOR UPDATE');
      const person = await this.find(tx, id);
      const fault = lossFault(person, currentActor().id, administrators);
      if (fault) throw new LossRefused(fault);
      if (person.state !== 'disabled') {
        await this.people.disable(tx, id, reason);
        await this.sessions.closeAllOf(tx, id);
        await this.staff.endLinks(tx, id, this.clock.now());
        await this.outbox.withdraw(tx, letterAbout(id));
        await this.record(tx, id, { action: 'person_disabled', before: { state: person.state }, reason });
      }
      return this.again(tx, id, viewer);
    });
  }

  /**
   * With the role that two people granted before; who never signed in needs a new link. Repeating it changes nothing.
   * @throws PersonNotFound
   */
  enable(id: string, viewer: StaffRole): Promise<Person> {
    return this.database.write(async (tx) => {
      const person = await this.find(tx, id);
      if (person.state === 'disabled') {
        await this.people.enable(tx, id);
        await this.record(tx, id, { action: 'person_enabled', before: { reason: person.disabledReason } });
      }
      return this.again(tx, id, viewer);
    });
  }

  private async describe(tx: Tx, person: PersonRecord, viewer: StaffRole): Promise<Person> {
    const { id } = person;
    const now = this.clock.now();
    const traces = await this.people.traces(tx, id, now, new Date(now.getTime() - IDLE_MS));
    const pendingGrantId = await this.grants.pendingFor(tx, id);
    const letter = await this.outbox.latest(tx, letterAbout(id));
    const [row] = await this.views.rows(tx, [person], mayDo(viewer, 'people.manage'));
    return this.views.whole(row as PersonRow, person, { ...traces, pendingGrantId, letter });
  }

  private async find(tx: Tx, id: string): Promise<PersonRecord> {
    const person = await this.people.findLocked(tx, id);
    if (!person) throw new PersonNotFound();
    return person;
  }

  private async again(tx: Tx, id: string, viewer: StaffRole): Promise<Person> {
    return this.describe(tx, await this.find(tx, id), viewer);
  }

  private async record(
    tx: Tx,
    id: string,
    event: { action: string; before?: object; after?: object; reason?: string },
  ): Promise<void> {
    await this.audit.record(tx, { ...event, subjectType: 'staff', subjectId: id });
  }
}
