import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/audit.service';
import { needsSecondFactor } from '../../kernel/permissions';
import { Env } from '../../platform/config/env';
import { Database } from '../../platform/db/database';
import { OwnPassword } from '../own-password';
import { PasswordHasher } from '../password.hasher';
import { canonicalPassword, checkPassword } from '../password.rules';
import { type Passkey, PasskeysRepository } from '../passkeys/passkeys.repository';
import { type SecondFactors, SecondFactorsRepository } from '../second-factor/second-factors.repository';
import {
  type Client,
  type ListedSession,
  type OpenedSession,
  type Session,
  SessionsService,
} from '../sessions.service';
import { SignInThrottle } from '../sign-in.throttle';
import { StaffRepository } from '../staff.repository';
import { CurrentPasswordWrong, SessionNotFound } from './me.errors';

export interface SecurityFacts extends Omit<SecondFactors, 'passkeys'> {
  readonly hasPassword: boolean;
  readonly passkeys: readonly Passkey[];
  readonly isSecondFactorNeeded: boolean;
}

/** What people see and change of their own account. */
@Injectable()
export class OwnAccountService {
  constructor(
    private readonly database: Database,
    private readonly staff: StaffRepository,
    private readonly sessions: SessionsService,
    private readonly factors: SecondFactorsRepository,
    private readonly passkeys: PasskeysRepository,
    private readonly ownPassword: OwnPassword,
    private readonly hasher: PasswordHasher,
    private readonly throttle: SignInThrottle,
    private readonly audit: AuditService,
    private readonly env: Env,
  ) {}

  securityOf({ staff }: Session): Promise<SecurityFacts> {
    const isSecondFactorNeeded = this.env.secondFactor === 'required' && needsSecondFactor(staff.role);
    return this.database.read(async (tx) => {
      const factors = await this.factors.factorsOf(tx, staff.id);
      const passkeys = await this.passkeys.listOf(tx, staff.id);
      const hasPassword = await this.ownPassword.exists(tx, staff.id);
      return { ...factors, passkeys, hasPassword, isSecondFactorNeeded };
    });
  }

  /**
   * Every other session ends, and this one goes on under a new id.
   * @throws CurrentPasswordWrong, PasswordRefused, TooManyAttempts, PasswordQueueFull
   */
  async changePassword(
    session: Session,
    change: { currentPassword: string; password: string },
    client: Client,
  ): Promise<OpenedSession> {
    const { staff } = session;
    const { right, attempt } = await this.ownPassword.check(staff, change.currentPassword, client.address);
    if (!right) return this.refuseChange(staff.id);
    const password = canonicalPassword(change.password);
    checkPassword(password, staff);
    const passwordHash = await this.hasher.hash(password);
    return this.database.write(async (tx) => {
      await this.throttle.forgive(tx, attempt);
      await this.staff.setPassword(tx, staff.id, passwordHash);
      await this.sessions.closeOthersOf(tx, session);
      await this.audit.record(tx, { action: 'password_changed', subjectType: 'staff', subjectId: staff.id });
      // A password alone steps nobody up who has a second factor, here as little as at the step-up itself.
      return this.sessions.renew(tx, session, ['password'], session.hasSecondFactor ? session.provenAt : undefined);
    });
  }

  sessionsOf({ staff }: Session): Promise<ListedSession[]> {
    return this.database.read((tx) => this.sessions.listOf(tx, staff.id));
  }

  /** At once, everywhere. @throws SessionNotFound, also for one of somebody else */
  async endSession({ staff }: Session, handle: string): Promise<void> {
    await this.database.write(async (tx) => {
      if (!(await this.sessions.closeOneOf(tx, staff.id, handle))) throw new SessionNotFound();
      const before = { session: handle };
      await this.audit.record(tx, { action: 'session_ended', subjectType: 'staff', subjectId: staff.id, before });
    });
  }

  /** All but the one that asks. @returns how many */
  endOtherSessions(session: Session): Promise<number> {
    return this.database.write(async (tx) => {
      const ended = await this.sessions.closeOthersOf(tx, session);
      const event = { action: 'other_sessions_ended', subjectType: 'staff', subjectId: session.staff.id };
      if (ended > 0) await this.audit.record(tx, { ...event, after: { ended } });
      return ended;
    });
  }

  private async refuseChange(staffId: string): Promise<never> {
    await this.database.write((tx) =>
      this.audit.record(tx, { action: 'password_change_refused', subjectType: 'staff', subjectId: staffId }),
    );
    throw new CurrentPasswordWrong();
  }
}
