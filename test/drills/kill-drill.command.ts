import { openTestServer } from '../database/test-server';
import { killDrill } from './kill-drill';

/** `npm run -s drill -- [KILLS] [SEED]`: prints the report, exits 1 unless every đồng that was answered 2xx is there once. */
async function main(kills = '20', seed = String(Math.floor(Math.random() * 2 ** 31))): Promise<void> {
  const server = await openTestServer();
  process.env.TEST_SERVER = JSON.stringify(server);
  try {
    const { proofs, ...report } = await killDrill({ kills: Number(kills), seed: Number(seed), recovery: 'sweeper' });
    const ok =
      proofs.every((proof) => proof.ok) &&
      report.wrongReferences.length === 0 &&
      JSON.stringify(report.expected) === JSON.stringify(report.found);
    process.stdout.write(`${JSON.stringify({ ok, ...report, proofs: proofs.length }, null, 1)}\n`);
    process.exitCode = ok ? 0 : 1;
  } finally {
    await server.stop();
  }
}

void main(...process.argv.slice(2));
