import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Database, type Tx } from '../platform/db/database';
import { VersionConflict } from '../platform/http/if-match';
import { type BankAddresses, BankAddressesRepository } from './bank-addresses.repository';
import { BANK_ENVIRONMENTS, type BankEnvironment } from './bank-key.rules';
import { BanksService } from './banks.service';

export type { BankAddresses } from './bank-addresses.repository';

/** From where an institution may call. Optional: without a list its signature alone proves who it is. */
@Injectable()
export class BankAddressesService {
  constructor(
    private readonly database: Database,
    private readonly addresses: BankAddressesRepository,
    private readonly banks: BanksService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** One list per environment, empty where none was ever set. */
  async listsOf(tx: Tx, bin: string): Promise<BankAddresses[]> {
    const known = await this.addresses.listOf(tx, bin);
    return BANK_ENVIRONMENTS.map(
      (environment) => known.find((list) => list.environment === environment) ?? none(bin, environment),
    );
  }

  /**
   * Replaces the list, if `version` is still the present one (1: never set).
   * @param networks canonical CIDR; none: from anywhere
   * @throws BankNotFound, VersionConflict
   */
  set(bin: string, environment: BankEnvironment, version: number, networks: readonly string[]): Promise<void> {
    return this.database.write(async (tx) => {
      await this.banks.require(tx, bin);
      const former = (await this.addresses.findLocked(tx, bin, environment)) ?? none(bin, environment);
      const list = { bankBin: bin, environment, version, networks: [...new Set(networks)].sort() };
      if (former.version !== version || !(await this.addresses.set(tx, list, this.clock.now()))) {
        throw new VersionConflict();
      }
      await this.audit.record(tx, {
        action: 'bank_addresses_set',
        subjectType: 'bank',
        subjectId: bin,
        before: { environment, networks: former.networks },
        after: { environment, networks: list.networks },
      });
    });
  }
}

function none(bankBin: string, environment: BankEnvironment): BankAddresses {
  return { bankBin, environment, networks: [], version: 1 };
}
