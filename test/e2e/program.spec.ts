import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createTestDatabase, type TestDatabase } from '../database/test-database';
import { sqlOne } from '../../src/platform/db/database';
import { saveMarket, saveStall } from '../factories/market.factory';
import { saveStaff, TEST_PASSWORD } from '../factories/staff.factory';
import { saveOccupiedStall } from '../factories/vendor.factory';
import { Program } from '../processes/program';
import { type Answer, answerOf } from './answers';
import { ConsoleClient, cookieOf, postSignIn } from './console-client';

jest.setTimeout(60_000);

const KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64');
const CRLF = '\r\n';

let database: TestDatabase;
const running: Program[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  for (const program of running) program.signal('SIGKILL');
  await Promise.all(running.map((program) => program.end()));
  await database.drop();
});

function start(name: 'main' | 'worker', ...args: string[]): Program {
  const environment = {
    DATABASE_URL: database.appUrl,
    DATABASE_MIGRATION_URL: database.ownerUrl,
    SEALING_KEY: KEY,
    PUBLIC_URL: 'http://cho40.test',
  };
  const program = Program.start(name, environment, ...args);
  running.push(program);
  return program;
}

async function signIn(url: string): Promise<ConsoleClient> {
  const staff = await database.database.write((tx) => saveStaff(tx));
  const answer = await postSignIn(url, staff);
  return new ConsoleClient(url, staff, cookieOf(answer), answer.body.csrfToken as unknown as string);
}

/** A sign-in whose body comes later, so that the request is under way for as long as the test wants. */
async function beginSignIn(url: string): Promise<{ socket: Socket; finish: () => Promise<string> }> {
  const body = JSON.stringify({ email: 'khong.ai@example.vn', password: TEST_PASSWORD });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'connect');
  const head = ['POST /api/v1/auth/sign-in HTTP/1.1', 'Host: x', 'Content-Type: application/json'];
  // The server says when it has taken the request up.
  socket.write([...head, 'Expect: 100-continue', `Content-Length: ${Buffer.byteLength(body)}`, '', ''].join(CRLF));
  await once(socket, 'data');
  const finish = async (): Promise<string> => {
    socket.write(body);
    await once(socket, 'close');
    return Buffer.concat(chunks).toString();
  };
  return { socket, finish };
}

/** Until the server has gone on with its shutdown: a new request is turned away, or nobody listens. */
async function turnedAway(url: string): Promise<Answer | 'nobody listens'> {
  for (;;) {
    const answer = await fetch(`${url}/api/v1/markets`).then(answerOf, () => 'nobody listens' as const);
    if (answer === 'nobody listens' || answer.status === 503) return answer;
  }
}

it('an API and a worker run apart: what one is asked for, the other does', async () => {
  const market = await database.database.write(async (tx) => {
    const saved = await saveMarket(tx);
    await saveOccupiedStall(tx, await saveStall(tx, saved));
    return saved;
  });
  const [api, worker] = [start('main', '--api-only'), start('worker')];
  const client = await signIn(await api.address());
  expect((await client.post(`/api/v1/markets/${market.code}/qr-issues`)).body).toEqual({ issued: 1, skipped: [] });
  const pack = await client.post(`/api/v1/markets/${market.code}/card-packs`, { layout: 'a4_sheet' });
  expect(pack.status).toBe(202);

  const done = await worker.line((line) => line.job === 'make-card-pack' && line.outcome === 'done');
  expect(done).toMatchObject({ state: 'done', cards: 1 });
  const file = await client.get(`/api/v1/card-packs/${pack.body.id as unknown as string}/file`);
  expect([file.status, file.bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
  expect(api.text).not.toContain('"job":');

  worker.signal('SIGTERM');
  api.signal('SIGINT');
  expect(await Promise.all([worker.end(), api.end()])).toEqual([0, 0]);
  expect([worker.said, api.said]).toEqual(['', '']);

  const secrets = [client.cookie.split('=')[1] ?? '', client.csrfToken, TEST_PASSWORD, client.staff.email, KEY];
  for (const secret of secrets) expect(api.text + worker.text).not.toContain(secret);
});

it('SIGTERM lets what is under way finish, and takes nothing new', async () => {
  const program = start('main');
  const url = await program.address();
  const { finish } = await beginSignIn(url);
  program.signal('SIGTERM');
  await program.line(({ context }) => context === 'shutdown');
  const refusal = await turnedAway(url);
  if (refusal !== 'nobody listens') expect(refusal.body.code).toBe('shutting_down');

  const answer = await finish();
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\s+HTTP\/1\.1 401 /);
  expect(answer).toContain('"code":"sign_in_failed"');
  expect(await program.end()).toBe(0);
  const left = await database.database.read((tx) =>
    sqlOne<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND application_name IN ('cho40-api', 'cho40-queue')`,
    ),
  );
  expect(left).toEqual({ count: 0 });
});

it('a second signal ends it at once', async () => {
  const program = start('main', '--api-only');
  const { socket } = await beginSignIn(await program.address());
  socket.on('error', () => undefined);
  program.signal('SIGTERM');
  await program.line(({ context }) => context === 'shutdown');
  program.signal('SIGTERM');
  expect(await program.end()).toBe(1);
});
