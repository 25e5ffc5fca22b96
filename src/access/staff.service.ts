import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import type { StaffRole } from '../kernel/permissions';
import type { AreaScope } from '../kernel/scope';
import { cleanText } from '../kernel/text';
import { Database, type Tx } from '../platform/db/database';
import { StaffExists, StaffNotFound } from './access.errors';
import { type OneTimeLink, OneTimeLinks } from './one-time-links';
import { AdministratorsEnough } from './people/people.errors';
import { linkPurpose } from './people/people.rules';
import { maskEmail, signInName } from './sign-in.rules';
import { type Staff, StaffRepository } from './staff.repository';

export { linkHash } from './one-time-links';

export interface Invitation {
  readonly email: string;
  readonly fullName: string;
  readonly role: StaffRole;
  /** Where the role holds; default the province that this system serves. */
  readonly area?: AreaScope;
}

/** As many as can approve each other. */
const ADMINISTRATORS_NEEDED = 2;

const OWN_PROVINCE: AreaScope = { kind: 'province', codes: [] };

/** Accounts of people, and the one-time links with which they choose their password. */
@Injectable()
export class StaffService {
  constructor(
    private readonly database: Database,
    private readonly staff: StaffRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly links: OneTimeLinks,
  ) {}

  /**
   * An administrator made by the operator's shell, without a second person: possible while fewer than two are active,
   * because before that nobody could approve (docs/decisions/0021-people-and-their-links.md).
   * @throws AdministratorsEnough, StaffExists
   */
  async inviteAdministrator(person: Pick<Invitation, 'email' | 'fullName'>): Promise<OneTimeLink> {
    const active = await this.database.read((tx) => this.staff.activeAdministrators(tx));
    if (active.length >= ADMINISTRATORS_NEEDED) throw new AdministratorsEnough();
    return this.invite({ ...person, role: 'system_admin' });
  }

  /**
   * Creates an account and its activation link; for an account never activated, a new link that ends the former ones.
   * Nobody else is asked: for the shell and the demo only; people invite through PeopleService.
   * @throws StaffExists when the account is active, disabled or waits for approval
   */
  invite(invitation: Invitation): Promise<OneTimeLink> {
    const email = signInName(invitation.email);
    const fullName = cleanText(invitation.fullName) || email;
    return this.database.write(async (tx) => {
      const { role: granted, area = OWN_PROVINCE } = invitation;
      const made = { id: this.ids.uuid(), email, fullName, role: granted, area };
      const isNew = await this.staff.insert(tx, made, this.clock.now());
      const account = isNew ? made : await this.stillInvited(tx, email);
      const { role } = account;
      const after = { email: maskEmail(email), role };
      await this.audit.record(tx, { action: 'staff_invited', subjectType: 'staff', subjectId: account.id, after });
      return this.links.make(tx, account, 'activate');
    });
  }

  /** A link to choose a new password; the present one goes on working until it is used. @throws StaffNotFound */
  offerReset(email: string): Promise<OneTimeLink> {
    return this.database.write(async (tx) => {
      const account = await this.staff.findByEmail(tx, signInName(email));
      const purpose = account && linkPurpose(account.state);
      if (!account || !purpose) throw new StaffNotFound();
      await this.audit.record(tx, {
        action: 'staff_reset_offered',
        subjectType: 'staff',
        subjectId: account.id,
      });
      return this.links.make(tx, account, purpose);
    });
  }

  private async stillInvited(tx: Tx, email: string): Promise<Staff> {
    const account = await this.staff.findByEmail(tx, email);
    if (account?.state !== 'invited') throw new StaffExists();
    return account;
  }
}
