/** Injection token of {@link QueueOptions}. */
export const QUEUE_OPTIONS = Symbol('QUEUE_OPTIONS');

/** What a process tells the queue; read from the environment by whoever starts the process. */
export interface QueueOptions {
  /** With it BullMQ stands on Redis, without it on the PostgreSQL of {@link databaseUrl}. */
  readonly redisUrl?: string;
  /** Connects as the application role: it may use BullMQ's tables and change none of their shape. */
  readonly databaseUrl: string;
  /** Jobs that this process runs at once. */
  readonly concurrency: number;
  /** False: this process rings and does not work. */
  readonly workers: boolean;
  /** Pause between two sweeps of the whole system, in ms; default 30 s (robustness R4 allows 60 s in all). */
  readonly sweepEveryMs?: number;
  /** Pause before the second attempt of a failed job, in ms; doubles from there. Default 1 s. */
  readonly retryDelayMs?: number;
  /** How long running jobs may take to end once the process is asked to stop, in ms; default 20 s (robustness R6). */
  readonly stopLimitMs?: number;
}

export const SWEEP_EVERY_MS = 30_000;
export const RETRY_DELAY_MS = 1_000;
export const STOP_LIMIT_MS = 20_000;
