import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/audit.service';
import { Database } from '../../platform/db/database';
import { OwnPassword } from '../own-password';
import { PasskeyCheck } from '../passkeys/passkey.check';
import { hasFactor } from '../second-factor/enrolment.service';
import { type Acceptance, SecondFactorCheck } from '../second-factor/second-factor.check';
import { SecondFactorsRepository } from '../second-factor/second-factors.repository';
import { type Client, type OpenedSession, type Session, SessionsService } from '../sessions.service';
import { secondFactorSubject } from '../sign-in.rules';
import { type Attempt, SignInThrottle } from '../sign-in.throttle';
import { StepUpFailed, StepUpWayTooWeak } from './step-up.errors';
import type { StepUpInput, StepUpWays } from './step-up.schema';

/** Proving in the middle of a session to be still the same person. */
@Injectable()
export class StepUpService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsService,
    private readonly factors: SecondFactorsRepository,
    private readonly check: SecondFactorCheck,
    private readonly passkeys: PasskeyCheck,
    private readonly ownPassword: OwnPassword,
    private readonly throttle: SignInThrottle,
    private readonly audit: AuditService,
  ) {}

  /** All false for a person of the identity service without a factor here: they sign in once more. */
  async waysOf({ staff }: Session): Promise<StepUpWays> {
    const [factors, hasPassword] = await this.database.read(
      async (tx) => [await this.factors.factorsOf(tx, staff.id), await this.ownPassword.exists(tx, staff.id)] as const,
    );
    return {
      password: hasPassword && !hasFactor(factors),
      totp: hasPassword && factors.totpSince !== null,
      recoveryCode: hasPassword && hasFactor(factors) && factors.recoveryCodesLeft > 0,
      passkey: factors.passkeys > 0 ? await this.passkeys.ask('step_up', staff.id) : null,
    };
  }

  /**
   * The session goes on under a new id, with a fresh proof.
   * @throws StepUpFailed, StepUpWayTooWeak, TooManyAttempts, PasswordQueueFull
   */
  async confirm(session: Session, input: StepUpInput, client: Client): Promise<OpenedSession> {
    const { staff } = session;
    if (input.way === 'password') await this.mustBeEnough(staff.id);
    const attempts: Attempt[] = [];
    if (input.way !== 'passkey') {
      const { right, attempt } = await this.ownPassword.check(staff, input.password, client.address);
      if (!right) return this.fail(session);
      attempts.push(attempt);
    }
    const accepted = await this.acceptSecond(session, input, client, attempts);
    if (accepted === null) return this.fail(session);
    const renewed = await this.database.write(async (tx) => {
      if (accepted && !(await accepted.use(tx))) return null;
      for (const attempt of attempts) await this.throttle.forgive(tx, attempt);
      const proofs = [
        ...(input.way === 'passkey' ? [] : (['password'] as const)),
        ...(accepted ? [accepted.proof] : []),
      ];
      await this.audit.record(tx, {
        action: 'stepped_up',
        subjectType: 'staff',
        subjectId: staff.id,
        after: { proofs },
      });
      return this.sessions.renew(tx, session, proofs);
    });
    return renewed ?? this.fail(session);
  }

  /** @returns undefined where no second factor is asked for, null for a wrong one */
  private async acceptSecond(
    { staff }: Session,
    input: StepUpInput,
    { address }: Client,
    attempts: Attempt[],
  ): Promise<Acceptance | null | undefined> {
    if (input.way === 'password') return undefined;
    const guess = { subject: secondFactorSubject(staff.id), name: staff.email, address };
    attempts.push(await this.throttle.admit(guess));
    const proof = input.way === 'passkey' ? input : { way: input.way, code: input.code };
    return this.check.accept(staff.id, proof, 'step_up');
  }

  private async mustBeEnough(staffId: string): Promise<void> {
    const factors = await this.database.read((tx) => this.factors.factorsOf(tx, staffId));
    if (hasFactor(factors)) throw new StepUpWayTooWeak();
  }

  private async fail({ staff }: Session): Promise<never> {
    await this.database.write((tx) =>
      this.audit.record(tx, { action: 'step_up_failed', subjectType: 'staff', subjectId: staff.id }),
    );
    throw new StepUpFailed();
  }
}
