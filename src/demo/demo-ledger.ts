import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { BankKeyService } from '../banks/bank-key.service';
import { BanksService } from '../banks/banks.service';
import { addDays, type BusinessDay } from '../kernel/business-day';
import { SubmissionsService } from '../submissions/submissions.service';
import { DemoBankClient } from './demo-bank';
import { DEMO_BANKS, DEMO_DAYS, type DemoBank } from './demo-plan';
import type { DemoStall } from './demo-takings';
import type { SeedClock } from './seed-clock';

interface Reporter {
  readonly bank: DemoBank;
  readonly client: DemoBankClient;
  readonly stalls: readonly DemoStall[];
}

const MORNING = 7;
const AFTERNOON = 15;

/** Sixty days of three banks, posted and signed as banks do, each on the morning after (or late, or corrected). */
export async function reportDays(
  app: INestApplicationContext,
  clock: SeedClock,
  today: BusinessDay,
  options: { publicUrl: string; say: (line: string) => void },
): Promise<void> {
  const first = addDays(today, -DEMO_DAYS);
  clock.goTo(first, MORNING);
  const reporters: Reporter[] = [];
  for (const bank of DEMO_BANKS) reporters.push(await enrol(app, bank, first, options.publicUrl, clock));
  for (let daysAgo = DEMO_DAYS; daysAgo >= 1; daysAgo -= 1) {
    const day = addDays(today, -daysAgo);
    for (const { bank, client, stalls } of reporters) {
      if (bank.missing.includes(daysAgo)) continue;
      clock.goTo(addDays(day, 1), bank.late.includes(daysAgo) ? AFTERNOON : MORNING);
      await client.report(day, stalls);
      if (bank.corrected.includes(daysAgo + 2)) await client.report(addDays(day, -2), stalls, 2);
    }
    await untilPosted(app);
    if (daysAgo % 10 === 0) options.say(`  ${DEMO_DAYS - daysAgo} / ${DEMO_DAYS} ngày (days)`);
  }
}

async function enrol(
  app: INestApplicationContext,
  bank: DemoBank,
  from: BusinessDay,
  publicUrl: string,
  clock: SeedClock,
): Promise<Reporter> {
  await app.get(BanksService, { strict: false }).agreeOnReporting(bank.bin, from);
  const key = await app.get(BankKeyService, { strict: false }).create(bank.bin, bank.alg);
  const client = new DemoBankClient(bank, key, publicUrl, clock);
  return { bank, client, stalls: await client.stalls() };
}

/** The clock must not leave a day before its submissions are judged. */
async function untilPosted(app: INestApplicationContext): Promise<void> {
  const submissions = app.get(SubmissionsService, { strict: false });
  for (;;) {
    const waiting = await Promise.all(
      (['RECEIVED', 'PROCESSING'] as const).map((state) => submissions.list({ state, limit: 1 })),
    );
    if (waiting.every(({ total }) => total === 0)) return;
    await pause(20);
  }
}
