import { Module } from '@nestjs/common';
import { PeopleModule } from '../access/people/people.module';
import { AuditModule } from '../audit/audit.module';
import { AdministrativeUnitsConsoleController } from './administrative-units.console.controller';
import { AdministrativeUnitsRepository } from './administrative-units.repository';
import { AdministrativeUnitsService } from './administrative-units.service';
import { AreaPlaces } from './area-places';
import { MarketImportService } from './market-import.service';
import { MarketsConsoleController } from './markets.console.controller';
import { MarketsRepository } from './markets.repository';
import { MarketsService } from './markets.service';
import { StallsRepository } from './stalls.repository';
import { StallsService } from './stalls.service';

/** Administrative units, markets, zones and stalls. Needs Clock, Ids and Database from the platform. */
@Module({
  imports: [AuditModule, PeopleModule],
  controllers: [AdministrativeUnitsConsoleController, MarketsConsoleController],
  providers: [
    AdministrativeUnitsService,
    AdministrativeUnitsRepository,
    MarketsService,
    AreaPlaces,
    MarketImportService,
    MarketsRepository,
    StallsService,
    StallsRepository,
  ],
  exports: [AdministrativeUnitsService, MarketsService, MarketImportService, StallsService],
})
export class MarketsModule {}
