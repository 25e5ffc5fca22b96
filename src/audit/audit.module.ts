import { Module } from '@nestjs/common';
import { Env } from '../platform/config/env';
import { formerSealingKeys, sealingKey } from '../platform/secrets/sealing.key';
import { Stamps } from '../platform/secrets/stamps';
import { AuditChainRepository } from './audit-chain.repository';
import { AuditEntriesQueries } from './audit-entries.queries';
import { AuditMetrics } from './audit-metrics';
import { AuditSchedule } from './audit-schedule';
import { AuditSealer } from './audit-sealer';
import { AuditTrailService } from './audit-trail.service';
import { AuditVerificationsRepository } from './audit-verifications.repository';
import { AuditVerifier } from './audit-verifier';
import { AuditWatch } from './audit-watch';
import { AuditConsoleController } from './audit.console.controller';
import { AuditService } from './audit.service';

/** The trail, the chain it is sealed into, and those who look after it. */
@Module({
  controllers: [AuditConsoleController],
  providers: [
    AuditService,
    AuditChainRepository,
    AuditSealer,
    AuditVerifier,
    AuditVerificationsRepository,
    AuditWatch,
    AuditSchedule,
    AuditMetrics,
    AuditEntriesQueries,
    AuditTrailService,
    {
      provide: Stamps,
      inject: [Env],
      useFactory: (env: Env) => new Stamps(sealingKey(env), formerSealingKeys(env)),
    },
  ],
  exports: [AuditService, AuditTrailService],
})
export class AuditModule {}
