import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module';
import { BankDirectoryModule } from '../banks/bank-directory.module';
import { BankSignatureModule } from '../banks/bank-signature.module';
import { MarketsModule } from '../markets/markets.module';
import { VendorsModule } from '../vendors/vendors.module';
import { BankClientsConsoleController } from './bank-clients.console.controller';
import { BankClientsService } from './bank-clients.service';
import { BankKeyIssue } from './bank-key-issue.kind';
import { SandboxRepository } from './sandbox.repository';
import { SandboxService } from './sandbox.service';

/** Who looks after the keys of banks, and the province 00 in which they test. */
@Module({
  imports: [ApprovalsModule, BankDirectoryModule, BankSignatureModule, MarketsModule, VendorsModule],
  controllers: [BankClientsConsoleController],
  providers: [BankClientsService, BankKeyIssue, SandboxService, SandboxRepository],
  exports: [BankClientsService, SandboxService],
})
export class BankClientsModule {}
