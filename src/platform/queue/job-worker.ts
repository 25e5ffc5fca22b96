import { BeforeApplicationShutdown, Inject, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { type Job, WaitingError } from 'bullmq';
import { errorText, withoutPersonalData } from '../log/error-facts';
import { JobHandlers } from './job-handlers';
import { JobQueue, type BullQueue } from './job-queue';
import { jobOptions } from './jobs';
import { openPatiently } from './patient-opening';
import { PatientWorker } from './patient-worker';
import { QUEUE_BACKEND, type QueueBackend } from './queue-backend';
import { QUEUE_NAME } from './queue-schema';
import { QUEUE_OPTIONS, type QueueOptions, RETRY_DELAY_MS, STOP_LIMIT_MS, SWEEP_EVERY_MS } from './queue.options';
import { within } from './time-limit';
import { TroubleLog } from './trouble-log';

/** A worker that dies lets go of its jobs after LOCK + twice STALLED at the latest; rings for them wait until then. */
const LOCK_MS = 15_000;
const STALLED_MS = 5_000;
/** A blocked event loop loses its locks and is no reason to bury a job; a job that kills its process is. */
const MAX_STALLED = 3;
const GIVE_BACK_LIMIT_MS = 2_000;

/** Runs the jobs of a process that works. One log line per run. */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(JobWorker.name);
  private readonly trouble = new TroubleLog(this.logger);
  private readonly stopping = new AbortController();
  private readonly running = new Map<Job, string>();
  private started: Promise<void> = Promise.resolve();
  private worker: PatientWorker | undefined;
  private scheduling: NodeJS.Timeout | undefined;

  constructor(
    @Inject(QUEUE_OPTIONS) private readonly options: QueueOptions,
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    private readonly handlers: JobHandlers,
    private readonly queue: JobQueue,
  ) {}

  /** @throws when a job has no handler. Does not wait for the server. */
  onApplicationBootstrap(): void {
    if (!this.options.workers) return;
    this.handlers.assertComplete();
    this.started = this.start();
  }

  /** Before the database closes: takes no new job, lets the running ones end or gives them back, within the limit. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    clearInterval(this.scheduling);
    await this.started;
    if (!this.worker) return;
    try {
      await within(this.options.stopLimitMs ?? STOP_LIMIT_MS, 'the last job', this.worker.close());
    } catch (error) {
      this.trouble.report('jobs go back', error);
      await within(GIVE_BACK_LIMIT_MS, 'giving jobs back', this.giveBack(this.worker)).catch(() => undefined);
    }
  }

  private async start(): Promise<void> {
    const build = (): PatientWorker =>
      new PatientWorker(
        QUEUE_NAME,
        (job, token) => this.work(job, token),
        {
          connection: {},
          concurrency: this.options.concurrency,
          autorun: false,
          lockDuration: LOCK_MS,
          stalledInterval: STALLED_MS,
          maxStalledCount: MAX_STALLED,
          runRetryDelay: 1_000,
        },
        this.backend.factory,
      );
    this.worker = await openPatiently(this.backend, build, this.trouble, this.stopping.signal);
    const queue = this.worker && (await this.queue.opened);
    if (!this.worker || !queue || this.stopping.signal.aborted) return;
    this.worker.on('stalled', (id) => this.logger.warn({ id, outcome: 'stalled' }));
    this.worker.run().catch((error: unknown) => this.trouble.report('worker', error));
    await this.schedule(queue);
    // What was left behind while nobody worked need not wait for the first slot of the schedule.
    await this.queue.ring('sweep', {});
    const everyMs = this.sweepEveryMs() / 2;
    this.scheduling = setInterval(() => void this.schedule(queue), everyMs).unref();
  }

  /**
   * The schedule lives in the queue, so it can be lost with it (FLUSHALL): every worker hangs it up again and again.
   * The offset ties the runs to slots of the clock, so that any number of workers mean the same run.
   */
  private async schedule(queue: BullQueue): Promise<void> {
    const opts = jobOptions('sweep', this.options.retryDelayMs ?? RETRY_DELAY_MS);
    try {
      await queue.upsertJobScheduler(
        'sweep',
        { every: this.sweepEveryMs(), offset: 1 },
        { name: 'sweep', data: {}, opts },
      );
    } catch (error) {
      this.trouble.report('sweep not scheduled', error);
    }
  }

  private sweepEveryMs(): number {
    return this.options.sweepEveryMs ?? SWEEP_EVERY_MS;
  }

  private async work(job: Job, token = ''): Promise<void> {
    const startedAt = performance.now();
    const line = { job: job.name, id: job.id, attempt: job.attemptsMade + 1 };
    const ms = (): number => Math.round(performance.now() - startedAt);
    this.running.set(job, token);
    try {
      const note = await this.handlers.run(job.name, job.data, this.stopping.signal);
      this.logger.log({ ...line, ms: ms(), outcome: 'done', ...note });
    } catch (error) {
      if (this.stopping.signal.aborted) {
        await job.moveToWait(token);
        this.logger.log({ ...line, ms: ms(), outcome: 'given back' });
        throw new WaitingError();
      }
      const dead = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
      this.logger[dead ? 'error' : 'warn']({
        ...line,
        ms: ms(),
        outcome: dead ? 'dead' : 'retry',
        error: errorText(error),
      });
      // The queue keeps sentence and stack of what failed, and is read by more eyes than the tables.
      throw withoutPersonalData(error);
    } finally {
      this.running.delete(job);
    }
  }

  /** Another worker takes them at once, instead of waiting for the locks to run out. */
  private async giveBack(worker: PatientWorker): Promise<void> {
    await Promise.all([...this.running].map(([job, token]) => job.moveToWait(token)));
    await worker.abandon();
  }
}
