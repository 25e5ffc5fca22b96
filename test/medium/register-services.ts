import { ApprovalDecisions } from '../../src/approvals/approval-decisions.service';
import { ApprovalKinds } from '../../src/approvals/approval-kinds';
import { ApprovalsRepository } from '../../src/approvals/approvals.repository';
import { Approvals } from '../../src/approvals/approvals.service';
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
import { AccountChangeListeners } from '../../src/vendors/account-changes/account-change-listeners';
import { AccountChangesService } from '../../src/vendors/account-changes/account-changes.service';
import { PayoutAssignmentsRepository } from '../../src/vendors/account-changes/payout-assignments.repository';
import { ConsentsRepository } from '../../src/vendors/consents.repository';
import { ConsentsService } from '../../src/vendors/consents.service';
import { LeasesRepository } from '../../src/vendors/leases.repository';
import { LeasesService } from '../../src/vendors/leases.service';
import { NoticesRepository } from '../../src/vendors/notices/notices.repository';
import { RecordedNotices } from '../../src/vendors/notices/recorded-notices';
import { PayoutAccountsRepository } from '../../src/vendors/payout-accounts.repository';
import { PayoutAccountsService } from '../../src/vendors/payout-accounts.service';
import { StallRegisterRepository } from '../../src/vendors/stall-register.repository';
import { StallRegisterService } from '../../src/vendors/stall-register.service';
import { VendorImportService } from '../../src/vendors/vendor-import.service';
import { VendorsRepository } from '../../src/vendors/vendors.repository';
import { VendorsService } from '../../src/vendors/vendors.service';
import { createTestDatabase } from '../database/test-database';
import { TEST_FIELDS } from '../database/test-secrets';
import { insertRow } from '../factories/insert';

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
    vendors: new VendorsRepository(TEST_FIELDS),
    leases: new LeasesRepository(),
    accounts: new PayoutAccountsRepository(TEST_FIELDS),
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
  const accounts = new PayoutAccountsService(database, accountRows, vendors, markets, banks, audit, clock, ids);
  const approvalRows = new ApprovalsRepository();
  const kinds = new ApprovalKinds();
  const approvals = new Approvals(kinds, approvalRows, audit, clock, ids);
  const decisions = new ApprovalDecisions(database, approvalRows, kinds, approvals, audit, clock);
  const changes = new AccountChangesService(
    database,
    accountRows,
    new PayoutAssignmentsRepository(),
    leaseRows,
    stalls,
    markets,
    approvals,
    new AccountChangeListeners(),
    new RecordedNotices(new NoticesRepository(), clock, ids),
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
    new StallRegisterRepository(TEST_FIELDS),
    leaseRows,
    accountRows,
    markets,
    changes,
    clock,
  );
  await database.write(async (tx) => {
    for (const { id } of [OFFICER, COLLEAGUE]) await saveOfficer(tx, id);
  });
  return {
    ...{ database, clock, ids, audit, units, banks, markets, stalls, vendors, leases, accounts, consents },
    ...{ stallRegister, repositories, marketImport, vendorImport, changes, decisions },
    drop: (): Promise<void> => testDatabase.drop(),
    act: <T>(work: () => Promise<T>, actor: Actor = OFFICER): Promise<T> => runAs(actor, work),
    save: <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.write(work),
  };
}

function saveOfficer(tx: Tx, id: string): Promise<void> {
  const facts = { full_name: 'Cán bộ Sở', role: 'department_officer', state: 'active', created_at: NOW };
  return insertRow(tx, 'staff', { id, email: `${id}@example.vn`, ...facts });
}

export type Register = Awaited<ReturnType<typeof openRegister>>;
