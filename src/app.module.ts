import { type DynamicModule, Module } from '@nestjs/common';
import { ALL_MIGRATIONS } from '../migrations/all-migrations';
import { AccessModule } from './access/access.module';
import { OidcModule } from './access/oidc/oidc.module';
import { PeopleModule } from './access/people/people.module';
import { ApprovalsModule } from './approvals/approvals.module';
import { AuditModule } from './audit/audit.module';
import { BankClientsModule } from './bank-clients/bank-clients.module';
import { BankDirectoryModule } from './banks/bank-directory.module';
import { BankSignatureModule } from './banks/bank-signature.module';
import { type Clock, SystemClock } from './kernel/clock';
import { type Ids, RandomIds } from './kernel/ids';
import { LaunchesModule } from './launches/launches.module';
import { Env } from './platform/config/env';
import { DatabaseConnections } from './platform/db/connections';
import { MarketsModule } from './markets/markets.module';
import { PeriodsModule } from './periods/periods.module';
import { DbModule } from './platform/db/db.module';
import { HealthModule } from './platform/health/health.module';
import { PlatformModule } from './platform/platform.module';
import { QrModule } from './qr/qr.module';
import { SubmissionsModule } from './submissions/submissions.module';
import { PrivacyModule } from './privacy/privacy.module';
import { ReportsModule } from './reports/reports.module';
import { VendorsModule } from './vendors/vendors.module';
import { sealClearFields } from './platform/secrets/clear-fields';
import { Sealing } from './platform/secrets/sealing';
import { SecretsModule } from './platform/secrets/secrets.module';
import { QueueModule } from './platform/queue/queue.module';
import { migrateQueueSchema } from './platform/queue/queue-schema';

/** What one process is for. */
export interface ProcessSetup {
  readonly env: Env;
  /** Shown in pg_stat_activity: `cho40-api`, `cho40-worker`. */
  readonly applicationName: string;
  /** Whether this process runs jobs; every process rings for them. */
  readonly workers: boolean;
  readonly clock?: Clock;
  readonly ids?: Ids;
}

/** The whole system. Every process loads it: an API process listens, a worker process runs jobs, one may do both. */
@Module({})
export class AppModule {
  static with({ env, applicationName, workers, clock, ids }: ProcessSetup): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SecretsModule,
        PlatformModule.with({ env, clock: clock ?? new SystemClock(), ids: ids ?? new RandomIds() }),
        DbModule.forRootAsync({
          // The key first: a start that has none leaves no half-started database behind.
          inject: [Env, Sealing],
          useFactory: ({ databaseUrl, databaseMigrationUrl, dataDir, databasePoolSize }: Env, sealing: Sealing) => ({
            databaseUrl,
            databaseMigrationUrl,
            dataDir,
            databasePoolSize,
            applicationName,
            entities: [],
            migrations: ALL_MIGRATIONS,
            afterMigrations: [migrateQueueSchema, sealClearFields(sealing)],
          }),
        }),
        QueueModule.forRootAsync({
          inject: [Env, DatabaseConnections],
          useFactory: ({ redisUrl, jobConcurrency }: Env, { appUrl }: DatabaseConnections) => ({
            redisUrl,
            databaseUrl: appUrl,
            concurrency: jobConcurrency,
            workers,
          }),
        }),
        HealthModule,
        AuditModule,
        ApprovalsModule,
        AccessModule,
        PeopleModule,
        OidcModule,
        BankSignatureModule,
        BankDirectoryModule,
        MarketsModule,
        VendorsModule,
        LaunchesModule,
        BankClientsModule,
        QrModule,
        PeriodsModule,
        SubmissionsModule,
        ReportsModule,
        PrivacyModule,
      ],
    };
  }
}
