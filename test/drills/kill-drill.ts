import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { addDays } from '../../src/kernel/business-day';
import { SystemClock } from '../../src/kernel/clock';
import { sql, sqlOne } from '../../src/platform/db/database';
import type { Proof } from '../../src/submissions/ledger-proof.service';
import { TEST_SEALING_KEY } from '../database/test-secrets';
import { PUBLIC_URL, startTestApp, type TestApp } from '../e2e/app';
import { RESERVATION_MS } from '../../src/banks/idempotency.rules';
import { BankClient, bankWithKey } from '../e2e/bank-client';
import { judge, post, prove } from '../e2e/posting';
import { saveSampleRegister } from '../factories/register.factory';
import { DrillBank, type DrillSubmission, seeded } from './drill-submissions';
import { ServerProcess } from './server-process';

export interface DrillOptions {
  readonly kills: number;
  readonly seed: number;
  readonly linesPerSubmission?: number;
  /**
   * `sweeper`: the program is started once more and has to find what was left by itself, within the 120 s of robustness
   * R1. `at once`: what was left is processed as the sweeper would have it, without waiting for the queue's locks.
   */
  readonly recovery: 'sweeper' | 'at once';
}

export interface DrillReport {
  readonly seed: number;
  readonly kills: number;
  /** Kills that met a submission between claim and commit, and kills that cut a request off. */
  readonly killsWhilePosting: number;
  readonly killsWhileReceiving: number;
  readonly answered: number;
  readonly sentAgain: number;
  readonly recoverySeconds: number;
  readonly expected: { readonly lines: string; readonly amount: string };
  readonly found: { readonly lines: string; readonly amount: string };
  /** References that are held more than once, or were answered and are not there. */
  readonly wrongReferences: readonly string[];
  readonly proofs: readonly Proof[];
}

const CLIENTS = 3;
/** Files that wait for a worker, or for an answer, beyond which nothing new is sent: this is about kills, not volume. */
const BACKLOG = 4;
const LONGEST_DELAY_MS = 250;
const RECOVERY_LIMIT_MS = 120_000;
const POLL_MS = 5;
/** A bank that was not answered tries again a little later. */
const RETRY_MS = 100;

/** Kills the program at random moments while banks send, and compares the totals with what was answered 2xx. */
export async function killDrill(options: DrillOptions): Promise<DrillReport> {
  const inspector = await startTestApp({ workers: false });
  const dataDir = mkdtempSync(join(tmpdir(), 'kill-drill-'));
  const server = await ServerProcess.at(environmentOf(inspector, dataDir));
  try {
    return await new KillDrill(options, inspector, server).run();
  } finally {
    await server.kill();
    await inspector.stop();
    rmSync(dataDir, { recursive: true });
  }
}

function environmentOf({ urls }: TestApp, dataDir: string): Record<string, string> {
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PUBLIC_URL,
    // Banks that stop at nothing: what a minute may bring is tested elsewhere.
    RATE_ADDRESS: '100000000',
    RATE_BANK_KEY: '100000000',
    DATA_DIR: dataDir,
    DATABASE_URL: urls.appUrl,
    DATABASE_MIGRATION_URL: urls.ownerUrl,
    SEALING_KEY: TEST_SEALING_KEY.toString('base64'),
  };
}

class KillDrill {
  private readonly random: () => number;
  private readonly source: DrillBank;
  private readonly proofs: Proof[] = [];
  private readonly answered: string[] = [];
  private readonly unanswered: DrillSubmission[] = [];
  private startedAt = new Date(0);
  private sending = true;
  private underWay = 0;
  private sentAgain = 0;
  private killsWhilePosting = 0;
  private killsWhileReceiving = 0;

  constructor(
    private readonly options: DrillOptions,
    private readonly inspector: TestApp,
    private readonly server: ServerProcess,
  ) {
    this.random = seeded(options.seed);
    const yesterday = addDays(new SystemClock().today(), -1);
    this.source = new DrillBank(yesterday, seeded(options.seed + 1), options.linesPerSubmission ?? 20_000);
  }

  async run(): Promise<DrillReport> {
    await this.inspector.database.write((tx) => saveSampleRegister(tx));
    const { bin, key } = await bankWithKey(this.inspector, '970436');
    const bank = new BankClient({ url: this.server.url, clock: new SystemClock() }, bin, key);
    await this.start();
    const clients = Array.from({ length: CLIENTS }, () => this.send(bank));
    try {
      for (let kill = 1; kill <= this.options.kills; kill += 1) await this.killAndStartAgain();
    } finally {
      this.sending = false;
      await Promise.allSettled(clients);
    }
    await Promise.all(clients);
    return this.report(await this.recover(bank));
  }

  private async killAndStartAgain(): Promise<void> {
    await this.killAtSomeMoment();
    this.proofs.push(await prove(this.inspector));
    await this.start();
  }

  /** New files, and those that were not answered before; never many of either. */
  private async send(bank: BankClient): Promise<void> {
    while (this.sending) {
      await until(async () => !this.sending || (await this.count(`state = 'RECEIVED'`)) < BACKLOG);
      const former = this.unanswered.length > this.random() * BACKLOG ? this.unanswered.shift() : undefined;
      const submission = former ?? this.source.next();
      if (former) this.sentAgain += 1;
      if (await this.attempt(bank, submission)) continue;
      this.unanswered.push(submission);
      await pause(RETRY_MS);
    }
  }

  /** @returns whether it was answered 2xx; otherwise it has to be sent again, under the same key */
  private async attempt(bank: BankClient, submission: DrillSubmission): Promise<boolean> {
    const { reference, body } = submission;
    this.underWay += 1;
    const answer = await post(bank, body, { idempotencyKey: reference }).catch(() => null);
    this.underWay -= 1;
    if (!answer || answer.status >= 500) return false;
    if ((answer.body.code as unknown) === 'request_in_progress') return false;
    if (answer.status >= 300) throw new Error(`${reference}: ${answer.status} ${answer.bytes.toString()}`);
    this.source.noteAnswered(submission);
    this.answered.push(reference);
    return true;
  }

  /** A bank gives up on nothing. */
  private async sendTheRest(bank: BankClient): Promise<void> {
    for (let next = this.unanswered.shift(); next; next = this.unanswered.shift()) {
      const submission = next;
      this.sentAgain += 1;
      await until(() => this.attempt(bank, submission), RECOVERY_LIMIT_MS);
    }
  }

  /** Waits for a posting or a request to be under way, then up to a quarter of a second more. */
  private async killAtSomeMoment(): Promise<void> {
    const posting = `state = 'PROCESSING' AND claimed_at > $1`;
    const whilePosting = this.random() < 0.6;
    const startedAt = this.startedAt;
    await until(async () => (whilePosting ? (await this.count(posting, startedAt)) > 0 : this.underWay > 0));
    await pause(this.random() * LONGEST_DELAY_MS);
    const receiving = this.underWay > 0;
    await this.server.kill();
    if (receiving) this.killsWhileReceiving += 1;
    if ((await this.count(posting, startedAt)) > 0) this.killsWhilePosting += 1;
  }

  private async start(): Promise<void> {
    this.startedAt = new Date();
    await this.server.start();
  }

  /** @returns the seconds it took until nothing was open any more */
  private async recover(bank: BankClient): Promise<number> {
    const startedAt = performance.now();
    if (this.options.recovery === 'sweeper') await this.sendTheRest(bank);
    else {
      await this.server.kill();
      // A reservation of a killed request ends by itself: the inspector's clock is past that moment.
      this.inspector.clock.set(new Date(Date.now() + RESERVATION_MS + 1_000));
      await this.sendTheRest(new BankClient(this.inspector, bank.bin, bank.key));
      for (const answer of await this.open()) await judge(this.inspector, answer);
    }
    await until(async () => (await this.open()).length === 0, RECOVERY_LIMIT_MS);
    return Math.round((performance.now() - startedAt) / 100) / 10;
  }

  private async open(): Promise<{ body: { id: string } }[]> {
    const rows = await this.inspector.database.read((tx) =>
      sql<{ id: string }>(tx, `SELECT id FROM submissions WHERE state IN ('RECEIVED', 'PROCESSING')`),
    );
    return rows.map((body) => ({ body }));
  }

  private async count(condition: string, ...params: Date[]): Promise<number> {
    const row = await this.inspector.database.read((tx) =>
      sqlOne<{ count: number }>(tx, `SELECT count(*)::int AS count FROM submissions WHERE ${condition}`, params),
    );
    return row?.count ?? 0;
  }

  private async report(recoverySeconds: number): Promise<DrillReport> {
    this.proofs.push(await prove(this.inspector));
    const counting = [...this.source.counting.values()];
    const held = await this.inspector.database.read((tx) =>
      sql<{ reference: string }>(tx, `SELECT reference FROM submissions`),
    );
    const found = await this.inspector.database.read((tx) =>
      sqlOne<{ lines: string; amount: string }>(
        tx,
        `SELECT sum(line_count)::text AS lines, sum(amount)::text AS amount FROM day_totals`,
      ),
    );
    return {
      seed: this.options.seed,
      kills: this.options.kills,
      killsWhilePosting: this.killsWhilePosting,
      killsWhileReceiving: this.killsWhileReceiving,
      answered: this.answered.length,
      sentAgain: this.sentAgain,
      recoverySeconds,
      expected: {
        lines: String(counting.reduce((sum, { lines }) => sum + lines, 0)),
        amount: counting.reduce((sum, { amount }) => sum + amount, 0n).toString(),
      },
      found: found ?? { lines: '0', amount: '0' },
      wrongReferences: difference(
        this.answered,
        held.map(({ reference }) => reference),
      ),
      proofs: this.proofs,
    };
  }
}

/** What is in one list and not, or not as often, in the other. */
function difference(one: readonly string[], other: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of one) counts.set(item, (counts.get(item) ?? 0) + 1);
  for (const item of other) counts.set(item, (counts.get(item) ?? 0) - 1);
  return [...counts].filter(([, count]) => count !== 0).map(([item]) => item);
}

async function until(condition: () => Promise<boolean>, limitMs = 60_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not so within ${limitMs} ms`);
    await pause(POLL_MS);
  }
}
