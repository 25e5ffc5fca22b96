import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { ApprovalKind, ApprovalSummary, AskedFor } from '../../approvals/approval-kind';
import type { Approval } from '../../approvals/approvals.schema';
import { Approvals } from '../../approvals/approvals.service';
import { AuditService } from '../../audit/audit.service';
import { STAFF_ROLES, type StaffRole } from '../../kernel/permissions';
import { type AreaScope, NO_SCOPE } from '../../kernel/scope';
import { currentScope } from '../../platform/actor';
import type { Tx } from '../../platform/db/database';
import { areaSchema } from '../access.schema';
import { SessionsService } from '../sessions.service';
import { maskEmail } from '../sign-in.rules';
import { StaffRepository } from '../staff.repository';
import { AreaDirectory, type AreaPlace } from './area-directory';
import { AreaRefused, LossRefused, PersonChanged, PersonNotFound } from './people.errors';
import { PeopleRepository, type PersonRecord } from './people.repository';
import { areaFault, lossFault } from './people.rules';
import { PersonLinks } from './person-links.service';
import { ROLE_WORDS } from './role-words';

const grantSchema = z.object({ role: z.enum(STAFF_ROLES), area: areaSchema });
type Grant = z.infer<typeof grantSchema>;

const payloadSchema = z.object({
  personId: z.uuid(),
  /** Whether the person comes in by it, or has a role already. */
  isInvitation: z.boolean(),
  /** Of somebody invited: by the name alone the second person knows who comes in. */
  fullName: z.string().optional(),
  ...grantSchema.shape,
  /** What it was when it was asked for. */
  was: grantSchema,
});
type GrantPayload = z.infer<typeof payloadSchema>;
type Asked = AskedFor<GrantPayload>;

/** Roles take two people: one asks, another approves, and neither of them is who gets the role. */
@Injectable()
export class RoleGrants implements ApprovalKind<GrantPayload> {
  readonly kind = 'role_grant';
  readonly payload = payloadSchema;
  readonly request = 'people.manage';
  // The leader decides too: who may work with the register is no technical question.
  readonly decide = 'people.read';
  readonly see = 'people.read';

  constructor(
    private readonly approvals: Approvals,
    private readonly people: PeopleRepository,
    private readonly staff: StaffRepository,
    private readonly areas: AreaDirectory,
    private readonly links: PersonLinks,
    private readonly sessions: SessionsService,
    private readonly audit: AuditService,
  ) {
    approvals.register(this);
  }

  /** @throws AreaRefused unless the role can hold there, and whoever asks reaches so far */
  async mustFit(tx: Tx, grant: Grant): Promise<void> {
    await this.checkArea(tx, grant);
  }

  /** @throws AreaRefused, LossRefused, ApprovalPending */
  async ask(tx: Tx, person: PersonRecord, grant: Grant, reason: string): Promise<Approval> {
    const [place] = await this.checkArea(tx, grant);
    const { id, role, area, state } = person;
    const isInvitation = state === 'requested';
    const named = isInvitation && { fullName: person.fullName };
    const payload = {
      personId: id,
      isInvitation,
      ...named,
      ...grant,
      was: { role, area: { ...area, codes: [...area.codes] } },
    };
    return this.approvals.request(tx, this, {
      subject: { type: 'staff', id },
      area: { provinceCode: place?.provinceCode ?? '' },
      payload,
      reason,
    });
  }

  /** The waiting request about a person. */
  async pendingFor(tx: Tx, personId: string): Promise<string | null> {
    return (await this.approvals.pending(tx, this, 'staff', [personId])).get(personId) ?? null;
  }

  async describe(tx: Tx, { payload }: Asked): Promise<ApprovalSummary> {
    const person = await this.find(tx, payload.personId);
    const [before, after] = [await this.placeNames(tx, payload.was.area), await this.placeNames(tx, payload.area)];
    const role = ROLE_WORDS[payload.role];
    const roleBefore = payload.isInvitation ? null : ROLE_WORDS[payload.was.role].vi;
    return {
      sentence: {
        vi: `${person.fullName} được giao vai trò ${role.vi} tại ${after}.`,
        en: `${person.fullName} gets the role ${role.en} at ${after}.`,
      },
      facts: [
        { label: { vi: 'Email', en: 'Email' }, before: null, after: maskEmail(person.email) },
        { label: { vi: 'Vai trò', en: 'Role' }, before: roleBefore, after: role.vi },
        { label: { vi: 'Phạm vi', en: 'Area' }, before: payload.isInvitation ? null : before, after },
      ],
    };
  }

  async check(tx: Tx, { payload, requestedBy, decidedBy }: Asked): Promise<void> {
    const administrators = await this.staff.activeAdministrators(tx, 'FOR UPDATE');
    const person = await this.find(tx, payload.personId);
    const actors = [decidedBy, requestedBy.kind === 'staff' ? requestedBy.id : null];
    if (actors.includes(person.id)) throw new LossRefused('not_oneself');
    if (!isStill(person, payload)) throw new PersonChanged();
    const keepsRole = payload.isInvitation || payload.role === person.role;
    const fault = keepsRole ? null : lossFault(person, decidedBy ?? requestedBy.id, administrators);
    if (fault) throw new LossRefused(fault);
    await this.checkArea(tx, payload);
  }

  async apply(tx: Tx, { payload, reason }: Asked): Promise<object> {
    const { personId, isInvitation, role, area, was } = payload;
    await this.people.grant(tx, personId, role, area);
    // What was opened under the former role and area ends with them.
    await this.sessions.closeAllOf(tx, personId);
    await this.audit.record(tx, {
      action: isInvitation ? 'person_invited' : 'person_role_changed',
      subjectType: 'staff',
      subjectId: personId,
      ...(!isInvitation && { before: was }),
      after: { role, area },
      reason,
    });
    if (isInvitation) await this.links.sendInvitation(tx, await this.find(tx, personId));
    return { personId };
  }

  /** @throws AreaRefused */
  private async checkArea(tx: Tx, { role, area }: Grant): Promise<AreaPlace[]> {
    const places = await this.areas.find(tx, area.kind, area.codes);
    const fault = areaFault(role, area, places, currentScope() ?? NO_SCOPE);
    if (fault) throw new AreaRefused(fault);
    return places;
  }

  private async find(tx: Tx, id: string): Promise<PersonRecord> {
    const person = await this.people.findLocked(tx, id);
    if (!person) throw new PersonNotFound();
    return person;
  }

  private async placeNames(tx: Tx, area: AreaScope): Promise<string> {
    const places = await this.areas.find(tx, area.kind, area.codes);
    const shown = places.slice(0, 5).map(({ name }) => name);
    const rest = area.codes.length - shown.length;
    return rest > 0 ? `${shown.join(', ')} + ${rest}` : shown.join(', ');
  }
}

/** Whether the account is what the request was made about. */
function isStill({ role, area, state, fullName }: PersonRecord, asked: GrantPayload): boolean {
  const { isInvitation, was } = asked;
  if ((state === 'requested') !== isInvitation) return false;
  if (asked.fullName !== undefined && asked.fullName !== fullName) return false;
  return role === was.role && sameArea(area, was.area);
}

export function sameArea(one: AreaScope, other: AreaScope): boolean {
  return one.kind === other.kind && one.codes.join() === other.codes.join();
}

export function sameGrant(person: { readonly role: StaffRole; readonly area: AreaScope }, grant: Grant): boolean {
  return person.role === grant.role && sameArea(person.area, grant.area);
}
