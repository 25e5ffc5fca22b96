import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module';
import { AuditModule } from '../audit/audit.module';
import { BankSignatureModule } from '../banks/bank-signature.module';
import { PeriodsModule } from '../periods/periods.module';
import { AttributionRepository } from './attribution.repository';
import { ClearLedgerRepository } from './clear-ledger.repository';
import { ClearLedgerService } from './clear-ledger.service';
import { ClosedPeriodService } from './closed-period.service';
import { HeldSubmissionsRepository } from './held-submissions.repository';
import { LedgerProofService } from './ledger-proof.service';
import { LedgerRepository } from './ledger.repository';
import { LineTargets } from './line-target';
import { PostingService } from './posting.service';
import { ProblemValues } from './problem-values';
import { ProcessSubmissionProcessor } from './process-submission.processor';
import { ReceivingService } from './receiving.service';
import { SubmissionBodyRepository } from './submission-body.repository';
import { SubmissionsBankController } from './submissions.bank.controller';
import { SubmissionsConsoleController } from './submissions.console.controller';
import { SubmissionsQueries } from './submissions.queries';
import { SubmissionsRepository } from './submissions.repository';
import { SubmissionsService } from './submissions.service';
import { StallFiguresService } from './stall-figures.service';
import { SuspenseRepository } from './suspense.repository';
import { SuspenseService } from './suspense.service';
import { WithdrawalRepository } from './withdrawal.repository';
import { WithdrawalService } from './withdrawal.service';

@Module({
  imports: [ApprovalsModule, AuditModule, BankSignatureModule, PeriodsModule],
  controllers: [SubmissionsBankController, SubmissionsConsoleController],
  providers: [
    StallFiguresService,
    ReceivingService,
    PostingService,
    ClosedPeriodService,
    ClearLedgerService,
    ClearLedgerRepository,
    LineTargets,
    ProblemValues,
    SuspenseService,
    WithdrawalService,
    SubmissionsService,
    LedgerProofService,
    ProcessSubmissionProcessor,
    SubmissionsRepository,
    HeldSubmissionsRepository,
    SubmissionBodyRepository,
    SubmissionsQueries,
    SuspenseRepository,
    WithdrawalRepository,
    AttributionRepository,
    LedgerRepository,
  ],
  exports: [StallFiguresService, PostingService, SuspenseService, LedgerProofService],
})
export class SubmissionsModule {}
