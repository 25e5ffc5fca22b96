import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/audit.service';
import { Ids } from '../../kernel/ids';
import { Database, type Tx } from '../../platform/db/database';
import { StaffNotFound } from '../access.errors';
import { type OpenedSession, type Proof, type Session, SessionsService } from '../sessions.service';
import { signInName } from '../sign-in.rules';
import { StaffRepository } from '../staff.repository';
import { RECOVERY_CODE_BYTES, RECOVERY_CODES, recoveryCode, recoveryCodeHash } from './recovery-code.rules';
import { NoSecondFactor } from './second-factor.errors';
import { type SecondFactors, SecondFactorsRepository } from './second-factors.repository';

/** After a factor was added: the session is a stronger one now, and with the first factor come recovery codes. */
export interface Enrolled {
  readonly session: OpenedSession;
  /** Shown once; null when the person has theirs already. */
  readonly recoveryCodes: string[] | null;
}

/** What adding and removing any second factor have in common. */
@Injectable()
export class EnrolmentService {
  constructor(
    private readonly database: Database,
    private readonly factors: SecondFactorsRepository,
    private readonly staff: StaffRepository,
    private readonly sessions: SessionsService,
    private readonly audit: AuditService,
    private readonly ids: Ids,
  ) {}

  /**
   * Adds a factor that has just been proven. With the first one every other session of the person ends: they were opened
   * with a password alone, perhaps by somebody else.
   */
  enrol(session: Session, proof: Proof, add: (tx: Tx) => Promise<void>): Promise<Enrolled> {
    const staffId = session.staff.id;
    return this.database.write(async (tx) => {
      await this.factors.lock(tx, staffId);
      const isFirst = !hasFactor(await this.factors.factorsOf(tx, staffId));
      await add(tx);
      const recoveryCodes = isFirst ? await this.newCodes(tx, staffId) : null;
      if (isFirst) await this.sessions.closeOthersOf(tx, session);
      const renewed = await this.sessions.renew(tx, session, [proof]);
      return { session: { ...renewed, hasSecondFactor: true }, recoveryCodes };
    });
  }

  /** Removes a factor; with the last one go the recovery codes, which would stand in for nothing. */
  async withdraw(staffId: string, remove: (tx: Tx) => Promise<void>): Promise<void> {
    await this.database.write(async (tx) => {
      await this.factors.lock(tx, staffId);
      await remove(tx);
      if (!hasFactor(await this.factors.factorsOf(tx, staffId))) await this.factors.removeRecoveryCodes(tx, staffId);
    });
  }

  /** Ten new ones; the former are void. @throws NoSecondFactor */
  renewCodes(staffId: string): Promise<string[]> {
    return this.database.write(async (tx) => {
      await this.factors.lock(tx, staffId);
      if (!hasFactor(await this.factors.factorsOf(tx, staffId))) throw new NoSecondFactor();
      await this.audit.record(tx, { action: 'recovery_codes_renewed', subjectType: 'staff', subjectId: staffId });
      return this.newCodes(tx, staffId);
    });
  }

  /**
   * For a person who has lost everything: all factors and all sessions go. Who may ask for this, and who has to agree,
   * is the caller's business.
   */
  async reset(tx: Tx, staffId: string, reason: string): Promise<void> {
    await this.factors.lock(tx, staffId);
    const { totpSince, passkeys } = await this.factors.factorsOf(tx, staffId);
    await this.factors.removeTotp(tx, staffId);
    await this.factors.removePasskeys(tx, staffId);
    await this.factors.removeRecoveryCodes(tx, staffId);
    await this.sessions.closeAllOf(tx, staffId);
    const before = { totp: totpSince !== null, passkeys };
    await this.audit.record(tx, {
      action: 'second_factors_reset',
      subjectType: 'staff',
      subjectId: staffId,
      before,
      reason,
    });
  }

  /** {@link reset} by the name the person signs in with. @throws StaffNotFound */
  resetOf(email: string, reason: string): Promise<void> {
    return this.database.write(async (tx) => {
      const account = await this.staff.findByEmail(tx, signInName(email));
      if (!account) throw new StaffNotFound();
      await this.reset(tx, account.id, reason);
    });
  }

  private async newCodes(tx: Tx, staffId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () =>
      recoveryCode(Buffer.from(this.ids.secret(RECOVERY_CODE_BYTES), 'base64url')),
    );
    await this.factors.replaceRecoveryCodes(tx, staffId, codes.map(recoveryCodeHash));
    return codes;
  }
}

export function hasFactor({ totpSince, passkeys }: SecondFactors): boolean {
  return totpSince !== null || passkeys > 0;
}
