import { setTimeout as sleep } from 'node:timers/promises';
import { type IQueueBackend, type Job, Worker } from 'bullmq';

const PAUSE_AFTER_ERROR_MS = 1_000;
const LONGEST_WAIT_S = 5;

/** BullMQ's worker, made to behave while its server does not. */
export class PatientWorker extends Worker<unknown, unknown, string, IQueueBackend> {
  /**
   * BullMQ asks again at once after every error but a refused connection. A server that is starting, full or out of
   * memory would be asked thousands of times a second.
   */
  protected override async moveToActive(token: string, name?: string): Promise<Job<unknown, unknown>> {
    try {
      return await super.moveToActive(token, name);
    } catch (error) {
      if (!this.closing) await sleep(PAUSE_AFTER_ERROR_MS, undefined, { ref: false });
      throw error;
    }
  }

  /** After a lost connection BullMQ may trust a notification for up to an hour; looking costs one query in 5 s. */
  protected override getBlockTimeout(blockUntil: number): number {
    return Math.min(super.getBlockTimeout(blockUntil), LONGEST_WAIT_S);
  }

  /** Ends although handlers still run: what {@link close} would wait for. Give their jobs back first. */
  async abandon(): Promise<void> {
    await this.pause(true);
    await this.lockManager.close();
    await this.disconnect();
  }
}
