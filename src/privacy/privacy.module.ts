import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { AuditModule } from '../audit/audit.module';
import { MarketsModule } from '../markets/markets.module';
import { Sweepers } from '../platform/queue/sweepers';
import { QrModule } from '../qr/qr.module';
import { SubmissionsModule } from '../submissions/submissions.module';
import { VendorsModule } from '../vendors/vendors.module';
import { DataRequestsRepository } from './data-requests.repository';
import { DataRequestsService } from './data-requests.service';
import { PersonalDataService } from './personal-data.service';
import { PrivacyConsoleController } from './privacy.console.controller';
import { RetentionRepository } from './retention.repository';
import { RetentionService } from './retention.service';
import { VendorLinksRepository } from './vendor-links.repository';
import { VendorLinksService } from './vendor-links.service';
import { VendorPortalController } from './vendor-portal.controller';
import { VendorPortalService } from './vendor-portal.service';

/** The rights of the persons whose data we hold. */
@Module({
  imports: [AccessModule, AuditModule, MarketsModule, VendorsModule, QrModule, SubmissionsModule],
  controllers: [PrivacyConsoleController, VendorPortalController],
  providers: [
    DataRequestsService,
    DataRequestsRepository,
    PersonalDataService,
    VendorLinksService,
    VendorLinksRepository,
    VendorPortalService,
    RetentionService,
    RetentionRepository,
  ],
})
export class PrivacyModule {
  constructor(sweepers: Sweepers, links: VendorLinksService) {
    sweepers.add({ name: 'vendor-links', sweep: () => links.purge() });
  }
}
