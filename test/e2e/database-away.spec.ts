import { createTestDatabase, type TestDatabase } from '../database/test-database';
import { TcpProxy } from '../faults/tcp-proxy';
import type { Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { type ConsoleClient, signInAs } from './console-client';
import { problemOf } from './problems';

jest.setTimeout(30_000);

let behind: TestDatabase;
let proxy: TcpProxy;
let testApp: TestApp;
let client: ConsoleClient;

beforeAll(async () => {
  behind = await createTestDatabase();
  proxy = await TcpProxy.inFrontOf(behind.appUrl);
  const environment = { DATABASE_URL: proxy.url, DATABASE_MIGRATION_URL: behind.ownerUrl };
  testApp = await startTestApp({ workers: false, environment });
  client = await signInAs(testApp);
});
afterAll(async () => {
  await testApp.stop();
  await proxy.close();
  await behind.drop();
});

/** The answer, which must come within five seconds whatever happens (robustness R5). */
async function inTime(asking: Promise<Answer>): Promise<Answer> {
  const from = performance.now();
  const answer = await asking;
  expect(performance.now() - from).toBeLessThan(5_000);
  return answer;
}

describe.each<[string, () => void | Promise<void>]>([
  ['gone', () => proxy.cut()],
  ['silent', () => proxy.silence()],
])('while the database is %s', (_name, goAway) => {
  beforeAll(goAway);

  it('the process says that it lives, and what it lacks', async () => {
    const [live, ready] = await Promise.all([client.get('/health/live'), inTime(client.get('/health/ready'))]);
    expect(live.status).toBe(200);
    expect(problemOf(ready)).toEqual({ status: 503, code: 'not_ready' });
    expect(ready.headers.get('retry-after')).toBe('5');
    expect(ready.body.detail).toMatch(/database.*queue_database_unreachable/);
  });

  it('every request ends in time and says when to come back', async () => {
    const answers = await Promise.all([
      inTime(client.get('/api/v1/markets')),
      inTime(client.post('/api/v1/markets/TEST1/qr-issues')),
      inTime(client.post('/api/v1/auth/sign-in', { email: 'lan@example.vn', password: 'mười hai con giáp' })),
    ]);
    for (const answer of answers) {
      expect(problemOf(answer)).toEqual({ status: 503, code: 'database_unavailable' });
      expect(answer.headers.get('retry-after')).toBe('5');
    }
  });

  it('all is well again once it is back, without a restart', async () => {
    await proxy.restore();
    for (let tries = 0; tries < 20 && (await client.get('/health/ready')).status !== 200; tries += 1);
    expect((await client.get('/health/ready')).status).toBe(200);
    expect((await client.get('/api/v1/markets')).status).toBe(200);
  });
});
