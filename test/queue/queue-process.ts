import { EventEmitter, once } from 'node:events';
import type { LoggerService } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { type JobHandler, JobHandlers } from '../../src/platform/queue/job-handlers';
import { JobQueue } from '../../src/platform/queue/job-queue';
import { QueueModule } from '../../src/platform/queue/queue.module';
import type { QueueOptions } from '../../src/platform/queue/queue.options';
import { type Sweeper, Sweepers } from '../../src/platform/queue/sweepers';

export interface Work {
  readonly submission?: JobHandler<'process-submission'>;
  readonly pack?: JobHandler<'make-card-pack'>;
  readonly sweepers?: readonly Sweeper[];
}

/** What was logged, newest last; shared by all processes of a test, as a log collector is. */
export class LogLines implements LoggerService {
  readonly lines: unknown[] = [];
  readonly log = (line: unknown): void => void this.lines.push(line);
  readonly warn = this.log;
  readonly error = this.log;

  /** The lines of runs of one job. */
  runs(job: string): { readonly id: string; readonly outcome: string }[] {
    return this.lines.filter(
      (line): line is { job: string; id: string; outcome: string } =>
        typeof line === 'object' && line !== null && 'job' in line && line.job === job,
    );
  }
}

/** A process of the system as far as its queue is concerned: the real module, started and stopped by Nest. */
export class QueueProcess {
  private constructor(
    private readonly app: TestingModule,
    readonly queue: JobQueue,
  ) {}

  static async start(options: QueueOptions, work: Work, log: LoggerService): Promise<QueueProcess> {
    const app = await Test.createTestingModule({
      imports: [QueueModule.forRootAsync({ useFactory: () => options })],
    })
      .setLogger(log)
      .compile();
    const handlers = app.get(JobHandlers);
    handlers.handle('process-submission', work.submission ?? (async () => {}));
    handlers.handle('make-card-pack', work.pack ?? (async () => {}));
    handlers.handle('verify-audit', async () => {});
    handlers.handle('send-mail', async () => {});
    for (const sweeper of work.sweepers ?? []) app.get(Sweepers).add(sweeper);
    await app.init();
    return new QueueProcess(app, app.get(JobQueue));
  }

  stop(): Promise<void> {
    return this.app.close();
  }
}

/** Remembers what handlers were called with, and lets a test wait for a call instead of for a while. */
export class Calls<T> {
  readonly seen: T[] = [];
  private readonly emitter = new EventEmitter();

  readonly note = (value: T): void => {
    this.seen.push(value);
    this.emitter.emit('call');
  };

  async reach(count: number): Promise<void> {
    while (this.seen.length < count) await once(this.emitter, 'call');
  }
}

/** A door that a test opens, or slams. */
export class Gate {
  open: () => void;
  slam: (reason: Error) => void;
  readonly passed = new Promise<void>((resolve, reject) => {
    this.open = resolve;
    this.slam = reject;
  });
}
