import { sql } from '../../src/platform/db/database';
import { saveStaff, type SavedStaff, type StaffOverrides } from '../factories/staff.factory';
import { type Answer, answerOf } from './answers';
import { PUBLIC_URL, startTestApp, type TestApp } from './app';
import { cookieOf, postSignIn, signInAs } from './console-client';
import { freePort } from './free-port';
import { type Account, IdentityServiceProcess } from './identity-service';
import { problemOf } from './problems';

let service: IdentityServiceProcess;
let testApp: TestApp;
beforeAll(async () => {
  service = await IdentityServiceProcess.start();
  const environment = { ...service.environment, OIDC_LABEL: 'Tài khoản Cần Thơ', OIDC_MFA: 'mfa' };
  testApp = await startTestApp({ workers: false, environment });
});
afterAll(async () => {
  await testApp.stop();
  await service.stop();
});

/** A sign-in that has begun: where the browser goes, and what it keeps. */
interface Begun {
  readonly url: string;
  readonly cookie: string;
}

async function begin(returnPath?: string, app = testApp): Promise<Begun> {
  const answer = await post('/api/v1/auth/oidc', { returnPath }, app);
  expect(answer.status).toBe(200);
  return { url: answer.body.url as unknown as string, cookie: cookieOf(answer) };
}

async function post(path: string, body: object, app = testApp): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return answerOf(await fetch(app.url + path, { method: 'POST', body: JSON.stringify(body), headers }));
}

async function comeBack(url: URL, cookie: string, app = testApp): Promise<Answer> {
  expect(`${url.origin}${url.pathname}`).toBe(`${PUBLIC_URL}/api/v1/auth/oidc/callback`);
  const response = await fetch(`${app.url}${url.pathname}${url.search}`, { redirect: 'manual', headers: { cookie } });
  return answerOf(response);
}

/** There and back in one go. */
async function signIn(account: Account, changes: Record<string, string | null> = {}, returnPath?: string) {
  const { url, cookie } = await begin(returnPath);
  return comeBack(await service.signIn(url, account, changes), cookie);
}

const REFUSED = '/sign-in?problem=oidc_refused';
function refusalOf(answer: Answer): unknown[] {
  const session = answer.headers.getSetCookie().filter((line) => /^(?:session|sign-in)=[^;]/.test(line));
  return [answer.status, answer.headers.get('location'), answer.bytes.length, session];
}
const NOTHING_BUT_REFUSED = [303, REFUSED, 0, []];

let drawn = 0;
async function personWith(overrides: StaffOverrides = {}): Promise<SavedStaff & { account: Account }> {
  drawn += 1;
  const staff = await testApp.database.write((tx) => saveStaff(tx, { role: 'market_board', ...overrides }));
  return { ...staff, account: { sub: `person-${drawn}`, email: staff.email, email_verified: true } };
}

/** Who the cookies of an answer belong to. */
async function whoIs(answer: Answer): Promise<Answer> {
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0] ?? '')
    .filter((pair) => pair.startsWith('session='))
    .join('');
  return answerOf(await fetch(`${testApp.url}/api/v1/auth/session`, { headers: { cookie } }));
}

async function setState(id: string, state: string): Promise<void> {
  await testApp.database.write((tx) => sql(tx, `UPDATE staff SET state = $2 WHERE id = $1`, [id, state]));
}

async function count(table: string): Promise<number> {
  const [row] = await testApp.database.read((tx) => sql<{ n: number }>(tx, `SELECT count(*)::int AS n FROM ${table}`));
  return row?.n ?? -1;
}

describe('the way in', () => {
  it('is offered where it is configured', async () => {
    const answer = await answerOf(await fetch(`${testApp.url}/api/v1/auth/methods`));
    expect([answer.status, answer.body]).toEqual([200, { identityService: { label: 'Tài khoản Cần Thơ' } }]);
  });

  it('sends the browser away with PKCE, state and nonce, and a cookie that only we read', async () => {
    const answer = await post('/api/v1/auth/oidc', { returnPath: '/markets' });
    const { origin, searchParams } = new URL(answer.body.url as unknown as string);
    expect(origin).toBe(service.issuer);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      client_id: 'cho40',
      response_type: 'code',
      scope: 'openid email',
      redirect_uri: `${PUBLIC_URL}/api/v1/auth/oidc/callback`,
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^oidc=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  it('lets a person in by verified email, links the account, and knows it again when the email has changed', async () => {
    const { id, account } = await personWith({ fullName: 'Lê Thị Đào' });
    const first = await signIn(account, {}, '/markets?q=x');
    expect([first.status, first.headers.get('location'), first.bytes.length]).toEqual([303, '/markets?q=x', 0]);
    const session = await whoIs(first);
    expect(session.body.user).toMatchObject({ id, fullName: 'Lê Thị Đào', role: 'market_board' });
    const again = await signIn({ ...account, email: 'da.doi.ten@example.vn', email_verified: false });
    expect((await whoIs(again)).body.user).toMatchObject({ id });
    const trail = await testApp.database.read((tx) =>
      sql<{ action: string; actor_id: string }>(
        tx,
        `SELECT action, actor_id FROM audit_entries WHERE subject_id = $1 ORDER BY id`,
        [id],
      ),
    );
    expect(trail.map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['identity_linked', id],
      ['signed_in', id],
      ['signed_in', id],
    ]);
  });

  it('somebody invited comes in without ever choosing a password', async () => {
    const { id, account } = await personWith({ state: 'invited' });
    expect((await whoIs(await signIn(account))).body.user).toMatchObject({ id });
  });

  it('writes the email as one signs in with', async () => {
    const { id, account } = await personWith();
    expect((await whoIs(await signIn({ ...account, email: account.email?.toUpperCase() }))).body.user).toMatchObject({
      id,
    });
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example'])('never leads on to %s', async (returnPath) => {
    const { account } = await personWith();
    expect((await signIn(account, {}, returnPath)).headers.get('location')).toBe('/');
  });
});

describe('all refusals look the same', () => {
  it.each<[string, StaffOverrides, Partial<Account>]>([
    ['somebody unknown', {}, { email: 'khong.ai@example.vn' }],
    ['an email that is not verified', {}, { email_verified: false }],
    ['an email that nothing is said of', {}, { email_verified: undefined }],
    ['no email', {}, { email: undefined, email_verified: undefined }],
    ['somebody disabled', { state: 'disabled' }, {}],
    ['somebody whose role is not yet approved', { state: 'requested' }, {}],
  ])('%s', async (_name, overrides, claims) => {
    const { account } = await personWith(overrides);
    const before = [await count('staff'), await count('staff_identities'), await count('sessions')];
    expect(refusalOf(await signIn({ ...account, ...claims }))).toEqual(NOTHING_BUT_REFUSED);
    expect([await count('staff'), await count('staff_identities'), await count('sessions')]).toEqual(before);
  });

  it('somebody linked and disabled since', async () => {
    const { id, account } = await personWith();
    expect((await signIn(account)).headers.get('location')).toBe('/');
    await setState(id, 'disabled');
    expect(refusalOf(await signIn(account))).toEqual(NOTHING_BUT_REFUSED);
  });

  it('another account of the service that claims the email of somebody linked', async () => {
    const { account } = await personWith();
    await signIn(account);
    expect(refusalOf(await signIn({ ...account, sub: 'an-impostor' }))).toEqual(NOTHING_BUT_REFUSED);
  });

  it.each<[string, Record<string, string | null>]>([
    ['another nonce', { nonce: 'A'.repeat(43) }],
    ['no nonce', { nonce: null }],
    ['another code challenge', { code_challenge: 'A'.repeat(43) }],
    ['a token for another client', { client_id: 'another' }],
    ['another state', { state: 'A'.repeat(43) }],
  ])('%s on the way there', async (_name, changes) => {
    const { account } = await personWith();
    expect(refusalOf(await signIn(account, changes))).toEqual(NOTHING_BUT_REFUSED);
  });

  it.each<[string, (back: URL) => void]>([
    ['no state', (back) => back.searchParams.delete('state')],
    ['two states', (back) => back.searchParams.append('state', 'A'.repeat(43))],
    ['another code', (back) => back.searchParams.set('code', 'abc')],
    ['no code', (back) => back.searchParams.delete('code')],
    ['another issuer', (back) => back.searchParams.set('iss', 'https://evil.example')],
    ['no issuer, where the service names it', (back) => back.searchParams.delete('iss')],
    [
      'an error of the service',
      (back) => (back.searchParams.delete('code'), back.searchParams.set('error', 'access_denied')),
    ],
    ['markup and line breaks', (back) => back.searchParams.set('error', '<script>\r\nSet-Cookie: x=1')],
  ])('%s on the way back', async (_name, change) => {
    const { account } = await personWith();
    const { url, cookie } = await begin();
    const back = await service.signIn(url, account);
    change(back);
    expect(refusalOf(await comeBack(back, cookie))).toEqual(NOTHING_BUT_REFUSED);
  });

  it('a way taken twice, a way of another browser, a way without a browser', async () => {
    const { account } = await personWith();
    const [own, other] = [await begin(), await begin()];
    const back = await service.signIn(own.url, account);
    for (const cookie of [other.cookie, '', `oidc=${'A'.repeat(43)}`]) {
      expect(refusalOf(await comeBack(back, cookie))).toEqual(NOTHING_BUT_REFUSED);
    }
    expect((await comeBack(back, own.cookie)).headers.get('location')).toBe('/');
    expect(refusalOf(await comeBack(back, own.cookie))).toEqual(NOTHING_BUT_REFUSED);
  });

  it('a way that took longer than ten minutes', async () => {
    const { account } = await personWith();
    const { url, cookie } = await begin();
    const back = await service.signIn(url, account);
    testApp.clock.advanceMs(10 * 60_000);
    expect(refusalOf(await comeBack(back, cookie))).toEqual(NOTHING_BUT_REFUSED);
  });
});

describe('the second factor', () => {
  const enrolled = async (): Promise<Account> => {
    const { id, account } = await personWith({ role: 'system_admin' });
    await testApp.database.write((tx) =>
      sql(
        tx,
        `INSERT INTO staff_totp (id, staff_id, secret, created_at, confirmed_at) VALUES ($1, $1, '\\x00', now(), now())`,
        [id],
      ),
    );
    return account;
  };

  it('is asked for here, when the service did not', async () => {
    const answer = await signIn(await enrolled(), {}, '/markets');
    expect(answer.headers.get('location')).toBe('/sign-in?step=second-factor&from=%2Fmarkets');
    expect((await whoIs(answer)).status).toBe(401);
  });

  it('counts when the service asked for it, and the operator believes it', async () => {
    const answer = await signIn({ ...(await enrolled()), amr: ['pwd', 'mfa'] });
    expect(answer.headers.get('location')).toBe('/');
    expect((await whoIs(answer)).body).toMatchObject({ mustEnrolSecondFactor: false });
  });
});

it('nothing of it stands in clear in the database or the trail', async () => {
  const { account } = await personWith();
  const { url, cookie } = await begin();
  const { searchParams } = new URL(url);
  const secrets = ['state', 'nonce'].map((name) => searchParams.get(name) ?? '').concat(cookie.split('=')[1] ?? '');
  await service.signIn(url, account);
  const rows = await testApp.database.read((tx) =>
    sql<{ text: string }>(
      tx,
      `SELECT o::text || encode(sealed, 'escape') AS text FROM oidc_attempts o UNION ALL SELECT a::text FROM audit_entries a`,
    ),
  );
  for (const secret of secrets) {
    const hex = Buffer.from(secret).toString('hex');
    expect(rows.filter(({ text }) => text.includes(secret) || text.includes(hex))).toEqual([]);
  }
});

describe('a service that is away', () => {
  it('from the start: 503, and passwords work', async () => {
    const environment = { ...service.environment, OIDC_ISSUER: `http://127.0.0.1:${await freePort()}` };
    const app = await startTestApp({ workers: false, beside: testApp, environment });
    try {
      const answer = await post('/api/v1/auth/oidc', {}, app);
      expect([problemOf(answer), answer.headers.get('retry-after')]).toEqual([
        { status: 503, code: 'oidc_unavailable' },
        '30',
      ]);
      const staff = await testApp.database.write((tx) => saveStaff(tx, { role: 'market_board' }));
      expect((await postSignIn(app.url, staff)).status).toBe(200);
    } finally {
      await app.stop();
    }
  });

  it('not configured: nothing is called', async () => {
    const app = await startTestApp({ workers: false, beside: testApp });
    try {
      expect(problemOf(await post('/api/v1/auth/oidc', {}, app))).toEqual({ status: 404, code: 'oidc_off' });
      const methods = await answerOf(await fetch(`${app.url}/api/v1/auth/methods`));
      expect(methods.body).toEqual({ identityService: null });
    } finally {
      await app.stop();
    }
  });

  it('gone on the way back: said so, and passwords work', async () => {
    const { account } = await personWith();
    const { url, cookie } = await begin();
    const back = await service.signIn(url, account);
    await service.stop();
    expect((await comeBack(back, cookie)).headers.get('location')).toBe('/sign-in?problem=oidc_unavailable');
    await signInAs(testApp, { role: 'market_board' });
  });
});
