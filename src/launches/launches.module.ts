import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module';
import { AuditModule } from '../audit/audit.module';
import { LaunchesConsoleController } from './launches.console.controller';
import { LaunchesRepository } from './launches.repository';
import { LaunchesService } from './launches.service';

@Module({
  imports: [ApprovalsModule, AuditModule],
  controllers: [LaunchesConsoleController],
  providers: [LaunchesService, LaunchesRepository],
  exports: [LaunchesService],
})
export class LaunchesModule {}
