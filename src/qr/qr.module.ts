import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module';
import { AuditModule } from '../audit/audit.module';
import { StoredFiles } from '../platform/files/stored-files';
import { VendorsModule } from '../vendors/vendors.module';
import { CardPacksRepository } from './card-packs.repository';
import { CardPacksService } from './card-packs.service';
import { CardPicturesService } from './card-pictures.service';
import { QrIssuesRepository } from './qr-issues.repository';
import { QrIssuesService } from './qr-issues.service';
import { QrReissuesService } from './qr-reissues.service';
import { QrConsoleController } from './qr.console.controller';
import { QrProcessor } from './qr.processor';

@Module({
  imports: [ApprovalsModule, AuditModule, VendorsModule],
  controllers: [QrConsoleController],
  providers: [
    QrIssuesService,
    QrIssuesRepository,
    QrReissuesService,
    CardPacksService,
    CardPacksRepository,
    CardPicturesService,
    QrProcessor,
    StoredFiles,
  ],
  exports: [QrIssuesService, CardPacksService],
})
export class QrModule {}
