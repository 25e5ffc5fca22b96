import { permissionsOf } from '../../src/kernel/permissions';
import { StaffService } from '../../src/access/staff.service';
import { sql } from '../../src/platform/db/database';
import { runAs } from '../../src/platform/actor';
import { saveStaff, TEST_PASSWORD } from '../factories/staff.factory';
import { type Answer, answerOf } from './answers';
import { startTestApp, type TestApp } from './app';
import { cookieOf, postSignIn, signInAs } from './console-client';

const MINUTE = 60_000;
const CLI = { kind: 'cli', id: 'test' } as const;

let testApp: TestApp;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false, environment: { TRUSTED_PROXIES: '127.0.0.1' } });
});
afterAll(() => testApp.stop());

let lastAddress = 0;
/** Every test comes from an address of its own, so that throttling of one does not reach the next. */
function newAddress(): Record<string, string> {
  lastAddress += 1;
  return { 'x-forwarded-for': `203.0.113.${lastAddress}` };
}

async function getSession(cookie: string): Promise<Answer> {
  return answerOf(await fetch(`${testApp.url}/api/v1/auth/session`, { headers: { cookie } }));
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${testApp.url}/api/v1/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return answerOf(response);
}

function invite(email: string): Promise<{ token: string; link: string }> {
  const staff = testApp.app.get(StaffService, { strict: false });
  return runAs(CLI, () => staff.invite({ email, fullName: 'Trần Văn Bình', role: 'system_admin' }));
}

describe('signing in', () => {
  it('opens a session with a cookie that scripts and other sites cannot use', async () => {
    const staff = await testApp.database.write((tx) => saveStaff(tx, { fullName: 'Lê Thị Đào' }));
    const answer = await postSignIn(testApp.url, staff, newAddress());
    expect(answer.status).toBe(200);
    expect(answer.body.user).toEqual({
      id: staff.id,
      email: staff.email,
      fullName: 'Lê Thị Đào',
      role: 'department_officer',
      area: { kind: 'province', codes: ['92'] },
      permissions: permissionsOf('department_officer'),
    });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    const again = await getSession(cookieOf(answer));
    expect(again.body).toEqual(answer.body);
  });

  it('keeps only the hash of the session’s id', async () => {
    const client = await signInAs(testApp);
    const id = client.cookie.split('=')[1] ?? '';
    const rows = await testApp.database.read((tx) =>
      sql<{ text: string }>(tx, `SELECT e::text AS text FROM sessions e`),
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ text }) => text.includes(id) || text.includes(Buffer.from(id).toString('hex')))).toEqual([]);
  });

  it.each([
    ['as typed, composed', 'NFC'],
    ['as a Mac sends it, decomposed', 'NFD'],
  ] as const)('takes a Vietnamese password %s', async (_name, form) => {
    const staff = await testApp.database.write((tx) => saveStaff(tx));
    const password = TEST_PASSWORD.normalize(form);
    expect((await postSignIn(testApp.url, { ...staff, password }, newAddress())).status).toBe(200);
  });

  it('takes the name in any case and with spaces around it', async () => {
    const staff = await testApp.database.write((tx) => saveStaff(tx));
    const email = `  ${staff.email.toUpperCase()} `;
    expect((await postSignIn(testApp.url, { ...staff, email }, newAddress())).status).toBe(200);
  });
});

describe('failures look the same', () => {
  it.each([
    ['an unknown person', { email: 'khong.ai@example.vn', password: TEST_PASSWORD }],
    ['a wrong password', { password: 'một mật khẩu khác hẳn' }],
    ['a disabled account with the right password', { state: 'disabled' as const }],
    ['an account never activated', { state: 'invited' as const }],
    ['a password of 500 characters', { password: 'ă'.repeat(500) }],
    ['another case of the password', { password: TEST_PASSWORD.toUpperCase() }],
  ])('%s', async (_name, overrides: { state?: 'disabled' | 'invited'; email?: string; password?: string }) => {
    const { state, ...typed } = overrides;
    const staff = await testApp.database.write((tx) => saveStaff(tx, { state }));
    const answer = await postSignIn(testApp.url, { ...staff, ...typed }, newAddress());
    expect(answer.status).toBe(401);
    const { traceId, ...body } = answer.body;
    expect(traceId).toBeDefined();
    expect(body).toEqual({
      type: 'urn:cho40:problem:sign_in_failed',
      title: 'Cần đăng nhập',
      status: 401,
      detail: 'Email hoặc mật khẩu không đúng.',
      instance: '/api/v1/auth/sign-in',
      code: 'sign_in_failed',
    });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it.each([
    ['no body', '', 422],
    ['no password', { email: 'a@example.vn' }, 422],
    ['an unknown property', { email: 'a@example.vn', password: 'x', role: 'system_admin' }, 422],
    ['an object as password', { email: 'a@example.vn', password: { $ne: '' } }, 422],
    ['a password of 1 MB', { email: 'a@example.vn', password: 'x'.repeat(1_000_000) }, 422],
    ['a password of 2 MB', { email: 'a@example.vn', password: 'x'.repeat(2_000_000) }, 413],
    ['a NUL in the name', { email: 'a\u0000b@example.vn', password: 'x' }, 422],
    ['half a character in the name', { email: 'a\ud800@example.vn', password: 'x' }, 422],
    ['broken JSON', '{"email":', 400],
    ['a prototype key', '{"__proto__":{"email":"a"},"email":"a","password":"b"}', 400],
  ])('refuses %s', async (_name, body, status) => {
    const answer = await post('sign-in', body, newAddress());
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('throttling', () => {
  const wrong = 'không phải mật khẩu này';

  it('slows guessing of one account down, says for how long, and lets go by itself', async () => {
    const staff = await testApp.database.write((tx) => saveStaff(tx));
    for (let i = 0; i < 5; i += 1) {
      const answer = await postSignIn(testApp.url, { ...staff, password: wrong }, newAddress());
      expect(answer.body.code).toBe('sign_in_failed');
    }
    const refused = await postSignIn(testApp.url, staff, newAddress());
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
      429,
      'too_many_attempts',
      '15',
    ]);
    testApp.clock.advanceMs(16_000);
    expect((await postSignIn(testApp.url, staff, newAddress())).status).toBe(200);
    expect((await postSignIn(testApp.url, { ...staff, password: wrong }, newAddress())).status).toBe(401);
  });

  it('treats unknown accounts alike', async () => {
    const nobody = { email: 'nobody.at.all@example.vn', password: wrong };
    const codes = [];
    for (let i = 0; i < 6; i += 1) codes.push((await postSignIn(testApp.url, nobody, newAddress())).body.code);
    expect(codes).toEqual([...Array<string>(5).fill('sign_in_failed'), 'too_many_attempts']);
  });

  it('does not lock a person out where they usually sign in', async () => {
    const staff = await testApp.database.write((tx) => saveStaff(tx));
    const office = newAddress();
    expect((await postSignIn(testApp.url, staff, office)).status).toBe(200);
    for (let i = 0; i < 6; i += 1) await postSignIn(testApp.url, { ...staff, password: wrong }, newAddress());
    expect((await postSignIn(testApp.url, staff, newAddress())).status).toBe(429);
    expect((await postSignIn(testApp.url, staff, office)).status).toBe(200);
  });

  it('slows one address down that tries many accounts, also many at once', async () => {
    const address = newAddress();
    const tries = Array.from({ length: 26 }, (_, i) =>
      postSignIn(testApp.url, { email: `guess.${i}@example.vn`, password: wrong }, address),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(6);
  });
});

describe('sessions', () => {
  it('gets a new id at every sign-in, and ends the one that was planted or there before', async () => {
    const first = await signInAs(testApp);
    const planted = `session=${'A'.repeat(43)}`;
    const answer = await postSignIn(testApp.url, first.staff, { ...newAddress(), cookie: first.cookie });
    expect(cookieOf(answer)).not.toBe(first.cookie);
    expect((await getSession(first.cookie)).body.code).toBe('sign_in_required');
    const fixed = await postSignIn(testApp.url, first.staff, { ...newAddress(), cookie: planted });
    expect(cookieOf(fixed)).not.toBe(planted);
    expect((await getSession(planted)).status).toBe(401);
  });

  it('is dead at once after signing out', async () => {
    const client = await signInAs(testApp);
    const answer = await client.post('/api/v1/auth/sign-out', undefined);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([
      204,
      [expect.stringMatching(/^session=; Max-Age=0; Path=\//)],
    ]);
    expect((await client.get('/api/v1/auth/session')).status).toBe(401);
  });

  it('is dead at once when the person is disabled', async () => {
    const client = await signInAs(testApp);
    await testApp.database.write((tx) =>
      sql(tx, `UPDATE staff SET state = 'disabled' WHERE id = $1`, [client.staff.id]),
    );
    expect((await client.get('/api/v1/auth/session')).body.code).toBe('sign_in_required');
  });

  it('ends after 30 idle minutes, and after 12 hours whatever happens', async () => {
    const client = await signInAs(testApp);
    for (let passed = 0; passed < 12 * 60 - 25; passed += 25) {
      testApp.clock.advanceMs(25 * MINUTE);
      expect((await client.get('/api/v1/auth/session')).status).toBe(200);
    }
    testApp.clock.advanceMs(25 * MINUTE);
    expect((await client.get('/api/v1/auth/session')).status).toBe(401);
    const idle = await signInAs(testApp);
    testApp.clock.advanceMs(31 * MINUTE);
    expect((await idle.get('/api/v1/auth/session')).status).toBe(401);
  });

  it.each([
    ['none', ''],
    ['an empty one', 'session='],
    ['a short one', 'session=abc'],
    ['one nobody has', `session=${'B'.repeat(43)}`],
    ['one with a quote', `session=${"'".repeat(43)}`],
    ['the secure name over plain http', `__Host-session=${'B'.repeat(43)}`],
  ])('refuses a cookie: %s', async (_name, cookie) => {
    expect((await getSession(cookie)).body.code).toBe('sign_in_required');
  });
});

describe('writes with the cookie', () => {
  it.each([
    ['no token', { 'x-csrf-token': '' }, 'csrf_token_invalid'],
    ['another token', { 'x-csrf-token': 'B'.repeat(43) }, 'csrf_token_invalid'],
    ['another site, in the browser’s words', { 'sec-fetch-site': 'cross-site' }, 'cross_site_request'],
    ['a sibling host', { 'sec-fetch-site': 'same-site' }, 'cross_site_request'],
    ['another origin', { origin: 'https://evil.example' }, 'cross_site_request'],
    ['an opaque origin', { origin: 'null' }, 'cross_site_request'],
  ])('refuses %s', async (_name, headers, code) => {
    const client = await signInAs(testApp);
    const answer = await client.send('POST', '/api/v1/auth/sign-out', undefined, headers as Record<string, string>);
    expect([answer.status, answer.body.code]).toEqual([403, code]);
    expect((await client.get('/api/v1/auth/session')).status).toBe(200);
  });

  it('refuses to sign somebody in from another site', async () => {
    const staff = await testApp.database.write((tx) => saveStaff(tx));
    const answer = await postSignIn(testApp.url, staff, { ...newAddress(), 'sec-fetch-site': 'cross-site' });
    expect(answer.body.code).toBe('cross_site_request');
  });
});

describe('one-time links', () => {
  const password = 'ba chú vịt qua sông';

  it('lets a person choose a password once, and signs in', async () => {
    const { token, link } = await invite('moi.1@example.vn');
    expect(link).toBe(`http://cho40.test/activate#${token}`);
    const answer = await post('activation', { token, password });
    expect([answer.status, answer.body.user?.role]).toEqual([200, 'system_admin']);
    expect((await getSession(cookieOf(answer))).status).toBe(200);
    expect((await post('activation', { token, password })).body.code).toBe('link_not_valid');
    expect((await postSignIn(testApp.url, { email: 'moi.1@example.vn', password }, newAddress())).status).toBe(200);
  });

  it.each([
    ['password_too_short', 'bảymèo'],
    ['password_too_long', 'ă'.repeat(129)],
    ['password_too_common', 'matkhau123'],
    ['password_too_common', 'Mật Khẩu 2026'],
    ['password_too_common', '12345678'],
  ])('refuses %s and leaves the link good', async (code, refused) => {
    const { token } = await invite(`moi.${Buffer.from(refused).toString('hex').slice(0, 20)}@example.vn`);
    const answer = await post('activation', { token, password: refused });
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect((await post('activation', { token, password })).status).toBe(200);
  });

  it.each([
    ['one that nobody made', 'x'.repeat(43)],
    ['an empty-looking one', ' '],
  ])('refuses %s', async (_name, token) => {
    expect((await post('activation', { token, password })).body.code).toBe('link_not_valid');
  });

  it('ends after three days, and when a newer one is made', async () => {
    const old = await invite('moi.2@example.vn');
    const { token } = await invite('moi.2@example.vn');
    expect((await post('activation', { token: old.token, password })).body.code).toBe('link_not_valid');
    testApp.clock.advanceMs(72 * 60 * MINUTE + 1);
    expect((await post('activation', { token, password })).body.code).toBe('link_not_valid');
  });

  it('of two that use it at once, one wins', async () => {
    const { token } = await invite('moi.3@example.vn');
    const answers = await Promise.all([1, 2, 3].map(() => post('activation', { token, password })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
  });

  it('for a new password ends every session', async () => {
    const client = await signInAs(testApp);
    const staff = testApp.app.get(StaffService, { strict: false });
    const { token } = await runAs(CLI, () => staff.offerReset(client.staff.email));
    expect((await client.get('/api/v1/auth/session')).status).toBe(200);
    expect((await post('activation', { token, password })).status).toBe(200);
    expect((await client.get('/api/v1/auth/session')).status).toBe(401);
    expect((await postSignIn(testApp.url, client.staff, newAddress())).status).toBe(401);
  });

  it('is refused for an account in use', async () => {
    const client = await signInAs(testApp);
    await expect(invite(client.staff.email)).rejects.toMatchObject({ code: 'staff_exists' });
  });
});

it('the trail tells who signed in, from where, and holds no name, password or token', async () => {
  const address = newAddress();
  const staff = await testApp.database.write((tx) => saveStaff(tx));
  await postSignIn(testApp.url, { ...staff, password: 'sai hoàn toàn rồi' }, address);
  await postSignIn(testApp.url, staff, address);
  const entries = await testApp.database.read((tx) =>
    sql<{ action: string; actor_kind: string; actor_id: string; address: string; trace_id: string }>(
      tx,
      `SELECT action, actor_kind, actor_id, address, trace_id FROM audit_entries WHERE subject_id = $1 ORDER BY id`,
      [staff.id],
    ),
  );
  const from = { address: address['x-forwarded-for'], trace_id: expect.any(String) as unknown };
  expect(entries).toEqual([
    { action: 'sign_in_failed', actor_kind: 'system', actor_id: 'anonymous', ...from },
    { action: 'signed_in', actor_kind: 'staff', actor_id: staff.id, ...from },
  ]);
  const all = await testApp.database.read((tx) =>
    sql<{ text: string }>(tx, `SELECT a::text AS text FROM audit_entries a`),
  );
  expect(all.filter(({ text }) => text.includes(staff.email) || text.includes('mèo'))).toEqual([]);
});
