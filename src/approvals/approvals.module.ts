import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { ApprovalDecisions } from './approval-decisions.service';
import { ApprovalKinds } from './approval-kinds';
import { ApprovalLists } from './approval-lists.service';
import { ApprovalsConsoleController } from './approvals.console.controller';
import { ApprovalsRepository } from './approvals.repository';
import { Approvals } from './approvals.service';
import { ApprovalsSweeper } from './approvals.sweeper';

/** What takes two people: one asks, another decides (docs/decisions/0020-one-mechanism-for-two-people.md). */
@Module({
  imports: [AuditModule],
  controllers: [ApprovalsConsoleController],
  providers: [Approvals, ApprovalKinds, ApprovalDecisions, ApprovalLists, ApprovalsRepository, ApprovalsSweeper],
  exports: [Approvals],
})
export class ApprovalsModule {}
