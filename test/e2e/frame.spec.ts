import { createTestDatabase } from '../database/test-database';
import { answerOf, type Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { postSignIn, signInAs } from './console-client';
import { problemOf } from './problems';

let plain: TestApp;
let secure: TestApp;
const TOKEN = 'mot-ma-thong-hanh-dai';

beforeAll(async () => {
  plain = await startTestApp({ workers: false });
  secure = await startTestApp({
    workers: false,
    environment: { PUBLIC_URL: 'https://cho40.test', METRICS_TOKEN: TOKEN, DEMO: 'true' },
  });
});
afterAll(() => Promise.all([plain.stop(), secure.stop()]));

/** A queue opens after the doors do. */
async function becomesReady(app: TestApp): Promise<boolean> {
  for (let tries = 0; tries < 200; tries += 1) if ((await get(app, '/health/ready')).status === 200) return true;
  return false;
}

async function get({ url }: TestApp, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return answerOf(await fetch(url + path, { headers }));
}

describe('health', () => {
  it('is fine', async () => {
    expect(await becomesReady(plain)).toBe(true);
    const { status, body } = await get(plain, '/health/live');
    expect([status, body]).toEqual([200, { status: 'ok' }]);
  });
});

describe('metrics', () => {
  const refused = { status: 401, code: 'metrics_token_required' };

  it('are read on the machine itself', async () => {
    await get(plain, '/api/v1/markets/TEST1');
    const { status, headers, bytes } = await get(plain, '/metrics');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(bytes.toString()).toContain(
      'cho40_http_request_seconds_count{method="GET",route="/api/v1/markets/:code",status="401"} 1',
    );
  });

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'])(
    'are not handed on by a proxy that stands there (%s)',
    async (header) => {
      expect(problemOf(await get(plain, '/metrics', { [header]: '127.0.0.1' }))).toEqual(refused);
    },
  );

  it.each([
    ['no token', undefined, 401],
    ['another token', 'Bearer mot-ma-thong-hanh-khac', 401],
    ['the token as password', `Basic ${TOKEN}`, 401],
    ['a longer token', `Bearer ${TOKEN}x`, 401],
    ['the token', `Bearer ${TOKEN}`, 200],
  ])('with METRICS_TOKEN set, %s', async (_name, authorization, status) => {
    const answer = await get(secure, '/metrics', authorization ? { authorization } : {});
    expect(answer.status).toBe(status);
  });
});

describe('headers', () => {
  const PATHS = ['/api/v1/markets', '/api/v1/nothing', '/health/live', '/nothing', '/api/openapi.json'];

  it.each(PATHS)('%s protects the browser', async (path) => {
    const { headers } = await get(plain, path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'self'.*object-src 'none'.*frame-ancestors 'none'/);
    expect(policy).not.toContain('unsafe');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('server') ?? headers.get('x-powered-by')).toBeNull();
  });

  it('keep everything under /api out of caches', async () => {
    const client = await signInAs(plain);
    for (const path of ['/api/v1/markets', '/api/v1/auth/session', '/api/openapi.json', '/api/v1/nothing']) {
      expect([path, (await client.get(path)).headers.get('cache-control')]).toEqual([path, 'no-store']);
    }
  });

  it('ask for https where people come by https, and only there', async () => {
    expect((await get(secure, '/health/live')).headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
    expect((await get(plain, '/health/live')).headers.get('strict-transport-security')).toBeNull();
  });

  it('answer no other site’s preflight', async () => {
    const response = await fetch(`${plain.url}/api/v1/markets`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

it('over https the session’s cookie belongs to this host alone', async () => {
  const client = await signInAs(secure);
  const answer = await postSignIn(secure.url, client.staff);
  expect(answer.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/),
  ]);
  expect(answer.body.demo).toBe(true);
});

it('several processes boot on one empty database', async () => {
  const empty = await createTestDatabase({ migrated: false });
  const environment = { DATABASE_URL: empty.appUrl, DATABASE_MIGRATION_URL: empty.ownerUrl };
  const apps = await Promise.all([1, 2, 3].map(() => startTestApp({ workers: false, environment })));
  for (const app of apps) expect(await becomesReady(app)).toBe(true);
  await Promise.all(apps.map((app) => app.stop()));
  await empty.drop();
});
