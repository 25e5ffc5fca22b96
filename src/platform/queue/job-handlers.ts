import { Injectable } from '@nestjs/common';
import { runAs } from '../actor';
import { JOB_NAMES, type JobName, type JobPayloads } from './jobs';

/** What a run did, in a few words for its log line: `{ lines: 1250, state: 'ACCEPTED' }`. */
export type JobNote = Readonly<Record<string, string | number | boolean>>;

/**
 * One call to a service method that is safe to run twice, also at the same time. `stopping` is aborted when the process
 * is asked to end: whoever works for long looks at it and throws, and the job goes to another worker.
 */
export type JobHandler<Name extends JobName> = (
  payload: JobPayloads[Name],
  stopping: AbortSignal,
) => Promise<JobNote | void>;

type AnyHandler = (payload: unknown, stopping: AbortSignal) => Promise<JobNote | void>;

/** Who does which job. A processor registers itself in its constructor; see {@link handle}. */
@Injectable()
export class JobHandlers {
  private readonly handlers: { [Name in JobName]?: JobHandler<Name> } = {};

  /** @throws when the job already has a handler: the process does not start. */
  handle<Name extends JobName>(name: Name, handler: JobHandler<Name>): void {
    if (this.handlers[name]) throw new Error(`job ${name} has two handlers`);
    Object.assign(this.handlers, { [name]: handler });
  }

  /** @throws when a job has no handler: a process that works does not start. */
  assertComplete(): void {
    const missing = JOB_NAMES.filter((name) => !this.handlers[name]);
    if (missing.length > 0) throw new Error(`jobs without a handler: ${missing.join(', ')}`);
  }

  /**
   * Runs the job whatever version of the system rang for it, as the system's actor of that name.
   * @throws for a name this version does not know
   */
  async run(name: string, payload: unknown, stopping: AbortSignal): Promise<JobNote> {
    const handler = Object.hasOwn(this.handlers, name) ? this.handlers[name as JobName] : undefined;
    if (!handler) throw new Error(`no handler for job ${name}`);
    // The payload is what this name's ring typed; JSON carried it as it was.
    const note = await runAs({ kind: 'system', id: name }, () => (handler as AnyHandler)(payload, stopping));
    return note ?? {};
  }
}
