import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { reportDays } from './demo/demo-ledger';
import { DEMO_PASSWORD, DEMO_SIGN_INS } from './demo/demo-plan';
import { enrolStaff, goTheWay, issueCodes, registerProvince, registrationDay } from './demo/demo-province';
import { provinceTable } from './demo/demo-table';
import { SeedClock } from './demo/seed-clock';
import { addDays } from './kernel/business-day';
import { MarketsService } from './markets/markets.service';
import { Env } from './platform/config/env';
import { runAs } from './platform/actor';
import { explainAndExit, runUntilSignal } from './platform/process';
import { TotalsService } from './reports/totals.service';
import { startServer } from './server';

/** `npm run demo`: the system with an invented province, in a data folder of its own unless DATA_DIR names one. */
async function main(): Promise<void> {
  const { DATA_DIR = join('.data', 'demo'), LOG_LEVEL = 'warn', ...given } = process.env;
  const env = Env.read({ ...given, DATA_DIR, LOG_LEVEL, DEMO: 'true' });
  say('Chợ 4.0 – DỮ LIỆU DEMO (demo data)');
  const clock = new SeedClock();
  const app = await runUntilSignal(() => startServer({ env, applicationName: 'cho40-demo', workers: true, clock }));
  await runAs({ kind: 'system', id: 'demo' }, () => present(app, clock, env));
}

async function present(app: INestApplicationContext, clock: SeedClock, env: Env): Promise<void> {
  const { total: markets } = await app.get(MarketsService, { strict: false }).list({ limit: 1 });
  if (markets === 0) await seed(app, clock, env);
  const today = clock.today();
  const period = { from: addDays(today, -30), to: addDays(today, -1) };
  const totals = await app.get(TotalsService, { strict: false }).totalsOf({ ...period, by: 'market' });
  say(`\n${provinceTable(totals)}\n`);
  for (const { email, title } of DEMO_SIGN_INS) say(`  ${email}  ${DEMO_PASSWORD}  (${title})`);
  say(`\nMở (open): ${env.publicUrl}\nDừng (stop): Ctrl+C`);
}

/** Lives through the last five months, by the real services and, for the banks, by the real signed API. */
async function seed(app: INestApplicationContext, clock: SeedClock, env: Env): Promise<void> {
  const today = clock.today();
  clock.goTo(registrationDay(today), 9);
  await enrolStaff(app);
  const { markets, stalls } = await registerProvince(app);
  say(`${markets} chợ (markets), ${stalls} điểm kinh doanh (stalls)`);
  say(`${await issueCodes(app)} mã VietQR (codes)`);
  await goTheWay(app, clock, today);
  say('Số liệu 60 ngày của ba ngân hàng (60 days of three banks):');
  await reportDays(app, clock, today, { publicUrl: env.publicUrl, say });
  clock.goLive();
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch(explainAndExit);
