import { Injectable } from '@nestjs/common';
import { JobHandlers } from '../platform/queue/job-handlers';
import { JobQueue } from '../platform/queue/job-queue';
import { Sweepers } from '../platform/queue/sweepers';
import { AccountChangeListeners } from '../vendors/account-changes/account-change-listeners';
import { CardPacksService } from './card-packs.service';
import { QrIssuesService } from './qr-issues.service';

const SWEEP_BATCH = 50;

/** What the queue calls for codes and cards, what is looked for when nobody rang, and what ends codes at once. */
@Injectable()
export class QrProcessor {
  constructor(
    handlers: JobHandlers,
    sweepers: Sweepers,
    changes: AccountChangeListeners,
    private readonly packs: CardPacksService,
    private readonly issues: QrIssuesService,
    private readonly queue: JobQueue,
  ) {
    handlers.handle('make-card-pack', ({ packId }, stopping) => this.packs.make(packId, stopping));
    sweepers.add({ name: 'card-packs', sweep: () => this.ringForForgotten() });
    changes.add(async (tx, { marketId }) => void (await this.issues.retireOutdatedOf(tx, marketId)));
    sweepers.add({ name: 'outdated-codes', sweep: () => this.issues.retireOutdated() });
  }

  private async ringForForgotten(): Promise<number> {
    const forgotten = await this.packs.forgotten(SWEEP_BATCH);
    for (const { id } of forgotten) await this.queue.ring('make-card-pack', { packId: id });
    return forgotten.length;
  }
}
