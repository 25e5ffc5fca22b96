import type { BackendFactory, IQueueBackend } from 'bullmq';

/** Injection token of {@link QueueBackend}. */
export const QUEUE_BACKEND = Symbol('QUEUE_BACKEND');

/** Why the queue is not fit for use, as `/health/ready` names it. */
export type QueueTrouble =
  | 'queue_opening' // the process has just started
  | 'queue_database_unreachable'
  | 'queue_schema_missing' // migrations have not run
  | 'redis_unreachable'
  | 'redis_eviction_policy'; // Redis may drop jobs when memory is short

/** The one place where PostgreSQL and Redis differ. All queues and workers of a process share its connections. */
export interface QueueBackend {
  /** Hands BullMQ our connections, whatever `connection` its options carry. */
  readonly factory: BackendFactory<IQueueBackend>;
  /** What a failing {@link reach} is called, unless it says so itself. */
  readonly unreachable: QueueTrouble;
  /** Known to be gone, so that nobody has to wait to find out. */
  readonly isDown: boolean;
  /** Resolves once a queue may be built and used. @throws what the driver says, or QueueNotReady */
  reach(): Promise<void>;
  /** A setting of the server that makes the queue unfit although it works. */
  unfit(): Promise<QueueTrouble | undefined>;
  close(): Promise<void>;
}

/** The server answers and the queue cannot be used all the same. */
export class QueueNotReady extends Error {
  constructor(
    readonly trouble: QueueTrouble,
    cause?: unknown,
  ) {
    super(trouble, { cause });
    this.name = new.target.name;
  }
}
