import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/audit.service';
import { Clock } from '../../kernel/clock';
import { Database, type Tx } from '../../platform/db/database';
import { asStaff } from '../as-staff';
import { PasskeyCheck } from '../passkeys/passkey.check';
import { PasskeyRefused } from '../passkeys/passkey.errors';
import type { Assertion, PasskeyOptions } from '../passkeys/passkey.schema';
import { hasFactor } from '../second-factor/enrolment.service';
import { SecondFactorCheck } from '../second-factor/second-factor.check';
import { SecondFactorFailed, SecondStepExpired } from '../second-factor/second-factor.errors';
import { SecondFactorsRepository } from '../second-factor/second-factors.repository';
import type { SecondProof } from '../second-factor/second-proof.schema';
import { type Client, type OpenedSession, type Proof, SessionsService } from '../sessions.service';
import { addressSubject, secondFactorSubject } from '../sign-in.rules';
import { SignInThrottle } from '../sign-in.throttle';
import { type Staff, StaffRepository } from '../staff.repository';
import { type PendingSignIn, PendingSignInsRepository } from './pending-sign-ins.repository';
import type { SecondFactorWays } from './sign-in-steps.schema';

/** In, or one step further. */
export type SignInOutcome =
  | { readonly kind: 'opened'; readonly session: OpenedSession }
  | { readonly kind: 'second_step'; readonly token: string };

/** The way in after the first factor was right: straight for a person without a second one, else over a second step. */
@Injectable()
export class SignInSteps {
  constructor(
    private readonly database: Database,
    private readonly staff: StaffRepository,
    private readonly sessions: SessionsService,
    private readonly pending: PendingSignInsRepository,
    private readonly factors: SecondFactorsRepository,
    private readonly check: SecondFactorCheck,
    private readonly passkeys: PasskeyCheck,
    private readonly throttle: SignInThrottle,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Whatever the first factor was – password, one-time link, identity service –, nobody passes by the second one, unless
   * the service has asked for it and is believed. Call it within `asStaff`, in the transaction that uses the first up.
   */
  async enter(tx: Tx, staff: Staff, client: Client, first: Proof): Promise<SignInOutcome> {
    const isEnough = first === 'identity_service_mfa' || !hasFactor(await this.factors.factorsOf(tx, staff.id));
    if (isEnough) {
      return { kind: 'opened', session: await this.open(tx, staff, client, [first]) };
    }
    if (client.formerSessionId) await this.sessions.close(tx, client.formerSessionId);
    return { kind: 'second_step', token: await this.pending.open(tx, staff.id, [first]) };
  }

  /** What the person can confirm with. @throws SecondStepExpired */
  async waysOf(token: string | null): Promise<SecondFactorWays> {
    const { staff } = await this.find(token);
    const factors = await this.database.read((tx) => this.factors.factorsOf(tx, staff.id));
    const passkey = factors.passkeys > 0 ? await this.passkeys.ask('second_factor', staff.id) : null;
    return { totp: factors.totpSince !== null, recoveryCode: factors.recoveryCodesLeft > 0, passkey };
  }

  /** @throws SecondStepExpired, SecondFactorFailed, TooManyAttempts */
  async confirm(token: string | null, given: SecondProof, client: Client): Promise<OpenedSession> {
    const { staff, proofs } = await this.find(token);
    const guess = { subject: secondFactorSubject(staff.id), name: staff.email, address: client.address };
    const attempt = await this.throttle.admit(guess);
    const accepted = await this.check.accept(staff.id, given, 'second_factor');
    if (!accepted) return this.fail(staff.id);
    const opened = await asStaff(staff, () =>
      this.database.write(async (tx) => {
        if (!(await this.pending.use(tx, token ?? ''))) throw new SecondStepExpired();
        if (!(await accepted.use(tx))) return null;
        await this.throttle.forgive(tx, attempt);
        return this.open(tx, staff, client, [...proofs, accepted.proof]);
      }),
    );
    return opened ?? this.fail(staff.id);
  }

  /** Any passkey for this site that the device has. */
  askPasskey(): Promise<PasskeyOptions> {
    return this.passkeys.ask('sign_in', null);
  }

  /** A passkey alone: it is two factors, the device and whoever may unlock it. @throws PasskeyRefused, TooManyAttempts */
  async enterByPasskey(assertion: Assertion, client: Client): Promise<OpenedSession> {
    const subject = secondFactorSubject(assertion.id);
    const attempt = await this.throttle.admit({ subject, name: '', address: client.address });
    const accepted = await this.passkeys.accept(assertion, 'sign_in', null);
    const staff = accepted && (await this.database.read((tx) => this.staff.findActive(tx, accepted.staffId)));
    const opened =
      staff &&
      (await asStaff(staff, () =>
        this.database.write(async (tx) => {
          if (!(await accepted.use(tx))) return null;
          await this.throttle.forgive(tx, attempt);
          return this.open(tx, staff, client, ['passkey']);
        }),
      ));
    if (opened) return opened;
    await this.recordFailure('passkey_refused', accepted?.staffId);
    throw new PasskeyRefused();
  }

  private async open(tx: Tx, staff: Staff, client: Client, proofs: readonly Proof[]): Promise<OpenedSession> {
    await this.staff.rememberAddress(tx, staff.id, addressSubject(client.address), this.clock.now());
    await this.audit.record(tx, {
      action: 'signed_in',
      subjectType: 'staff',
      subjectId: staff.id,
      after: { proofs },
    });
    return this.sessions.open(tx, staff, client, proofs);
  }

  private async find(token: string | null): Promise<PendingSignIn> {
    const found = token ? await this.database.read((tx) => this.pending.find(tx, token)) : undefined;
    if (!found) throw new SecondStepExpired();
    return found;
  }

  private async fail(staffId: string): Promise<never> {
    await this.recordFailure('second_factor_failed', staffId);
    throw new SecondFactorFailed();
  }

  private async recordFailure(action: string, staffId = 'unknown'): Promise<void> {
    await this.database.write((tx) => this.audit.record(tx, { action, subjectType: 'staff', subjectId: staffId }));
  }
}
