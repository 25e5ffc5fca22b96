import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import type { Tx } from '../platform/db/database';
import { AttributionDirectoryRepository } from './attribution-directory.repository';
import { StallDirectoryRepository } from './stall-directory.repository';
import type { AttributionAccount, AttributionMarket, AttributionStall, OccupiedStall } from './stall-directory.types';

/**
 * The register as other modules read it, always in their transaction and on a day of theirs: payment codes take the
 * occupied stalls with their clear accounts, attribution takes codes, accounts and markets.
 */
@Injectable()
export class StallDirectory {
  constructor(
    private readonly occupied: StallDirectoryRepository,
    private readonly attribution: AttributionDirectoryRepository,
  ) {}

  /** Occupied stalls of a market in natural order of their numbers; `account` is null where none is assigned. */
  occupiedOfMarket(tx: Tx, marketCode: string, day: BusinessDay): Promise<OccupiedStall[]> {
    return this.occupied.occupiedOfMarket(tx, marketCode, day);
  }

  /** Of these stalls the occupied ones, in natural order of market and number. */
  occupiedAmong(tx: Tx, stallCodes: readonly string[], day: BusinessDay): Promise<OccupiedStall[]> {
    return this.occupied.occupied(tx, stallCodes, day);
  }

  /** Every stall there is, in batches: a country has over a million. */
  stallsOn(tx: Tx, day: BusinessDay): AsyncGenerator<AttributionStall[]> {
    return this.attribution.stalls(tx, day);
  }

  /** The stalls of these codes; a code that no stall has is missing from the answer. */
  stallsByCode(tx: Tx, codes: readonly string[], day: BusinessDay): Promise<AttributionStall[]> {
    return this.attribution.stallsByCode(tx, codes, day);
  }

  /** The stalls of these short keys. */
  stallsByNo(tx: Tx, stallNos: readonly number[], day: BusinessDay): Promise<AttributionStall[]> {
    return this.attribution.stallsByNo(tx, stallNos, day);
  }

  /** Every account of the bank that a stall paid into on that day; one account may stand for several stalls. */
  accountsOfBank(tx: Tx, bankBin: string, day: BusinessDay): Promise<AttributionAccount[]> {
    return this.attribution.accountsOfBank(tx, bankBin, day);
  }

  markets(tx: Tx): Promise<AttributionMarket[]> {
    return this.attribution.markets(tx);
  }
}
