import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock';
import { Ids } from '../../kernel/ids';
import type { Tx } from '../../platform/db/database';
import { NotificationPort, type VendorNotice } from './notification.port';
import { NoticesRepository } from './notices.repository';

/** Without a channel: the notice stands on the vendor's page, for whoever visits the stall to hand over. */
@Injectable()
export class RecordedNotices extends NotificationPort {
  constructor(
    private readonly notices: NoticesRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    super();
  }

  notify(tx: Tx, notice: VendorNotice): Promise<void> {
    return this.notices.insert(tx, this.ids.uuid(), notice, this.clock.now());
  }
}
