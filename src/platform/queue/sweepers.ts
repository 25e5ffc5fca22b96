import { Injectable, Logger } from '@nestjs/common';
import { runAs } from '../actor';
import { errorText } from '../log/error-facts';
import { JobHandlers, type JobNote } from './job-handlers';

/** Finds rows whose job was never rung or got lost, and rings again, as the system's actor of its name. Safe to run twice. */
export interface Sweeper {
  /** Unique, for the log: `submissions`. */
  readonly name: string;
  /** @returns how many it found. Takes a bounded batch; the next sweep takes the rest. */
  sweep(): Promise<number>;
}

/** Everything that looks for forgotten work; a module adds its own in a constructor. */
@Injectable()
export class Sweepers {
  private readonly sweepers = new Map<string, Sweeper>();
  private readonly logger = new Logger(Sweepers.name);

  constructor(handlers: JobHandlers) {
    handlers.handle('sweep', () => this.sweepAll());
  }

  /** @throws when the name is taken: the process does not start. */
  add(sweeper: Sweeper): void {
    if (this.sweepers.has(sweeper.name)) throw new Error(`two sweepers are called ${sweeper.name}`);
    this.sweepers.set(sweeper.name, sweeper);
  }

  /** One that fails does not keep the others from their work. @throws at the end if any failed */
  private async sweepAll(): Promise<JobNote> {
    const found: Record<string, number> = {};
    const failures: unknown[] = [];
    for (const sweeper of this.sweepers.values()) {
      try {
        found[sweeper.name] = await runAs({ kind: 'system', id: sweeper.name }, () => sweeper.sweep());
      } catch (error) {
        failures.push(error);
        this.logger.error({ sweeper: sweeper.name, error: errorText(error) });
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} sweepers failed`);
    return found;
  }
}
