import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { AuditModule } from '../audit/audit.module';
import { SecretsModule } from '../platform/secrets/secrets.module';
import { BankAddressesRepository } from './bank-addresses.repository';
import { BankAddressesService } from './bank-addresses.service';
import { BankDirectoryModule } from './bank-directory.module';
import { BankKeyRepository } from './bank-key.repository';
import { BankKeyService } from './bank-key.service';
import { BankNonceSweeper } from './bank-nonce.sweeper';
import { BankSignatureGuard } from './bank-signature.guard';
import { IdempotencyRepository } from './idempotency.repository';
import { IdempotencyService } from './idempotency.service';

/** How banks prove who they are and repeat safely; for every module with operations for banks. */
@Module({
  imports: [AccessModule, AuditModule, BankDirectoryModule, SecretsModule],
  providers: [
    BankAddressesRepository,
    BankAddressesService,
    BankKeyRepository,
    BankKeyService,
    BankSignatureGuard,
    BankNonceSweeper,
    IdempotencyRepository,
    IdempotencyService,
  ],
  exports: [BankAddressesService, BankKeyService, IdempotencyService],
})
export class BankSignatureModule {}
