import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueBackend } from './queue-backend';
import { within } from './time-limit';
import type { TroubleLog } from './trouble-log';

const REACH_LIMIT_MS = 5_000;
const RETRY_MS = 500;

/** What a Queue and a Worker of BullMQ have in common. */
interface Opening {
  on(event: 'error', listener: (error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Builds a Queue or Worker once the server answers, however long that takes. BullMQ on PostgreSQL remembers a first
 * connection that failed and never tries again, so what does not get ready is thrown away and built anew.
 * @returns undefined when stopped first
 */
export async function openPatiently<T extends Opening>(
  backend: QueueBackend,
  build: () => T,
  trouble: TroubleLog,
  stop: AbortSignal,
): Promise<T | undefined> {
  while (!stop.aborted) {
    const built = await tryOpening(backend, build, trouble);
    if (built) return built;
    await sleep(RETRY_MS, undefined, { signal: stop, ref: false }).catch(() => undefined);
  }
  return undefined;
}

async function tryOpening<T extends Opening>(
  backend: QueueBackend,
  build: () => T,
  trouble: TroubleLog,
): Promise<T | undefined> {
  let built: T | undefined;
  try {
    await within(REACH_LIMIT_MS, 'reaching the queue', backend.reach());
    built = build();
    built.on('error', (error) => trouble.report('queue', error));
    await within(REACH_LIMIT_MS, 'opening the queue', built.waitUntilReady());
    return built;
  } catch (error) {
    trouble.report('queue not open', error);
    void built?.close().catch(() => undefined);
    return undefined;
  }
}
