import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Client } from 'pg';
import { openConnections } from '../src/platform/db/connections';

const CLI = join(__dirname, '..', 'src', 'cli.js');
const SILENT = { info: () => undefined, warn: () => undefined };

/** A person who is signed in, and the database behind the program. */
export interface BenchSession {
  readonly headers: Record<string, string>;
  readonly databaseUrl: string;
  close(): Promise<void>;
}

/** Signs in the way an administrator does for the first time: one-time link from the command line, then a password. */
export async function openSession(dataDir: string, url: string): Promise<BenchSession> {
  const env = { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'error', PUBLIC_URL: url };
  const made = execFileSync(process.execPath, [CLI, 'admin', 'create', '--email', 'bench@cho40.test'], { env });
  const token = new URL((JSON.parse(made.toString()) as { link: string }).link).hash.slice(1);
  const answer = await fetch(`${url}/api/v1/auth/activation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, password: 'a bench is no secret' }),
  });
  if (!answer.ok) throw new Error(`activation answered ${answer.status}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0] ?? '')
    .join('; ');
  const connections = await openConnections({ dataDir, log: SILENT });
  return { headers: { cookie }, databaseUrl: connections.appUrl, close: () => connections.close() };
}

/** Markets number `from` to `to`. */
export async function seedMarkets(databaseUrl: string, from: number, to: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, options: '-c cho40.scope=system' });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO markets (id, code, name, search_text, kind, market_kind, build, in_plan, planned_points,
         operating_points, province_code, commune_code, state_since, created_at, updated_at, operator_name)
       SELECT gen_random_uuid(), 'B' || lpad(n::text, 7, '0'), 'Chợ ' || md5(n::text), 'cho ' || md5(n::text), 'market',
         'civil', 'solid', true, 120, 100, '92', '31510', '2026-01-01', now(), now(), 'Ban quản lý'
       FROM generate_series($1::int, $2::int) n`,
      [from, to],
    );
    await client.query('ANALYZE markets');
  } finally {
    await client.end();
  }
}
