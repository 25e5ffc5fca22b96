import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import { JobHandlers } from './job-handlers';
import { JobQueue } from './job-queue';
import { JobWorker } from './job-worker';
import { PostgresBackend } from './postgres-backend';
import { QUEUE_BACKEND, type QueueBackend } from './queue-backend';
import { QUEUE_OPTIONS, type QueueOptions } from './queue.options';
import { RedisBackend } from './redis-backend';
import { Sweepers } from './sweepers';

export interface QueueModuleSetup extends Pick<ModuleMetadata, 'imports'>, Pick<FactoryProvider, 'inject'> {
  readonly useFactory: FactoryProvider<QueueOptions>['useFactory'];
}

/** Gives every module the bell (JobQueue), and a place for its processors (JobHandlers) and sweepers (Sweepers). */
@Module({})
export class QueueModule {
  static forRootAsync({ imports, inject, useFactory }: QueueModuleSetup): DynamicModule {
    return {
      global: true,
      module: QueueModule,
      imports,
      providers: [
        { provide: QUEUE_OPTIONS, inject, useFactory },
        { provide: QUEUE_BACKEND, inject: [QUEUE_OPTIONS], useFactory: makeBackend },
        JobHandlers,
        Sweepers,
        JobQueue,
        JobWorker,
      ],
      exports: [JobHandlers, Sweepers, JobQueue],
    };
  }
}

function makeBackend({ redisUrl, databaseUrl, workers, concurrency }: QueueOptions): QueueBackend {
  return redisUrl === undefined
    ? new PostgresBackend(databaseUrl, workers ? concurrency : 0)
    : new RedisBackend(redisUrl);
}
