import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { BanksConsoleController } from './banks.console.controller';
import { BanksRepository } from './banks.repository';
import { BanksService } from './banks.service';

/** The directory of institutions. Needs Clock, Ids and Database from the platform. */
@Module({
  imports: [AuditModule],
  controllers: [BanksConsoleController],
  providers: [BanksService, BanksRepository],
  exports: [BanksService],
})
export class BankDirectoryModule {}
