import { sql } from '../../src/platform/db/database';
import type { Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { ConsoleClient, cookieOf, postSignIn, signInAs } from './console-client';
import { fieldsOf, problemOf } from './problems';
import { after, textOf } from './second-factor';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';
const NEW_PASSWORD = 'ba chú vịt qua sông';

let testApp: TestApp;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false, environment: { TRUSTED_PROXIES: '127.0.0.1' } });
});
afterAll(() => testApp.stop());

interface Listed {
  readonly id: string;
  readonly isCurrent: boolean;
  readonly browser: string | null;
}

const listOf = async (client: ConsoleClient): Promise<Listed[]> =>
  (await client.get('/api/v1/me/sessions')).body.items as unknown as Listed[];

/** The same person in another browser. */
async function elsewhere(client: ConsoleClient): Promise<ConsoleClient> {
  const answer = await postSignIn(testApp.url, client.staff, {
    'user-agent': FIREFOX,
    'x-forwarded-for': '203.0.113.9',
  });
  return new ConsoleClient(testApp.url, client.staff, cookieOf(answer), textOf(answer.body.csrfToken));
}

describe('my sessions', () => {
  it('shows where, when and with what, and which one asks', async () => {
    const client = await signInAs(testApp);
    testApp.clock.advanceMs(60_000);
    const other = await elsewhere(client);
    const now = testApp.clock.now().toISOString();
    const { body } = await other.get('/api/v1/me/sessions');
    expect(body.items).toEqual([
      {
        id: expect.any(String) as unknown,
        isCurrent: true,
        startedAt: now,
        lastSeenAt: now,
        address: '203.0.113.9',
        browser: 'Firefox',
        system: 'Linux',
      },
      expect.objectContaining({ isCurrent: false, address: '127.0.0.1', browser: null }),
    ]);
  });

  it('ends one at once, and nobody else’s', async () => {
    const client = await signInAs(testApp);
    const [other, stranger] = [await elsewhere(client), await signInAs(testApp)];
    const id = (await listOf(client)).find(({ isCurrent }) => !isCurrent)?.id ?? '';
    const foreign = await stranger.send('DELETE', `/api/v1/me/sessions/${id}`);
    expect(problemOf(foreign)).toEqual({ status: 404, code: 'session_not_found' });
    expect((await client.send('DELETE', `/api/v1/me/sessions/${id}`)).status).toBe(204);
    expect((await other.get('/api/v1/auth/session')).status).toBe(401);
    expect((await client.send('DELETE', `/api/v1/me/sessions/${id}`)).body.code).toBe('session_not_found');
  });

  it.each(['undefined', 'NaN', '1e3', '9223372036854775808', "'", '%00'])('refuses the id %s', async (id) => {
    const client = await signInAs(testApp);
    expect((await client.send('DELETE', `/api/v1/me/sessions/${id}`)).status).toBeGreaterThanOrEqual(400);
    expect((await client.get('/api/v1/auth/session')).status).toBe(200);
  });

  it('ends all others, and says how many', async () => {
    const client = await signInAs(testApp);
    const others = [await elsewhere(client), await elsewhere(client)];
    const answer = await client.post('/api/v1/me/sessions/end-others', undefined);
    expect(answer.body).toEqual({ ended: 2 });
    for (const other of others) expect((await other.get('/api/v1/auth/session')).status).toBe(401);
    expect(await listOf(client)).toHaveLength(1);
  });

  it('does not show the ended and the idle', async () => {
    const client = await signInAs(testApp);
    const idle = await elsewhere(client);
    testApp.clock.advanceMs(29 * 60_000);
    await client.get('/api/v1/auth/session');
    testApp.clock.advanceMs(2 * 60_000);
    expect(await listOf(client)).toHaveLength(1);
    expect((await idle.get('/api/v1/auth/session')).status).toBe(401);
  });
});

describe('changing the password', () => {
  const change = (client: ConsoleClient, password: unknown, currentPassword?: string): Promise<Answer> =>
    client.post('/api/v1/me/password', {
      currentPassword: currentPassword ?? client.staff.password,
      password,
    } as object);

  it('ends every other session, goes on under a new id, and from then on only the new one lets in', async () => {
    const client = await signInAs(testApp);
    const other = await elsewhere(client);
    const answer = await change(client, NEW_PASSWORD.normalize('NFD'));
    expect(answer.status).toBe(200);
    expect((await after(client, answer).get('/api/v1/auth/session')).status).toBe(200);
    for (const old of [client, other]) expect((await old.get('/api/v1/auth/session')).status).toBe(401);
    expect((await postSignIn(testApp.url, client.staff)).status).toBe(401);
    expect((await postSignIn(testApp.url, { ...client.staff, password: NEW_PASSWORD })).status).toBe(200);
  });

  it('needs the present one', async () => {
    const client = await signInAs(testApp);
    const answer = await change(client, NEW_PASSWORD, 'không phải mật khẩu này');
    expect(problemOf(answer)).toEqual({ status: 422, code: 'current_password_wrong' });
    expect(fieldsOf(answer)).toEqual(['/currentPassword current_password_wrong']);
    expect((await client.get('/api/v1/auth/session')).status).toBe(200);
  });

  it.each([
    ['too short', 'bảymèo', 'password_too_short'],
    ['too long', 'ă'.repeat(129), 'password_too_long'],
    ['on the deny-list', 'matkhau123', 'password_too_common'],
    ['of 1 MB', 'x'.repeat(1_000_000), 'request_invalid'],
    ['that is none', null, 'request_invalid'],
  ])('refuses a new one %s', async (_name, password, code) => {
    const client = await signInAs(testApp);
    expect(problemOf(await change(client, password))).toEqual({ status: 422, code });
    expect((await postSignIn(testApp.url, client.staff)).status).toBe(200);
  });

  it('guessing the present one is slowed down', async () => {
    const client = await signInAs(testApp);
    const thief = { 'x-forwarded-for': '192.0.2.77' };
    const codes: unknown[] = [];
    for (let i = 0; i < 6; i += 1) {
      const body = { currentPassword: `đoán lần thứ ${i}`, password: NEW_PASSWORD };
      codes.push((await client.post('/api/v1/me/password', body, thief)).body.code);
    }
    expect(codes).toEqual([...Array<string>(5).fill('current_password_wrong'), 'too_many_attempts']);
  });
});

it('the trail tells what was changed, and never to what', async () => {
  const client = await signInAs(testApp);
  await elsewhere(client);
  await client.post('/api/v1/me/sessions/end-others', undefined);
  await client.post('/api/v1/me/password', { currentPassword: 'sai mất rồi nhé', password: NEW_PASSWORD });
  await client.post('/api/v1/me/password', { currentPassword: client.staff.password, password: NEW_PASSWORD });
  const entries = await testApp.database.read((tx) =>
    sql<{ action: string; text: string }>(
      tx,
      `SELECT action, a::text AS text FROM audit_entries a WHERE subject_id = $1 ORDER BY id`,
      [client.staff.id],
    ),
  );
  expect(entries.map(({ action }) => action)).toEqual([
    'signed_in',
    'signed_in',
    'other_sessions_ended',
    'password_change_refused',
    'password_changed',
  ]);
  expect(entries.filter(({ text }) => /vịt|mèo|argon2/.test(text))).toEqual([]);
});
