import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { MarketsModule } from '../markets/markets.module';
import { PeriodsConsoleController } from './periods.console.controller';
import { PeriodsRepository } from './periods.repository';
import { PeriodsService } from './periods.service';

/** Which figures are final. */
@Module({
  imports: [AuditModule, MarketsModule],
  controllers: [PeriodsConsoleController],
  providers: [PeriodsService, PeriodsRepository],
  exports: [PeriodsService],
})
export class PeriodsModule {}
