import type { BenchRow } from './bench-row';
import { benchApi } from './api.bench';
import { benchQr } from './qr.bench';
import { benchStart } from './start.bench';
import { benchVietQr } from './vietqr.bench';

const BENCHES = { P1: benchVietQr, P2: benchQr, P7: benchApi, P9: benchStart } as const;

/** `npm run bench [-- P1 P7]`: measures and prints every figure beside its goal, met or not. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  for (const [id, bench] of Object.entries(BENCHES)) {
    if (wanted.length > 0 && !wanted.includes(id)) continue;
    for (const row of await bench()) process.stdout.write(`${lineOf(row)}\n`);
  }
}

function lineOf({ id, job, ours, peer, ratio, goal, met }: BenchRow): string {
  const figure = `${ratio.toFixed(2)}`.padStart(8);
  return `${id.padEnd(4)}${job.padEnd(52)}${ours.padStart(12)}  ${peer.padEnd(28)}${figure}  goal ${goal.padEnd(10)} ${met ? 'met' : 'NOT MET'}`;
}

void main();
