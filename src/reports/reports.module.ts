import { Module } from '@nestjs/common';
import { PeriodsModule } from '../periods/periods.module';
import { CoverageRepository } from './coverage.repository';
import { CoverageService } from './coverage.service';
import { OverviewRepository } from './overview.repository';
import { OverviewService } from './overview.service';
import { ReportsBankController } from './reports.bank.controller';
import { ReportsConsoleController } from './reports.console.controller';
import { RestatementsRepository } from './restatements.repository';
import { RestatementsService } from './restatements.service';
import { TotalsRepository } from './totals.repository';
import { TotalsService } from './totals.service';

/** Reads everything below it and changes nothing. */
@Module({
  imports: [PeriodsModule],
  controllers: [ReportsConsoleController, ReportsBankController],
  providers: [
    TotalsService,
    TotalsRepository,
    CoverageService,
    CoverageRepository,
    OverviewService,
    OverviewRepository,
    RestatementsService,
    RestatementsRepository,
  ],
  exports: [TotalsService],
})
export class ReportsModule {}
