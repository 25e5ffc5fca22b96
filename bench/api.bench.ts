import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './alternate';
import type { BenchRow } from './bench-row';
import { load } from './load';
import { Program } from './program';
import { type BenchSession, openSession, seedMarkets } from './api.fixture';

const CONNECTIONS = 50;
const TURN_MS = 2_000;
const ROUNDS = 5;
/** The largest province (product rules §5), and a thousand pages of fifty. */
const PROVINCE_MARKETS = 700;
const THOUSAND_PAGES = 50_100;

/** P7: a list of 50 rows at 50 connections against bare http + pg, and its 1 000th page against its first. */
export async function benchApi(): Promise<BenchRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cho40-bench-'));
  const program = await Program.start(dataDir);
  try {
    const session = await openSession(dataDir, program.url);
    await seedMarkets(session.databaseUrl, 1, PROVINCE_MARKETS);
    const list = await listRow(program.url, session);
    await seedMarkets(session.databaseUrl, PROVINCE_MARKETS + 1, THOUSAND_PAGES);
    const depth = await depthRow(program.url, session);
    await session.close();
    return [list, depth];
  } finally {
    await program.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function listRow(url: string, session: BenchSession): Promise<BenchRow> {
  const bare = fork(join(__dirname, 'bare-server.js'), [session.databaseUrl]);
  try {
    const [port] = (await once(bare, 'message')) as [number];
    const turns: { ours: number; peer: number; p95: number }[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const shape = { connections: CONNECTIONS, ms: TURN_MS };
      const ours = await load(`${url}/api/v1/markets?limit=50`, { ...shape, headers: session.headers });
      const peer = await load(`http://127.0.0.1:${port}/`, { ...shape, headers: {} });
      if (round > 0) turns.push({ ours: ours.perSecond, peer: peer.perSecond, p95: ours.p95 });
    }
    const ratio = median(turns.map(({ ours, peer }) => ours / peer));
    return {
      id: 'P7',
      job: `list of 50 of ${PROVINCE_MARKETS}, ${CONNECTIONS} connections (p95 ${median(turns.map(({ p95 }) => p95)).toFixed(0)} ms)`,
      ours: `${Math.round(median(turns.map(({ ours }) => ours)))}/s`,
      peer: `bare http + pg ${Math.round(median(turns.map(({ peer }) => peer)))}/s`,
      ratio,
      goal: '≥ 0.85 ×',
      met: ratio >= 0.85,
    };
  } finally {
    bare.kill();
  }
}

/** Walks to page 1 000 by its cursors, then asks for the first and the last page in turns. */
async function depthRow(url: string, { headers }: BenchSession): Promise<BenchRow> {
  const first = `${url}/api/v1/markets?limit=50`;
  let page = first;
  for (let number = 1; number < 1_000; number += 1) {
    const answer = (await (await fetch(page, { headers })).json()) as { nextCursor: string };
    page = `${first}&cursor=${answer.nextCursor}`;
  }
  const turns: { first: number; last: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const shape = { connections: 1, ms: 1_000, headers };
    const turn = { first: await load(first, shape), last: await load(page, shape) };
    if (round > 0) turns.push({ first: 1_000 / turn.first.perSecond, last: 1_000 / turn.last.perSecond });
  }
  const ratio = median(turns.map((turn) => turn.last / turn.first));
  return {
    id: 'P7',
    job: 'page 1 000 of the list',
    ours: `${median(turns.map(({ last }) => last)).toFixed(2)} ms`,
    peer: `page 1 ${median(turns.map((turn) => turn.first)).toFixed(2)} ms`,
    ratio,
    goal: '≤ 2 ×',
    met: ratio <= 2,
  };
}
