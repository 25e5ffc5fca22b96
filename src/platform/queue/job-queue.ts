import { Inject, Injectable, Logger, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { type IQueueBackend, Queue } from 'bullmq';
import { jobOptions, type JobName, type JobPayloads, ringKey } from './jobs';
import { openPatiently } from './patient-opening';
import { QUEUE_BACKEND, type QueueBackend, QueueNotReady, type QueueTrouble } from './queue-backend';
import { QUEUE_NAME } from './queue-schema';
import { QUEUE_OPTIONS, type QueueOptions, RETRY_DELAY_MS } from './queue.options';
import { within } from './time-limit';
import { TroubleLog } from './trouble-log';

export type BullQueue = Queue<unknown, unknown, string, unknown, unknown, string, IQueueBackend>;

export interface QueueHealth {
  readonly up: boolean;
  readonly reason?: QueueTrouble;
}

/** Jobs by state, for the metrics. `waiting` may run now, `delayed` later, `failed` are the dead letters. */
export interface QueueCounts {
  readonly waiting: number;
  readonly delayed: number;
  readonly active: number;
  readonly failed: number;
}

/** A job that used up its attempts. */
export interface DeadLetter {
  readonly id: string;
  readonly job: string;
  readonly payload: unknown;
  readonly reason: string;
  /** UTC instant. */
  readonly failedAt?: Date;
}

const RING_LIMIT_MS = 1_000;
const ASK_LIMIT_MS = 2_000;
/** Rings under way beyond which nobody waits: the server is gone, and the sweep will find the work. */
const MAX_UNDER_WAY = 64;
/** BullMQ's stream of events, which nobody reads here; its default is 10 000. */
const EVENTS_KEPT = 100;

/** The doorbell. Commit the fact first, then ring; a ring that is lost costs until the next sweep, never the fact. */
@Injectable()
export class JobQueue implements OnModuleInit, OnApplicationShutdown {
  /** The open queue; undefined when the process was stopped before the server answered. */
  readonly opened: Promise<BullQueue | undefined>;
  private readonly logger = new Logger(JobQueue.name);
  private readonly trouble = new TroubleLog(this.logger);
  private readonly closing = new AbortController();
  private resolveOpened: (queue: BullQueue | undefined) => void;
  private queue: BullQueue | undefined;
  private underWay = 0;

  constructor(
    @Inject(QUEUE_OPTIONS) private readonly options: QueueOptions,
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
  ) {
    this.opened = new Promise((resolve) => (this.resolveOpened = resolve));
  }

  /** Does not wait for the server: a process starts, and says so in `/health/ready`, while its queue is down. */
  onModuleInit(): void {
    void this.open();
  }

  /**
   * Asks for a job, after the fact it is about is committed. The same ring twice while the job waits is one run;
   * while it runs, one more run follows; afterwards, a new run.
   * @param by what makes two rings the same; by default the ids in the payload
   * @returns false when nobody could be told within a second; never throws
   */
  async ring<Name extends JobName>(
    name: Name,
    payload: JobPayloads[Name],
    by: { readonly jobId?: string } = {},
  ): Promise<boolean> {
    try {
      await within(RING_LIMIT_MS, 'the ring', this.add(name, payload, by.jobId ?? ringKey(name, payload)));
      return true;
    } catch (error) {
      this.trouble.report(`nobody heard the ring for ${name}`, error);
      return false;
    }
  }

  /** Whether jobs flow, within 2 s; for `/health/ready`. */
  async health(): Promise<QueueHealth> {
    try {
      const reason = await within(ASK_LIMIT_MS, 'the queue', this.examine());
      return reason ? { up: false, reason } : { up: true };
    } catch (error) {
      return { up: false, reason: error instanceof QueueNotReady ? error.trouble : this.backend.unreachable };
    }
  }

  /** @throws when the queue does not answer within 2 s */
  async counts(): Promise<QueueCounts> {
    const states = ['waiting', 'prioritized', 'delayed', 'active', 'failed'] as const;
    const counts = await within(ASK_LIMIT_MS, 'counting jobs', this.mustBeOpen().getJobCounts(...states));
    const of = (state: (typeof states)[number]): number => counts[state] ?? 0;
    return {
      waiting: of('waiting') + of('prioritized'),
      delayed: of('delayed'),
      active: of('active'),
      failed: of('failed'),
    };
  }

  /** The newest dead letters first. @throws when the queue does not answer within 2 s */
  async deadLetters(limit = 50): Promise<DeadLetter[]> {
    const jobs = await within(ASK_LIMIT_MS, 'reading dead letters', this.mustBeOpen().getFailed(0, limit - 1));
    return jobs.map((job) => ({
      id: job.id ?? '',
      job: job.name,
      payload: job.data,
      reason: job.failedReason,
      failedAt: job.finishedOn === undefined ? undefined : new Date(job.finishedOn),
    }));
  }

  /** After the last request has ended and the worker has stopped. */
  async onApplicationShutdown(): Promise<void> {
    this.closing.abort();
    const close = async (): Promise<void> => {
      await this.queue?.close();
      await this.backend.close();
    };
    await within(ASK_LIMIT_MS, 'closing the queue', close()).catch((error: unknown) =>
      this.trouble.report('queue not closed', error),
    );
  }

  private async open(): Promise<void> {
    const build = (): BullQueue =>
      new Queue(QUEUE_NAME, { connection: {}, streams: { events: { maxLen: EVENTS_KEPT } } }, this.backend.factory);
    this.queue = await openPatiently(this.backend, build, this.trouble, this.closing.signal);
    this.resolveOpened(this.queue);
  }

  private async add<Name extends JobName>(name: Name, payload: JobPayloads[Name], key: string): Promise<void> {
    if (this.backend.isDown || this.underWay >= MAX_UNDER_WAY) throw new QueueNotReady(this.backend.unreachable);
    this.underWay += 1;
    try {
      // A process that has just started may ring before its queue is open: worth its second of patience.
      await within(RING_LIMIT_MS, 'opening the queue', this.opened);
      const queue = this.mustBeOpen();
      // A job id of ours would make the ring do nothing while a dead letter of that id is kept; this key is let go
      // as soon as the job ends, well or badly.
      const deduplication = { id: key, keepLastIfActive: true };
      const options = jobOptions(name, this.options.retryDelayMs ?? RETRY_DELAY_MS);
      await queue.add(name, payload, { ...options, deduplication });
    } finally {
      this.underWay -= 1;
    }
  }

  private async examine(): Promise<QueueTrouble | undefined> {
    await this.backend.reach();
    return (await this.backend.unfit()) ?? (this.queue ? undefined : 'queue_opening');
  }

  private mustBeOpen(): BullQueue {
    if (!this.queue || this.closing.signal.aborted) throw new QueueNotReady('queue_opening');
    return this.queue;
  }
}
