import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { StartupError } from '../startup-error';
import { errorCode, isConnectionLost } from './db.errors';

const OLDEST_VERSION = 150_000;
const CONNECT_TIMEOUT_MS = 3_000;
const PAUSE_MS = 250;

interface ServerFacts {
  readonly version: number;
  readonly encoding: string;
  readonly hasVietnameseOrder: boolean;
  readonly passesPolicies: boolean;
}

/**
 * Waits a moment for a server that is just coming up, then makes sure that it can carry this system, and that the
 * application's role is held to row-level security: for a superuser it would be switched off without a word.
 * @throws StartupError that names what is missing; the password never appears.
 */
export async function checkServer(url: string, patienceMs: number, isApplication: boolean): Promise<void> {
  const facts = await askPatiently(url, performance.now() + patienceMs);
  if (facts.version < OLDEST_VERSION) {
    throw new StartupError('database_too_old', {
      vi: `Cần PostgreSQL 15 trở lên, máy chủ là bản ${majorOf(facts.version)}.`,
      en: `PostgreSQL 15 or newer is needed, the server is version ${majorOf(facts.version)}.`,
    });
  }
  if (facts.encoding !== 'UTF8') {
    throw new StartupError('database_encoding', {
      vi: `Cơ sở dữ liệu phải dùng mã hoá UTF8, hiện là ${facts.encoding}.`,
      en: `The database must be encoded in UTF8, it is ${facts.encoding}.`,
    });
  }
  if (!facts.hasVietnameseOrder) {
    throw new StartupError('database_without_icu', {
      vi: 'PostgreSQL này không có thứ tự tiếng Việt của ICU (collation "vi-x-icu"). Hãy dùng bản có ICU.',
      en: 'This PostgreSQL lacks the Vietnamese order of ICU (collation "vi-x-icu"). Use a build with ICU.',
    });
  }
  if (isApplication) checkRole(url, facts);
}

function checkRole(url: string, { passesPolicies }: ServerFacts): void {
  if (!passesPolicies) return;
  const { user } = new Client({ connectionString: url });
  throw new StartupError('database_role_too_strong', {
    vi: `Vai trò ${user} bỏ qua phân quyền theo dòng (SUPERUSER hoặc BYPASSRLS). Hãy tạo hai vai trò thường, xem docker/postgres/create-roles.sh.`,
    en: `The role ${user} passes row-level security (SUPERUSER or BYPASSRLS). Make two ordinary roles, see docker/postgres/create-roles.sh.`,
  });
}

async function askPatiently(url: string, deadline: number): Promise<ServerFacts> {
  for (;;) {
    try {
      return await ask(url);
    } catch (error) {
      const mayPass = isConnectionLost(error) && performance.now() < deadline;
      if (!mayPass) throw connectionRefusal(url, error);
      await sleep(PAUSE_MS);
    }
  }
}

async function ask(url: string): Promise<ServerFacts> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<ServerFacts>(`
      SELECT current_setting('server_version_num')::int AS version,
             current_setting('server_encoding') AS encoding,
             EXISTS (SELECT FROM pg_collation WHERE collname = 'vi-x-icu') AS "hasVietnameseOrder",
             (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS "passesPolicies"`);
    const [facts] = rows;
    if (!facts) throw new Error('the server did not answer');
    return facts;
  } finally {
    void client.end().catch(() => undefined);
  }
}

function connectionRefusal(url: string, error: unknown): StartupError {
  const { host, database, user } = new Client({ connectionString: url });
  const where = `${user}@${host}/${database}`;
  const reason = error instanceof Error && error.message ? error.message : (errorCode(error) ?? String(error));
  if (isConnectionLost(error)) {
    return new StartupError(
      'database_unreachable',
      {
        vi: `Không kết nối được PostgreSQL ${where}: ${reason}. Kiểm tra DATABASE_URL và máy chủ.`,
        en: `Cannot reach PostgreSQL at ${where}: ${reason}. Check DATABASE_URL and the server.`,
      },
      error,
    );
  }
  return new StartupError(
    'database_refused',
    {
      vi: `PostgreSQL từ chối ${where}: ${reason}. Kiểm tra tên, mật khẩu và cơ sở dữ liệu trong DATABASE_URL.`,
      en: `PostgreSQL refuses ${where}: ${reason}. Check user, password and database in DATABASE_URL.`,
    },
    error,
  );
}

function majorOf(version: number): number {
  return Math.floor(version / 10_000);
}
