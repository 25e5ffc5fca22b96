import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Database } from '../platform/db/database';
import { LinkNotValid, PasswordQueueFull, SignInFailed } from './access.errors';
import { PasswordHasher } from './password.hasher';
import { canonicalPassword, checkPassword } from './password.rules';
import { asStaff } from './as-staff';
import { type Client, type Session, SessionsService } from './sessions.service';
import { type SignInOutcome, SignInSteps } from './sign-in-steps/sign-in-steps.service';
import { accountSubject, signInName } from './sign-in.rules';
import { type Attempt, SignInThrottle } from './sign-in.throttle';
import { type Staff, StaffRepository, type StaffWithPassword } from './staff.repository';
import { linkHash } from './staff.service';

/** Signing in and out, and choosing a password by one-time link. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly staff: StaffRepository,
    private readonly sessions: SessionsService,
    private readonly steps: SignInSteps,
    private readonly throttle: SignInThrottle,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Unknown person, wrong password, disabled account: same answer after the same work.
   * @throws SignInFailed, TooManyAttempts, PasswordQueueFull
   */
  async signIn(input: { email: string; password: string }, client: Client): Promise<SignInOutcome> {
    const name = signInName(input.email);
    const attempt = await this.throttle.admit({ subject: accountSubject(name), name, address: client.address });
    const account = await this.database.read((tx) => this.staff.findByEmail(tx, name));
    const right = await this.checkPassword(canonicalPassword(input.password), account, attempt);
    if (!right || account?.state !== 'active') {
      await this.recordFailure(account);
      throw new SignInFailed();
    }
    const { passwordHash: _hash, ...staff } = account;
    return asStaff(staff, () =>
      this.database.write(async (tx) => {
        await this.throttle.forgive(tx, attempt);
        return this.steps.enter(tx, staff, client, 'password');
      }),
    );
  }

  async signOut(sessionId: string, session: Session): Promise<void> {
    await this.database.write(async (tx) => {
      await this.sessions.close(tx, sessionId);
      await this.audit.record(tx, { action: 'signed_out', subjectType: 'staff', subjectId: session.staff.id });
    });
  }

  /**
   * Sets the password by one-time link and signs in; every other session of the person ends. A link proves one factor:
   * who has a second one is asked for it.
   * @throws LinkNotValid, PasswordRefused, PasswordQueueFull
   */
  async activate(input: { token: string; password: string }, client: Client): Promise<SignInOutcome> {
    const token = linkHash(input.token);
    const found = await this.database.read((tx) => this.staff.findByLink(tx, token, this.clock.now()));
    if (!found) throw new LinkNotValid();
    const password = canonicalPassword(input.password);
    checkPassword(password, found);
    const passwordHash = await this.hasher.hash(password);
    return asStaff(found, () =>
      this.database.write(async (tx) => {
        if (!(await this.staff.useLink(tx, token, this.clock.now()))) throw new LinkNotValid();
        await this.staff.endLinks(tx, found.id, this.clock.now());
        await this.staff.setPassword(tx, found.id, passwordHash);
        await this.sessions.closeAllOf(tx, found.id);
        await this.throttle.forget(tx, accountSubject(found.email));
        await this.audit.record(tx, { action: 'password_chosen', subjectType: 'staff', subjectId: found.id });
        return this.steps.enter(tx, { ...found, state: 'active' }, client, 'one_time_link');
      }),
    );
  }

  private async checkPassword(
    password: string,
    account: StaffWithPassword | undefined,
    attempt: Attempt,
  ): Promise<boolean> {
    try {
      return await this.hasher.matches(password, account?.passwordHash ?? null);
    } catch (error) {
      // Nobody looked at the password: the try must not count against the person.
      if (error instanceof PasswordQueueFull) await this.throttle.withdraw(attempt);
      throw error;
    }
  }

  private async recordFailure(account: Staff | undefined): Promise<void> {
    await this.database.write((tx) =>
      this.audit.record(tx, { action: 'sign_in_failed', subjectType: 'staff', subjectId: account?.id ?? 'unknown' }),
    );
  }
}
