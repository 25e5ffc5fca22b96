import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module';
import { AuditModule } from '../audit/audit.module';
import { BankDirectoryModule } from '../banks/bank-directory.module';
import { MarketsModule } from '../markets/markets.module';
import { AccountChangeListeners } from './account-changes/account-change-listeners';
import { AccountChangesService } from './account-changes/account-changes.service';
import { PayoutAssignmentsRepository } from './account-changes/payout-assignments.repository';
import { ConsentsRepository } from './consents.repository';
import { ConsentsService } from './consents.service';
import { ImportsConsoleController } from './imports.console.controller';
import { LeasesRepository } from './leases.repository';
import { LeasesService } from './leases.service';
import { LookupsRepository } from './lookups/lookups.repository';
import { LookupsService } from './lookups/lookups.service';
import { NotificationPort } from './notices/notification.port';
import { NoticesRepository } from './notices/notices.repository';
import { NoticesService } from './notices/notices.service';
import { RecordedNotices } from './notices/recorded-notices';
import { PayoutAccountsRepository } from './payout-accounts.repository';
import { PayoutAccountsService } from './payout-accounts.service';
import { RevealsConsoleController } from './reveals/reveals.console.controller';
import { RevealsRepository } from './reveals/reveals.repository';
import { RevealsService } from './reveals/reveals.service';
import { RevealsSweeper } from './reveals/reveals.sweeper';
import { StallRegisterRepository } from './stall-register.repository';
import { StallRegisterService } from './stall-register.service';
import { StallsConsoleController } from './stalls.console.controller';
import { TenancyConsoleController } from './tenancy.console.controller';
import { VendorImportService } from './vendor-import.service';
import { VendorsConsoleController } from './vendors.console.controller';
import { VendorsRepository } from './vendors.repository';
import { VendorsService } from './vendors.service';

/** Vendors, their leases, accounts and consents; the register as codes and submissions read it. */
@Module({
  imports: [ApprovalsModule, AuditModule, BankDirectoryModule, MarketsModule],
  controllers: [
    VendorsConsoleController,
    StallsConsoleController,
    TenancyConsoleController,
    ImportsConsoleController,
    RevealsConsoleController,
  ],
  providers: [
    RevealsService,
    RevealsRepository,
    RevealsSweeper,
    LookupsService,
    LookupsRepository,
    VendorsService,
    VendorsRepository,
    LeasesService,
    LeasesRepository,
    PayoutAccountsService,
    PayoutAccountsRepository,
    AccountChangesService,
    AccountChangeListeners,
    PayoutAssignmentsRepository,
    { provide: NotificationPort, useClass: RecordedNotices },
    NoticesService,
    NoticesRepository,
    ConsentsService,
    ConsentsRepository,
    VendorImportService,
    StallRegisterService,
    StallRegisterRepository,
  ],
  exports: [
    VendorsService,
    LeasesService,
    PayoutAccountsService,
    AccountChangesService,
    AccountChangeListeners,
    ConsentsService,
    VendorImportService,
    StallRegisterService,
  ],
})
export class VendorsModule {}
