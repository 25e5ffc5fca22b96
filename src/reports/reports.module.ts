import { Module } from '@nestjs/common';
import { CoverageRepository } from './coverage.repository';
import { CoverageService } from './coverage.service';
import { OverviewRepository } from './overview.repository';
import { OverviewService } from './overview.service';
import { ReportsBankController } from './reports.bank.controller';
import { ReportsConsoleController } from './reports.console.controller';
import { TotalsRepository } from './totals.repository';
import { TotalsService } from './totals.service';

/** Reads everything below it and changes nothing. */
@Module({
  controllers: [ReportsConsoleController, ReportsBankController],
  providers: [
    TotalsService,
    TotalsRepository,
    CoverageService,
    CoverageRepository,
    OverviewService,
    OverviewRepository,
  ],
  exports: [TotalsService],
})
export class ReportsModule {}
