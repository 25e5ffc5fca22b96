import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import type { StaffRole } from '../kernel/permissions';
import type { AreaScope } from '../kernel/scope';
import { cleanText } from '../kernel/text';
import { Env } from '../platform/config/env';
import { Database, type Tx } from '../platform/db/database';
import { StaffExists, StaffNotFound } from './access.errors';
import { maskEmail, signInName } from './sign-in.rules';
import { type Staff, StaffRepository } from './staff.repository';

/** Long enough to be handed over in person. */
const LINK_GOOD_MS = 72 * 3_600_000;
const TOKEN_BYTES = 32;

/** A link that is shown once, to be handed over; we keep only its hash. */
export interface OneTimeLink {
  readonly staffId: string;
  readonly email: string;
  /** The link's secret, for callers that use it themselves (the demo). */
  readonly token: string;
  /** `PUBLIC_URL/activate#token`: what follows `#` never reaches a server's log. */
  readonly link: string;
  readonly expiresAt: Date;
}

export interface Invitation {
  readonly email: string;
  readonly fullName: string;
  readonly role: StaffRole;
  /** Where the role holds; default the province that this system serves. */
  readonly area?: AreaScope;
}

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
    private readonly env: Env,
  ) {}

  /**
   * Creates an account and its activation link; for an account never activated, a new link that ends the former ones.
   * @throws StaffExists when the account is active or disabled
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
      return this.newLink(tx, account, 'activate');
    });
  }

  /** A link to choose a new password; the present one goes on working until it is used. @throws StaffNotFound */
  offerReset(email: string): Promise<OneTimeLink> {
    return this.database.write(async (tx) => {
      const account = await this.staff.findByEmail(tx, signInName(email));
      if (!account || account.state === 'disabled') throw new StaffNotFound();
      await this.audit.record(tx, {
        action: 'staff_reset_offered',
        subjectType: 'staff',
        subjectId: account.id,
      });
      return this.newLink(tx, account, account.state === 'invited' ? 'activate' : 'reset');
    });
  }

  private async stillInvited(tx: Tx, email: string): Promise<Staff> {
    const account = await this.staff.findByEmail(tx, email);
    if (account?.state !== 'invited') throw new StaffExists();
    return account;
  }

  private async newLink(
    tx: Tx,
    account: Pick<Staff, 'id' | 'email'>,
    purpose: 'activate' | 'reset',
  ): Promise<OneTimeLink> {
    const now = this.clock.now();
    const token = this.ids.secret(TOKEN_BYTES);
    const expiresAt = new Date(now.getTime() + LINK_GOOD_MS);
    await this.staff.endLinks(tx, account.id, now);
    await this.staff.insertLink(tx, { tokenHash: linkHash(token), staffId: account.id, purpose, expiresAt });
    const link = `${this.env.publicUrl}/activate#${token}`;
    return { staffId: account.id, email: account.email, token, link, expiresAt };
  }
}

/** What is kept of a link's secret. */
export function linkHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
