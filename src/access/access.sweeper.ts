import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { Database } from '../platform/db/database';
import { Sweepers } from '../platform/queue/sweepers';
import { PasskeyChallenges } from './passkeys/passkey.challenges';
import { SessionsService } from './sessions.service';
import { PendingSignInsRepository } from './sign-in-steps/pending-sign-ins.repository';
import { ADDRESS_KNOWN_MS } from './sign-in.rules';
import { SignInThrottle } from './sign-in.throttle';
import { StaffRepository } from './staff.repository';

/** Ended links are kept a while, so that "when was it used" can be answered. */
const LINKS_KEPT_MS = 30 * 86_400_000;

/** Removes ended sessions, half sign-ins, forgotten failures, answered challenges, old links and addresses. */
@Injectable()
export class AccessSweeper {
  constructor(
    private readonly sessions: SessionsService,
    private readonly throttle: SignInThrottle,
    private readonly staff: StaffRepository,
    private readonly pending: PendingSignInsRepository,
    private readonly challenges: PasskeyChallenges,
    private readonly database: Database,
    private readonly clock: Clock,
    sweepers: Sweepers,
  ) {
    sweepers.add({ name: 'access', sweep: () => this.sweep() });
  }

  async sweep(): Promise<number> {
    const now = this.clock.now().getTime();
    const [linksBefore, addressesBefore] = [new Date(now - LINKS_KEPT_MS), new Date(now - ADDRESS_KNOWN_MS)];
    const gone = await this.database.write(async (tx) => {
      const half = (await this.pending.purge(tx)) + (await this.challenges.purge(tx));
      return half + (await this.staff.purge(tx, linksBefore, addressesBefore));
    });
    return gone + (await this.sessions.purge()) + (await this.throttle.purge());
  }
}
