import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

export interface LoadResult {
  readonly perSecond: number;
  /** 95th percentile of the answer times, ms. */
  readonly p95: number;
}

/** Asks one address over and over on `connections` kept-alive connections for `ms`. @throws on any answer but 200 */
export async function load(
  url: string,
  { connections, ms, headers }: { connections: number; ms: number; headers: Record<string, string> },
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const start = performance.now();
  const worker = async (): Promise<void> => {
    while (performance.now() - start < ms) {
      const asked = performance.now();
      await get(url, agent, headers);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const elapsed = performance.now() - start;
  agent.destroy();
  times.sort((a, b) => a - b);
  return { perSecond: (times.length * 1_000) / elapsed, p95: times[Math.floor(times.length * 0.95)] ?? Number.NaN };
}

function get(url: string, agent: Agent, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers }, (answer) => {
      answer.resume();
      answer.on('error', reject);
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`${answer.statusCode} ${url}`)),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}
