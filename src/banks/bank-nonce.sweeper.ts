import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { Database } from '../platform/db/database';
import { Sweepers } from '../platform/queue/sweepers';
import { BankKeyRepository } from './bank-key.repository';
import { IdempotencyService } from './idempotency.service';

/** An expired signature is refused by its time; the margin covers a clock that was set back by up to two hours. */
const NONCE_MARGIN_MS = 3 * 3_600_000;

/** Removes nonces of signatures long expired, and answers to old idempotency keys. */
@Injectable()
export class BankNonceSweeper {
  constructor(
    private readonly database: Database,
    private readonly keys: BankKeyRepository,
    private readonly idempotency: IdempotencyService,
    private readonly clock: Clock,
    sweepers: Sweepers,
  ) {
    sweepers.add({ name: 'bank-nonces', sweep: () => this.sweep() });
  }

  async sweep(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - NONCE_MARGIN_MS);
    const nonces = await this.database.write((tx) => this.keys.purgeNonces(tx, before));
    return nonces + (await this.idempotency.purge());
  }
}
