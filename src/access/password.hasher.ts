import { Injectable } from '@nestjs/common';
import { hash, type Options, verify } from '@node-rs/argon2';
import { Ids } from '../kernel/ids';
import { PasswordQueueFull } from './access.errors';

/** argon2id (the package's default algorithm), 19 MiB, two passes: the floor of robustness §4 and OWASP. */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Half of libuv's four threads: files and DNS keep the others, whatever a flood of sign-ins does. */
const MAX_RUNNING = 2;
/** At some 30 ms each the last one waits about half a second; whoever comes later is told to try again. */
const MAX_WAITING = 32;

/** Hashes and checks passwords, a few at a time, so that a flood of sign-ins leaves the rest of the system usable. */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private dummy?: Promise<string>;

  constructor(private readonly ids: Ids) {}

  /** @returns a PHC string. @throws PasswordQueueFull */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, COST));
  }

  /**
   * Whether the password is the one of `phc`. Without a hash it works just as long and says no, so that time does not
   * tell which accounts exist.
   * @throws PasswordQueueFull
   */
  async matches(password: string, phc: string | null): Promise<boolean> {
    const known = phc ?? (await this.dummyHash());
    const right = await this.inTurn(() => verify(known, password));
    return right && phc !== null;
  }

  /** The hash of a password that nobody knows; made before it is first needed, outside of the queue. */
  dummyHash(): Promise<string> {
    this.dummy ??= hash(this.ids.secret(32), COST);
    return this.dummy;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= MAX_RUNNING) await this.turn();
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  /** Whoever ends hands its place over, so that nobody slips in between. */
  private turn(): Promise<void> {
    if (this.waiting.length >= MAX_WAITING) throw new PasswordQueueFull();
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
