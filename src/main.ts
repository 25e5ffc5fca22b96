import { Env } from './platform/config/env';
import { explainAndExit, runUntilSignal } from './platform/process';
import { startServer } from './server';

/** `node main.js` serves and works; `node main.js --api-only` leaves the jobs to worker processes. */
async function main(): Promise<void> {
  const workers = !process.argv.includes('--api-only');
  await runUntilSignal(() => startServer({ env: Env.read(), applicationName: 'cho40-api', workers }));
}

main().catch(explainAndExit);
