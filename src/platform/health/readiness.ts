import { Injectable } from '@nestjs/common';
import { Database, sql } from '../db/database';
import { JobQueue } from '../queue/job-queue';

const ASK_LIMIT_MS = 2_000;

/** Whether what this process stands on answers, within two seconds. */
@Injectable()
export class Readiness {
  constructor(
    private readonly database: Database,
    private readonly queue: JobQueue,
  ) {}

  /** Names of what does not answer, with the reason where one is known; empty when ready. */
  async culprits(): Promise<string[]> {
    const [database, queue] = await Promise.all([this.databaseAnswers(), this.queue.health()]);
    return [...(database ? [] : ['database']), ...(queue.up ? [] : [`queue (${queue.reason ?? 'unknown'})`])];
  }

  private async databaseAnswers(): Promise<boolean> {
    try {
      await this.database.read((tx) => sql(tx, 'SELECT 1'), { limitMs: ASK_LIMIT_MS });
      return true;
    } catch {
      return false;
    }
  }
}
