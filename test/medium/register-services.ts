import { AuditService } from '../../src/audit/audit.service';
import { BanksRepository } from '../../src/banks/banks.repository';
import { BanksService } from '../../src/banks/banks.service';
import { ManualClock } from '../../src/kernel/clock';
import { RandomIds } from '../../src/kernel/ids';
import { AdministrativeUnitsRepository } from '../../src/markets/administrative-units.repository';
import { AdministrativeUnitsService } from '../../src/markets/administrative-units.service';
import { MarketImportService } from '../../src/markets/market-import.service';
import { MarketsRepository } from '../../src/markets/markets.repository';
import { MarketsService } from '../../src/markets/markets.service';
import { StallsRepository } from '../../src/markets/stalls.repository';
import { StallsService } from '../../src/markets/stalls.service';
import type { Tx } from '../../src/platform/db/database';
import { type Actor, runAs } from '../../src/platform/actor';
import { ConsentsRepository } from '../../src/vendors/consents.repository';
import { ConsentsService } from '../../src/vendors/consents.service';
import { LeasesRepository } from '../../src/vendors/leases.repository';
import { LeasesService } from '../../src/vendors/leases.service';
import { PayoutAccountsRepository } from '../../src/vendors/payout-accounts.repository';
import { PayoutAccountsService } from '../../src/vendors/payout-accounts.service';
import { StallRegisterRepository } from '../../src/vendors/stall-register.repository';
import { StallRegisterService } from '../../src/vendors/stall-register.service';
import { VendorImportService } from '../../src/vendors/vendor-import.service';
import { VendorsRepository } from '../../src/vendors/vendors.repository';
import { VendorsService } from '../../src/vendors/vendors.service';
import { createTestDatabase } from '../database/test-database';

/** 22 November 2026, 09:00 in Vietnam. */
export const NOW = new Date('2026-11-22T02:00:00.000Z');

const scope = { kind: 'province', codes: ['92'] } as const;
export const OFFICER: Actor = { kind: 'staff', id: '019a0000-0000-7000-8000-000000000001', scope };
export const COLLEAGUE: Actor = { kind: 'staff', id: '019a0000-0000-7000-8000-000000000002', scope };

/** The register's services wired by hand on a database of the test's own, everything done by {@link OFFICER}. */
export async function openRegister() {
  const testDatabase = await createTestDatabase();
  const { database } = testDatabase;
  const clock = new ManualClock(NOW);
  const ids = new RandomIds();
  const audit = new AuditService(clock);
  const unitRows = new AdministrativeUnitsRepository();
  const marketRows = new MarketsRepository();
  const units = new AdministrativeUnitsService(database, unitRows, clock);
  const banks = new BanksService(database, new BanksRepository(), audit, clock, ids);
  const markets = new MarketsService(database, marketRows, units, audit, clock, ids);
  const marketImport = new MarketImportService(database, marketRows, unitRows, audit, clock, ids);
  const stalls = new StallsService(database, new StallsRepository(), markets, audit, clock, ids);
  const repositories = {
    vendors: new VendorsRepository(),
    leases: new LeasesRepository(),
    accounts: new PayoutAccountsRepository(),
    consents: new ConsentsRepository(),
  };
  const { leases: leaseRows, accounts: accountRows, consents: consentRows } = repositories;
  const vendors = new VendorsService(
    database,
    repositories.vendors,
    leaseRows,
    accountRows,
    consentRows,
    units,
    markets,
    audit,
    clock,
    ids,
  );
  const leases = new LeasesService(database, leaseRows, accountRows, vendors, stalls, audit, clock, ids);
  const accounts = new PayoutAccountsService(
    database,
    accountRows,
    leaseRows,
    vendors,
    stalls,
    markets,
    banks,
    audit,
    clock,
    ids,
  );
  const consents = new ConsentsService(database, consentRows, vendors, markets, audit, clock, ids);
  const vendorImport = new VendorImportService(
    database,
    repositories.vendors,
    leaseRows,
    accountRows,
    markets,
    stalls,
    banks,
    audit,
    clock,
    ids,
  );
  const stallRegister = new StallRegisterService(
    database,
    new StallRegisterRepository(),
    leaseRows,
    accountRows,
    markets,
    clock,
  );
  return {
    ...{ database, clock, ids, audit, units, banks, markets, stalls, vendors, leases, accounts, consents },
    ...{ stallRegister, repositories, marketImport, vendorImport },
    drop: (): Promise<void> => testDatabase.drop(),
    act: <T>(work: () => Promise<T>, actor: Actor = OFFICER): Promise<T> => runAs(actor, work),
    save: <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.write(work),
  };
}

export type Register = Awaited<ReturnType<typeof openRegister>>;
