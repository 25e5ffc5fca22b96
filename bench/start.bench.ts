import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './alternate';
import type { BenchRow } from './bench-row';
import { Program } from './program';

/** P9: the first start makes cluster and schema; the next ones find them. Limits in seconds, not ratios. */
export async function benchStart(): Promise<BenchRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cho40-bench-'));
  try {
    const first = await startAndStop(dataDir);
    const later: number[] = [];
    for (let i = 0; i < 3; i += 1) later.push(await startAndStop(dataDir));
    return [
      row('first start, with initdb and all migrations', first, 20_000),
      row('start on a migrated database', median(later), 5_000),
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function startAndStop(dataDir: string): Promise<number> {
  const program = await Program.start(dataDir);
  await program.stop();
  return program.readyAfterMs;
}

function row(job: string, ms: number, limitMs: number): BenchRow {
  return {
    id: 'P9',
    job,
    ours: `${(ms / 1_000).toFixed(2)} s`,
    peer: '–',
    ratio: ms / limitMs,
    goal: `≤ ${limitMs / 1_000} s`,
    met: ms <= limitMs,
  };
}
