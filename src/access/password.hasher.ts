import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, type Options, verify } from '@node-rs/argon2';
import { Ids } from '../kernel/ids';
import { Turnstile } from './turnstile';

/** argon2id (the package's default algorithm), 19 MiB, two passes: the floor of robustness §4 and OWASP. */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * At most half of libuv's four threads, which files and DNS need too, and never the last core: whatever a flood of
 * sign-ins does, pages go on being served.
 */
export const HASHES_AT_ONCE = Math.max(1, Math.min(2, availableParallelism() - 1));
/** At some 30 ms each the last one waits about a second; whoever comes later is told to try again. */
export const HASHES_WAITING = 32;

/** Hashes and checks passwords, a few at a time, so that a flood of sign-ins leaves the rest of the system usable. */
@Injectable()
export class PasswordHasher {
  private readonly turnstile = new Turnstile(HASHES_AT_ONCE, HASHES_WAITING);
  private dummy?: Promise<string>;

  constructor(private readonly ids: Ids) {}

  /** @returns a PHC string. @throws PasswordQueueFull */
  hash(password: string): Promise<string> {
    return this.turnstile.pass(() => hash(password, COST));
  }

  /**
   * Whether the password is the one of `phc`. Without a hash it works just as long and says no, so that time does not
   * tell which accounts exist.
   * @throws PasswordQueueFull
   */
  async matches(password: string, phc: string | null): Promise<boolean> {
    const known = phc ?? (await this.dummyHash());
    const right = await this.turnstile.pass(() => verify(known, password));
    return right && phc !== null;
  }

  /** The hash of a password that nobody knows; made before it is first needed, outside of the queue. */
  dummyHash(): Promise<string> {
    this.dummy ??= hash(this.ids.secret(32), COST);
    return this.dummy;
  }
}
