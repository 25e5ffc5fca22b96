import type { JobsOptions } from 'bullmq';

/**
 * Every job of the system and what it carries. Ids only: the queue is a doorbell and may lose or repeat what it holds,
 * the row in PostgreSQL is the truth (docs/decisions/0002-queue-is-a-doorbell.md).
 */
export interface JobPayloads {
  /** Reads the stored body of a submission, judges it and books it. */
  'process-submission': { readonly submissionId: string };
  /** Draws the cards and sheets of one market. */
  'make-card-pack': { readonly packId: string };
  /** Hands a letter of the outbox to the mail server. */
  'send-mail': { readonly mailId: string };
  /** Computes the chain of the audit trail again and compares; once a day. */
  'verify-audit': Readonly<Record<string, never>>;
  /** Looks for work that nobody rang for; repeats by schedule. */
  sweep: Readonly<Record<string, never>>;
}

export type JobName = keyof JobPayloads;

interface JobPolicy {
  /** Runs before the job is put with the dead; the pause doubles from one to the next. */
  readonly attempts: number;
  /** Without: before all that have one. Packs of a whole province must not hold up a bank's day. */
  readonly priority?: number;
  /** Dead letters kept to be looked at. */
  readonly keepFailed: number;
}

const POLICIES: { readonly [Name in JobName]: JobPolicy } = {
  'process-submission': { attempts: 5, keepFailed: 1_000 },
  'make-card-pack': { attempts: 5, priority: 10, keepFailed: 1_000 },
  // One run is one try: the row knows when the next is due.
  'send-mail': { attempts: 1, priority: 5, keepFailed: 100 },
  'verify-audit': { attempts: 1, priority: 20, keepFailed: 10 },
  sweep: { attempts: 1, keepFailed: 10 },
};

export const JOB_NAMES = Object.keys(POLICIES) as readonly JobName[];

/** How BullMQ is to treat a job of this name, whoever adds it. */
export function jobOptions(name: JobName, retryDelayMs: number): JobsOptions {
  const { attempts, priority, keepFailed } = POLICIES[name];
  return {
    attempts,
    priority,
    backoff: { type: 'exponential', delay: retryDelayMs, jitter: 0.5 },
    removeOnComplete: true,
    removeOnFail: { count: keepFailed },
  };
}

/** What makes two rings the same ring: the name and the ids, joined with `-` because BullMQ refuses `:`. */
export function ringKey<Name extends JobName>(name: Name, payload: JobPayloads[Name]): string {
  return [name, ...Object.values<string>(payload)].join('-');
}
