import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { StallNotFound } from '../markets/markets.errors';
import { MarketsService } from '../markets/markets.service';
import { Database } from '../platform/db/database';
import { type Page, pageOf } from '../platform/http/page';
import { decodeUuidCursor } from '../platform/http/uuid-cursor';
import { AccountChangesService } from './account-changes/account-changes.service';
import { LeasesRepository } from './leases.repository';
import { PayoutAccountsRepository } from './payout-accounts.repository';
import { type StallListRow, StallRegisterRepository } from './stall-register.repository';
import type { Stall, StallListQuery, StallRow } from './stall-register.schema';

/** Stalls with who holds them and what they pay into, as screens show them. */
@Injectable()
export class StallRegisterService {
  constructor(
    private readonly database: Database,
    private readonly register: StallRegisterRepository,
    private readonly leases: LeasesRepository,
    private readonly accounts: PayoutAccountsRepository,
    private readonly markets: MarketsService,
    private readonly changes: AccountChangesService,
    private readonly clock: Clock,
  ) {}

  /** @throws MarketNotFound, CursorInvalid */
  async list(marketCode: string, { cursor, limit, ...query }: StallListQuery): Promise<Page<StallRow>> {
    const after = decodeUuidCursor(cursor, 2);
    const day = this.clock.today();
    return this.database.read(async (tx) => {
      const market = await this.markets.require(tx, marketCode);
      const filter = { ...query, marketId: market.id };
      const total = await this.register.count(tx, filter, day);
      const rows = await this.register.list(tx, filter, { after, limit, day });
      return pageOf(rows, { limit, total, key: (row) => [row.sortKey, row.id], item: stallRow });
    });
  }

  /** One stall with its dated chain. @throws StallNotFound */
  async read(stallCode: string): Promise<Stall> {
    return this.database.read(async (tx) => {
      const found = await this.register.find(tx, stallCode, this.clock.today());
      if (!found) throw new StallNotFound(stallCode);
      const { marketCode, marketName, mcc, openedOn, closedOn } = found;
      const assignments = await this.accounts.assignmentsOfStall(tx, found.id);
      return {
        ...stallRow(found),
        ...{ marketCode, marketName, mcc, openedOn, closedOn },
        pendingAccountChange: await this.changes.pendingOf(tx, found.code),
        leases: await this.leases.shownOfStall(tx, found.id),
        payoutAssignments: assignments.map(({ id, accountId, bankBin, accountNumber, fromDay, toDay }) => ({
          ...{ id, accountId, bankBin, fromDay, toDay },
          accountMasked: accountNumber.masked,
        })),
      };
    });
  }
}

function stallRow(row: StallListRow): StallRow {
  const { code, number, zoneId, zoneName, tradeLine, areaM2, fixed, soundbox, state, vendor, leaseFrom, qr, version } =
    row;
  return {
    ...{ code, number, zoneId, zoneName, tradeLine, areaM2, fixed, soundbox, state, vendor, leaseFrom, qr, version },
    account: row.account && maskedAccount(row.account),
  };
}

function maskedAccount({
  accountNumber,
  ...account
}: NonNullable<StallListRow['account']>): NonNullable<StallRow['account']> {
  return { ...account, accountMasked: accountNumber.masked };
}
