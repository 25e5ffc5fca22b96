import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { BanksService } from '../banks/banks.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { MarketsService } from '../markets/markets.service';
import { Database, type Tx, violatedConstraint } from '../platform/db/database';
import { currentActor } from '../platform/actor';
import { holderMark } from './account.rules';
import { type AccountRecord, PayoutAccountsRepository } from './payout-accounts.repository';
import type { AccountInput, MarketVerification, Verification } from './tenancy.schema';
import type { Account } from './vendor.schema';
import { accountView } from './vendor.view';
import { AccountKnown, AccountNotFound, AccountVerified } from './vendors.errors';
import { VendorsService } from './vendors.service';

/** Accounts of vendors, checked by a person. Into which a stall pays: AccountChangesService. */
@Injectable()
export class PayoutAccountsService {
  constructor(
    private readonly database: Database,
    private readonly accounts: PayoutAccountsRepository,
    private readonly vendors: VendorsService,
    private readonly markets: MarketsService,
    private readonly banks: BanksService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Unverified until somebody checks it. @throws VendorNotFound, VendorNotActive, BankNotFound, AccountKnown */
  async add(vendorId: string, input: AccountInput): Promise<Account> {
    return this.database.write(async (tx) => {
      const vendor = await this.vendors.requireActive(tx, vendorId);
      await this.banks.require(tx, input.bankBin);
      const mark = holderMark({
        holderName: input.holderName,
        vendorName: vendor.fullName,
        householdName: vendor.householdName,
      });
      const account = { id: this.ids.uuid(), vendorId, ...input, attention: mark ? [mark] : [] };
      try {
        await this.accounts.insertMany(tx, [account], this.clock.now());
      } catch (error) {
        if (violatedConstraint(error) === 'payout_accounts_number_index') throw new AccountKnown();
        throw error;
      }
      await this.audit.record(tx, {
        action: 'account_added',
        subjectType: 'vendor',
        subjectId: vendorId,
        after: { accountId: account.id, ...input, attention: account.attention },
      });
      return accountView(await this.require(tx, account.id));
    });
  }

  /** @throws AccountNotFound, AccountVerified */
  async verify(id: string, { how }: Verification): Promise<Account> {
    return this.database.write(async (tx) => {
      const account = await this.require(tx, id);
      if (account.verifiedAt !== null) throw new AccountVerified();
      await this.accounts.verify(tx, [id], this.verification(how));
      await this.audit.record(tx, {
        action: 'account_verified',
        subjectType: 'vendor',
        subjectId: account.vendorId,
        after: { accountId: id, how },
      });
      return accountView(await this.require(tx, id));
    });
  }

  /**
   * Verifies the accounts into which the market's stalls pay today and that nobody has verified; of these those named,
   * if any are. @returns how many @throws MarketNotFound
   */
  async verifyMarket(marketCode: string, { how, accountIds }: MarketVerification): Promise<number> {
    return this.database.write(async (tx) => {
      const market = await this.markets.require(tx, marketCode);
      const ids = await this.accounts.unverifiedOfMarket(tx, market.id, this.clock.today(), accountIds ?? null);
      if (ids.length === 0) return 0;
      await this.accounts.verify(tx, ids, this.verification(how));
      await this.audit.record(tx, {
        action: 'accounts_verified',
        subjectType: 'market',
        subjectId: marketCode,
        after: { how, accountIds: ids },
      });
      return ids.length;
    });
  }

  private verification(how: Verification['how']): { how: Verification['how']; by: string | null; at: Date } {
    const actor = currentActor();
    return { how, by: actor.kind === 'staff' ? actor.id : null, at: this.clock.now() };
  }

  private async require(tx: Tx, id: string): Promise<AccountRecord> {
    const account = await this.accounts.findLocked(tx, id);
    if (!account) throw new AccountNotFound();
    return account;
  }
}
