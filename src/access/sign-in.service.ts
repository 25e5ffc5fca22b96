import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Database, type Tx } from '../platform/db/database';
import { currentActor, runAs } from '../platform/actor';
import { LinkNotValid, PasswordQueueFull, SignInFailed } from './access.errors';
import { PasswordHasher } from './password.hasher';
import { canonicalPassword, checkPassword } from './password.rules';
import { type Client, type OpenedSession, type Session, SessionsService } from './sessions.service';
import { addressSubject, signInName } from './sign-in.rules';
import { SignInThrottle } from './sign-in.throttle';
import { type Staff, StaffRepository, type StaffWithPassword } from './staff.repository';
import { linkHash } from './staff.service';

/** Signing in and out, and choosing a password by one-time link. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly staff: StaffRepository,
    private readonly sessions: SessionsService,
    private readonly throttle: SignInThrottle,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Unknown person, wrong password, disabled account: same answer after the same work.
   * @throws SignInFailed, TooManyAttempts, PasswordQueueFull
   */
  async signIn(input: { email: string; password: string }, client: Client): Promise<OpenedSession> {
    const name = signInName(input.email);
    const attempt = await this.throttle.admit(name, client.address);
    const account = await this.database.read((tx) => this.staff.findByEmail(tx, name));
    const right = await this.checkPassword(canonicalPassword(input.password), account, name, attempt, client);
    if (!right || account?.state !== 'active') {
      await this.recordFailure(account);
      throw new SignInFailed();
    }
    return this.asStaff(account, () =>
      this.database.write(async (tx) => {
        await this.throttle.strikeOff(tx, attempt, client.address);
        await this.throttle.forgive(tx, name);
        await this.audit.record(tx, { action: 'signed_in', subjectType: 'staff', subjectId: account.id });
        return this.open(tx, account, client);
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
   * Sets the password by one-time link and signs in; every other session of the person ends.
   * @throws LinkNotValid, PasswordRefused, PasswordQueueFull
   */
  async activate(input: { token: string; password: string }, client: Client): Promise<OpenedSession> {
    const token = linkHash(input.token);
    const found = await this.database.read((tx) => this.staff.findByLink(tx, token, this.clock.now()));
    if (!found) throw new LinkNotValid();
    const password = canonicalPassword(input.password);
    checkPassword(password, found);
    const passwordHash = await this.hasher.hash(password);
    return this.asStaff(found, () =>
      this.database.write(async (tx) => {
        if (!(await this.staff.useLink(tx, token, this.clock.now()))) throw new LinkNotValid();
        await this.staff.endLinks(tx, found.id, this.clock.now());
        await this.staff.setPassword(tx, found.id, passwordHash);
        await this.sessions.closeAllOf(tx, found.id);
        await this.throttle.forgive(tx, found.email);
        await this.audit.record(tx, { action: 'password_chosen', subjectType: 'staff', subjectId: found.id });
        return this.open(tx, { ...found, state: 'active' }, client);
      }),
    );
  }

  private async checkPassword(
    password: string,
    account: StaffWithPassword | undefined,
    name: string,
    attempt: string,
    client: Client,
  ): Promise<boolean> {
    try {
      return await this.hasher.matches(password, account?.passwordHash ?? null);
    } catch (error) {
      // Nobody looked at the password: the try must not count against the person.
      if (error instanceof PasswordQueueFull) {
        await this.database.write((tx) => this.throttle.withdraw(tx, attempt, name, client.address));
      }
      throw error;
    }
  }

  private async open(tx: Tx, account: Staff, client: Client): Promise<OpenedSession> {
    await this.staff.rememberAddress(tx, account.id, addressSubject(client.address), this.clock.now());
    const { passwordHash: _hash, ...staff } = account as StaffWithPassword;
    return this.sessions.open(tx, staff, client);
  }

  private async recordFailure(account: Staff | undefined): Promise<void> {
    await this.database.write((tx) =>
      this.audit.record(tx, { action: 'sign_in_failed', subjectType: 'staff', subjectId: account?.id ?? 'unknown' }),
    );
  }

  /** From here on the request has an author. */
  private asStaff<T>(account: Staff, work: () => Promise<T>): Promise<T> {
    return runAs({ ...currentActor(), kind: 'staff', id: account.id, scope: account.area }, work);
  }
}
