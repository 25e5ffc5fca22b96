import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../platform/db/database';
import { PasswordQueueFull } from './access.errors';
import { PasswordHasher } from './password.hasher';
import { canonicalPassword } from './password.rules';
import { accountSubject } from './sign-in.rules';
import { type Attempt, SignInThrottle } from './sign-in.throttle';
import { type Staff, StaffRepository } from './staff.repository';

/** Asking signed-in people for their password once more; as slow to guess as at the sign-in, and counted together. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly database: Database,
    private readonly staff: StaffRepository,
    private readonly throttle: SignInThrottle,
    private readonly hasher: PasswordHasher,
  ) {}

  /** Forgive the attempt in the transaction of what the right password is for. @throws TooManyAttempts, PasswordQueueFull */
  async check(staff: Staff, typed: string, address: string): Promise<{ right: boolean; attempt: Attempt }> {
    const attempt = await this.throttle.admit({ subject: accountSubject(staff.email), name: staff.email, address });
    const account = await this.database.read((tx) => this.staff.findActive(tx, staff.id));
    try {
      const right = await this.hasher.matches(canonicalPassword(typed), account?.passwordHash ?? null);
      return { right, attempt };
    } catch (error) {
      if (error instanceof PasswordQueueFull) await this.throttle.withdraw(attempt);
      throw error;
    }
  }

  /** False for people who come through the province's identity service only. */
  async exists(tx: Tx, staffId: string): Promise<boolean> {
    const account = await this.staff.findActive(tx, staffId);
    return Boolean(account?.passwordHash);
  }
}
