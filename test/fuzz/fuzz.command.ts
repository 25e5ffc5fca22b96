import { parseArgs } from 'node:util';
import { startTestApp } from '../e2e/app';
import { openTestServer } from '../database/test-server';
import { fuzzApi, type FuzzReport } from './fuzz-api';

/**
 * `npm run -s fuzz -- [--runs 2000] [--seed N] [--only OPERATION]`: prints what every operation answered, and exits 1
 * when one of them took an invalid request or fell over. The same seed sends the same requests.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { runs: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
  });
  const { runs = '2000', seed = String(Math.floor(Math.random() * 2 ** 31)), only } = values;
  const server = await openTestServer();
  process.env.TEST_SERVER = JSON.stringify(server);
  try {
    const testApp = await startTestApp({ workers: false });
    const report = await fuzzApi(testApp, { runs: Number(runs), seed: Number(seed), only });
    await testApp.stop();
    process.stdout.write(textOf(report));
    process.exitCode = report.operations.some(({ finding }) => finding !== null) ? 1 : 0;
  } finally {
    await server.stop();
  }
}

function textOf({ seed, operations, withoutInput }: FuzzReport): string {
  const lines = operations.map(({ id, requests, codes, finding }) => {
    const most = Object.entries(codes).sort(([, a], [, b]) => b - a);
    return `${id.padEnd(28)}${String(requests).padStart(6)}  ${most.map(([code, count]) => `${code} ${count}`).join(', ')}${
      finding === null ? '' : `\n  FOUND ${finding}`
    }`;
  });
  const requests = operations.reduce((sum, operation) => sum + operation.requests, 0);
  const found = operations.filter(({ finding }) => finding !== null).length;
  return [
    ...lines,
    `take nothing: ${withoutInput.join(', ')}`,
    `seed ${seed}: ${operations.length} operations, ${requests} requests, ${found} findings`,
    '',
  ].join('\n');
}

void main();
