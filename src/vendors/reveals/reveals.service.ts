import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/audit.service';
import { Clock } from '../../kernel/clock';
import type { Confidential } from '../../kernel/confidential';
import { Ids } from '../../kernel/ids';
import { currentActor } from '../../platform/actor';
import { Database, type Tx } from '../../platform/db/database';
import { PayoutAccountsRepository } from '../payout-accounts.repository';
import { AccountNotFound, VendorNotFound } from '../vendors.errors';
import { type VendorRecord, VendorsRepository } from '../vendors.repository';
import { NothingToReveal, RevealLimit } from './reveals.errors';
import { RevealsRepository } from './reveals.repository';
import type { AccountReveal, Reveal, Revealed } from './reveals.schema';

/** Enough for a day at the counter, too few to copy a register. */
export const REVEALS_PER_HOUR = 30;
const HOUR_MS = 3_600_000;

const FIELDS: Readonly<Record<Reveal['field'], (vendor: VendorRecord) => Confidential | null>> = {
  personal_id: (vendor) => vendor.personalId,
  phone: (vendor) => vendor.phone,
  tax_code: (vendor) => vendor.taxCode,
};

/**
 * The one door through which an identifier leaves in clear for people: one value, for a reason, counted and recorded
 * before it is shown. The trail says what was shown to whom and why, never the value (robustness §4).
 */
@Injectable()
export class RevealsService {
  constructor(
    private readonly database: Database,
    private readonly vendors: VendorsRepository,
    private readonly accounts: PayoutAccountsRepository,
    private readonly reveals: RevealsRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws VendorNotFound, NothingToReveal, RevealLimit */
  ofVendor(id: string, { field, reason }: Reveal): Promise<Revealed> {
    return this.database.write(async (tx) => {
      const vendor = await this.vendors.find(tx, id);
      if (!vendor) throw new VendorNotFound();
      return this.show(tx, FIELDS[field](vendor), { vendorId: id, after: { field }, reason });
    });
  }

  /** @throws AccountNotFound, RevealLimit */
  ofAccount(id: string, { reason }: AccountReveal): Promise<Revealed> {
    return this.database.write(async (tx) => {
      const account = await this.accounts.findLocked(tx, id);
      if (!account) throw new AccountNotFound();
      const after = { field: 'account', accountId: id };
      return this.show(tx, account.accountNumber, { vendorId: account.vendorId, after, reason });
    });
  }

  /** Forgets who was shown something longer ago than is counted. @returns how many entries */
  purge(): Promise<number> {
    return this.database.write((tx) => this.reveals.purge(tx, new Date(this.clock.now().getTime() - HOUR_MS)));
  }

  private async show(
    tx: Tx,
    value: Confidential | null,
    { vendorId, after, reason }: { vendorId: string; after: object; reason: string },
  ): Promise<Revealed> {
    if (value === null) throw new NothingToReveal();
    await this.count(tx, currentActor().id);
    const action = 'personal_data_revealed';
    const clear = value.reveal();
    // Whoever writes the value into the reason does not get it into the trail that way.
    const said = reason.replaceAll(clear, value.masked);
    await this.audit.record(tx, { action, subjectType: 'vendor', subjectId: vendorId, after, reason: said });
    return { value: clear };
  }

  private async count(tx: Tx, staffId: string): Promise<void> {
    const now = this.clock.now();
    await this.reveals.lock(tx, staffId);
    const { count, firstAt } = await this.reveals.since(tx, staffId, new Date(now.getTime() - HOUR_MS));
    if (count >= REVEALS_PER_HOUR) {
      const againAt = (firstAt ?? now).getTime() + HOUR_MS;
      throw new RevealLimit(REVEALS_PER_HOUR, Math.ceil((againAt - now.getTime()) / 1_000));
    }
    await this.reveals.add(tx, this.ids.uuid(), staffId, now);
  }
}
