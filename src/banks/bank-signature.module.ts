import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { AuditModule } from '../audit/audit.module';
import { SecretsModule } from '../platform/secrets/secrets.module';
import { BankKeyRepository } from './bank-key.repository';
import { BankKeyService } from './bank-key.service';
import { BankNonceSweeper } from './bank-nonce.sweeper';
import { BankSignatureGuard } from './bank-signature.guard';
import { IdempotencyRepository } from './idempotency.repository';
import { IdempotencyService } from './idempotency.service';

/** How banks prove who they are and repeat safely; for every module with operations for banks. */
@Module({
  imports: [AccessModule, AuditModule, SecretsModule],
  providers: [
    BankKeyRepository,
    BankKeyService,
    BankSignatureGuard,
    BankNonceSweeper,
    IdempotencyRepository,
    IdempotencyService,
  ],
  exports: [BankKeyService, IdempotencyService],
})
export class BankSignatureModule {}
