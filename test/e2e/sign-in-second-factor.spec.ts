import { EnrolmentService } from '../../src/access/second-factor/enrolment.service';
import { SignInSteps } from '../../src/access/sign-in-steps/sign-in-steps.service';
import { StaffService } from '../../src/access/staff.service';
import { runAs } from '../../src/platform/actor';
import { sql } from '../../src/platform/db/database';
import { saveStaff } from '../factories/staff.factory';
import type { Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { ConsoleClient, cookieOf, postSignIn, signInAs } from './console-client';
import { problemOf } from './problems';
import { enrolApp, enrolPasskey, getOpenly, postOpenly, textOf, type WithApp } from './second-factor';
import { SoftwareAuthenticator, strangersHandle } from './software-authenticator';

const MINUTE = 60_000;

let testApp: TestApp;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false, environment: { TRUSTED_PROXIES: '127.0.0.1' } });
});
afterAll(() => testApp.stop());

let lastAddress = 0;
/** Every test comes from an address of its own, so that throttling of one does not reach the next. */
function newAddress(): Record<string, string> {
  lastAddress += 1;
  return { 'x-forwarded-for': `198.51.100.${lastAddress}` };
}

const newDevice = (): SoftwareAuthenticator => new SoftwareAuthenticator(testApp.publicUrl);

/** One with a key that we have never seen. */
function strangersDevice(): SoftwareAuthenticator {
  const device = newDevice();
  device.create({ challenge: 'AAAA', user: { id: strangersHandle() } });
  return device;
}

async function personWithApp(): Promise<WithApp> {
  return enrolApp(testApp, await signInAs(testApp));
}

/** The password was right: the cookie of the half sign-in. */
async function firstStep(client: ConsoleClient, headers = newAddress()): Promise<Record<string, string>> {
  const answer = await postSignIn(testApp.url, client.staff, headers);
  expect(problemOf(answer)).toEqual({ status: 401, code: 'second_factor_required' });
  return { ...headers, cookie: cookieOf(answer) };
}

async function secondStep(cookie: Record<string, string>, proof: object): Promise<Answer> {
  return postOpenly(testApp, 'second-factor', proof, cookie);
}

describe('enrolling a code app', () => {
  it('shows the secret once, gives ten recovery codes, rotates the session and ends all others', async () => {
    const client = await signInAs(testApp);
    const other = await postSignIn(testApp.url, client.staff, newAddress());
    const { client: strong, recoveryCodes } = await enrolApp(testApp, client);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(recoveryCodes.every((code) => /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/.test(code))).toBe(true);
    expect((await client.get('/api/v1/auth/session')).status).toBe(401);
    expect((await getOpenly(testApp, 'session', { cookie: cookieOf(other) })).status).toBe(401);
    const { body } = await strong.get('/api/v1/me/security');
    expect(body).toEqual({
      hasPassword: true,
      totpSince: expect.any(String) as unknown,
      recoveryCodesLeft: 10,
      passkeys: [],
      isSecondFactorNeeded: false,
    });
  });

  it('keeps neither secret nor codes in clear', async () => {
    const client = await signInAs(testApp);
    const offer = await client.post('/api/v1/me/totp');
    const { recoveryCodes } = await enrolApp(testApp, client);
    const rows = await testApp.database.read((tx) =>
      sql<{ text: string }>(
        tx,
        `SELECT t::text AS text FROM staff_totp t UNION ALL SELECT c::text FROM staff_recovery_codes c
        UNION ALL SELECT a::text FROM audit_entries a`,
      ),
    );
    const secret = textOf(offer.body.secret).replace(/ /g, '');
    const clear = [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replace(/-/g, ''))];
    expect(rows.filter(({ text }) => clear.some((one) => text.includes(one)))).toEqual([]);
  });

  it.each([
    ['a wrong code', '000000', 422, 'totp_code_wrong'],
    ['five digits', '12345', 422, 'request_invalid'],
    ['full-width digits', '１２３４５６', 422, 'request_invalid'],
  ])('refuses %s', async (_name, code, status, refused) => {
    const client = await signInAs(testApp);
    await client.post('/api/v1/me/totp');
    const answer = await client.post('/api/v1/me/totp/confirmation', { code });
    expect([answer.status, answer.body.code]).toEqual([status, refused]);
  });

  it('a new app takes the place of the old one only when it has answered', async () => {
    const first = await personWithApp();
    await first.client.post('/api/v1/me/totp');
    const cookie = await firstStep(first.client);
    expect((await secondStep(cookie, { way: 'totp', code: first.app.nextCode() })).status).toBe(200);
    const second = await enrolApp(testApp, await again(first));
    expect(second.recoveryCodes).toEqual([]);
    const later = await firstStep(first.client);
    expect((await secondStep(later, { way: 'totp', code: first.app.nextCode() })).body.code).toBe(
      'second_factor_failed',
    );
    expect((await secondStep(later, { way: 'totp', code: second.app.nextCode() })).status).toBe(200);
  });

  it('confirming what was never shown is refused', async () => {
    const client = await signInAs(testApp);
    expect((await client.post('/api/v1/me/totp/confirmation', { code: '123456' })).body.code).toBe('totp_not_enrolled');
  });
});

/** Signs in over both steps. */
async function again({ client, app }: WithApp): Promise<ConsoleClient> {
  const answer = await secondStep(await firstStep(client), { way: 'totp', code: app.nextCode() });
  return new ConsoleClient(testApp.url, client.staff, cookieOf(answer), textOf(answer.body.csrfToken));
}

describe('signing in in two steps', () => {
  let person: WithApp;
  beforeAll(async () => {
    person = await personWithApp();
  });

  it('the first step opens nothing but the second, and says so only after the right password', async () => {
    const headers = newAddress();
    const wrong = await postSignIn(testApp.url, { ...person.client.staff, password: 'sai mất rồi nhé' }, headers);
    expect([problemOf(wrong).code, wrong.headers.getSetCookie()]).toEqual(['sign_in_failed', []]);
    const { cookie = '' } = await firstStep(person.client, headers);
    expect(cookie).toMatch(/^sign-in=[A-Za-z0-9_-]{43}$/);
    const token = cookie.split('=')[1] ?? '';
    for (const stolen of [cookie, `session=${token}`]) {
      expect((await getOpenly(testApp, 'session', { cookie: stolen })).body.code).toBe('sign_in_required');
    }
    const ways = await getOpenly(testApp, 'second-factor', { cookie });
    expect(ways.body).toEqual({ totp: true, recoveryCode: true, passkey: null });
  });

  it.each([
    ['code', () => ({ way: 'totp', code: person.app.nextCode() })],
    ['code, typed as the app shows it', () => ({ way: 'totp', code: person.app.nextCode().replace(/^.../, '$& ') })],
    ['recovery code', () => ({ way: 'recovery_code', code: person.recoveryCodes[0] })],
    ['recovery code, typed carelessly', () => ({ way: 'recovery_code', code: person.recoveryCodes[1]?.toLowerCase() })],
  ])('the second step opens a session: %s', async (_name, proof) => {
    const cookie = await firstStep(person.client);
    const answer = await secondStep(cookie, proof());
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
      expect.stringMatching(/^sign-in=; Max-Age=0; Path=\//),
    ]);
    expect((await getOpenly(testApp, 'session', { cookie: cookieOf(answer) })).status).toBe(200);
    expect((await secondStep(cookie, proof())).body.code).toBe('second_step_expired');
  });

  it.each([
    ['a code of five minutes ago', () => ({ way: 'totp', code: person.app.code(-10) })],
    ['a code of five minutes ahead', () => ({ way: 'totp', code: person.app.code(10) })],
    ['a recovery code that was used', () => ({ way: 'recovery_code', code: person.recoveryCodes[0] })],
    ['a recovery code of nobody', () => ({ way: 'recovery_code', code: '0000-0000-0000-0000' })],
    ['a passkey of nobody', () => ({ way: 'passkey', assertion: strangersDevice().get({ challenge: 'AAAA' }) })],
  ])('refuses %s, all alike', async (_name, proof) => {
    const answer = await secondStep(await firstStep(person.client), proof());
    expect(problemOf(answer)).toEqual({ status: 401, code: 'second_factor_failed' });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it.each([
    ['no way', {}, 422],
    ['an unknown way', { way: 'sms', code: '123456' }, 422],
    ['an unknown property', { way: 'totp', code: '123456', staffId: 'x' }, 422],
    ['an object as code', { way: 'totp', code: { $gt: '' } }, 422],
    ['a code of 1 MB', { way: 'recovery_code', code: 'A'.repeat(1_000_000) }, 422],
    ['a NUL', { way: 'recovery_code', code: '\u0000' }, 422],
    ['broken JSON', '{"way":', 400],
  ])('refuses a body with %s', async (_name, body, status) => {
    const cookie = await firstStep(person.client);
    expect(problemOf(await postOpenly(testApp, 'second-factor', body, cookie)).status).toBe(status);
  });

  it('a code is good once, also when two use it at the same moment', async () => {
    const { client, app } = await personWithApp();
    const [one, two] = [await firstStep(client), await firstStep(client)];
    const proof = { way: 'totp', code: app.nextCode() };
    const answers = await Promise.all([secondStep(one, proof), secondStep(two, proof)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    const third = await secondStep(await firstStep(client), proof);
    expect(third.body.code).toBe('second_factor_failed');
  });

  it('a recovery code is good once, also when two use it at the same moment', async () => {
    const { client, recoveryCodes } = await personWithApp();
    const [one, two] = [await firstStep(client), await firstStep(client)];
    const proof = { way: 'recovery_code', code: recoveryCodes[2] };
    const answers = await Promise.all([secondStep(one, proof), secondStep(two, proof)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('the first step expires, and is void for a person disabled in between', async () => {
    const old = await firstStep(person.client);
    testApp.clock.advanceMs(10 * MINUTE);
    expect((await secondStep(old, { way: 'totp', code: person.app.nextCode() })).body.code).toBe('second_step_expired');
    const other = await personWithApp();
    const cookie = await firstStep(other.client);
    const disable = `UPDATE staff SET state = 'disabled' WHERE id = $1`;
    await testApp.database.write((tx) => sql(tx, disable, [other.client.staff.id]));
    expect((await secondStep(cookie, { way: 'totp', code: other.app.nextCode() })).body.code).toBe(
      'second_step_expired',
    );
  });

  it.each([
    ['none', ''],
    ['an empty one', 'sign-in='],
    ['one nobody has', `sign-in=${'B'.repeat(43)}`],
    ['one with a quote', `sign-in=${"'".repeat(43)}`],
  ])('refuses the second step with a cookie: %s', async (_name, cookie) => {
    const answer = await postOpenly(testApp, 'second-factor', { way: 'totp', code: '123456' }, { cookie });
    expect(problemOf(answer)).toEqual({ status: 401, code: 'second_step_expired' });
    expect((await getOpenly(testApp, 'second-factor', { cookie })).body.code).toBe('second_step_expired');
  });

  it('is refused from another site', async () => {
    const cookie = await firstStep(person.client);
    const answer = await secondStep({ ...cookie, 'sec-fetch-site': 'cross-site' }, { way: 'totp', code: '123456' });
    expect(answer.body.code).toBe('cross_site_request');
  });

  it('a link for a new password is one factor: the second is asked for', async () => {
    const links = testApp.app.get(StaffService, { strict: false });
    const { token } = await runAs({ kind: 'cli', id: 'test' }, () => links.offerReset(person.client.staff.email));
    const answer = await postOpenly(testApp, 'activation', { token, password: 'bảy con mèo ngủ trưa' });
    expect(problemOf(answer).code).toBe('second_factor_required');
    const cookie = cookieOf(answer);
    expect(cookie).toMatch(/^sign-in=/);
    expect((await secondStep({ cookie }, { way: 'totp', code: person.app.nextCode() })).status).toBe(200);
  });
});

describe('guessing codes', () => {
  it('is slowed down per person, says for how long, and lets go by itself', async () => {
    const { client, app } = await personWithApp();
    const codes: unknown[] = [];
    for (let i = 0; i < 6; i += 1) {
      codes.push((await secondStep(await firstStep(client), { way: 'totp', code: '000000' })).body.code);
    }
    expect(codes).toEqual([...Array<string>(5).fill('second_factor_failed'), 'too_many_attempts']);
    const right = await secondStep(await firstStep(client), { way: 'totp', code: app.nextCode() });
    expect(right.status).toBe(200);
  });

  it('counts recovery codes with the others, and the wait is told', async () => {
    const { client, recoveryCodes } = await personWithApp();
    const cookie = await firstStep(client);
    for (let i = 0; i < 5; i += 1) {
      await secondStep(cookie, { way: 'recovery_code', code: `0000-0000-0000-000${i}` });
    }
    const refused = await secondStep({ ...cookie, ...newAddress() }, { way: 'recovery_code', code: recoveryCodes[0] });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '15']);
    testApp.clock.advanceMs(16_000);
    expect((await secondStep(cookie, { way: 'recovery_code', code: recoveryCodes[0] })).status).toBe(200);
  });

  it('is slowed down per address too, whoever is guessed at', async () => {
    const address = newAddress();
    const people = await Promise.all(Array.from({ length: 5 }, () => personWithApp()));
    const statuses: number[] = [];
    for (const { client } of people) {
      const cookie = await firstStep(client, address).catch(() => null);
      if (!cookie) continue;
      for (let i = 0; i < 5; i += 1) statuses.push((await secondStep(cookie, { way: 'totp', code: '000000' })).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.slice(20)).toEqual(statuses.slice(20).map(() => 429));
  });
});

describe('passkeys', () => {
  const ask = async (): Promise<unknown> => (await getOpenly(testApp, 'passkey')).body;
  const enter = (assertion: unknown, headers = newAddress()): Promise<Answer> =>
    postOpenly(testApp, 'passkey', { assertion }, headers);

  it('lets a person in alone, without a name or a password: it is two factors', async () => {
    const device = newDevice();
    const client = await enrolPasskey(await signInAs(testApp, { fullName: 'Lê Thị Đào' }), device, '  Máy ở sở ');
    const answer = await enter(device.get(await ask()));
    expect([answer.status, answer.body.user?.id]).toEqual([200, client.staff.id]);
    const { body } = await client.get('/api/v1/me/security');
    expect(body.passkeys).toEqual([
      expect.objectContaining({ name: 'Máy ở sở', isBackedUp: false, lastUsedAt: testApp.clock.now().toISOString() }),
    ]);
  });

  it('is the second factor after a password', async () => {
    const device = newDevice();
    const client = await enrolPasskey(await signInAs(testApp), device);
    const cookie = await firstStep(client);
    const ways = await getOpenly(testApp, 'second-factor', cookie);
    expect([ways.body.totp, ways.body.recoveryCode]).toEqual([false, true]);
    const assertion = device.get(ways.body.passkey);
    expect((await secondStep(cookie, { way: 'passkey', assertion })).status).toBe(200);
  });

  it.each([
    ['of another page', { origin: 'https://cho40.evil.example' }],
    ['for another site', { rpId: 'evil.example' }],
    ['without finger, face or PIN', { verifiesUser: false }],
    ['to a question that we did not ask', { challenge: Buffer.from('unsealed').toString('base64url') }],
    ['with another person’s handle', { userHandle: strangersHandle() }],
    ['of another ceremony', { type: 'webauthn.create' }],
  ])('refuses an answer %s', async (_name, wrong) => {
    const device = newDevice();
    await enrolPasskey(await signInAs(testApp), device);
    const answer = await enter(device.get(await ask(), wrong));
    expect(problemOf(answer)).toEqual({ status: 401, code: 'passkey_refused' });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('refuses an unknown passkey, one byte altered, and a person who is disabled, all alike', async () => {
    const device = newDevice();
    const { staff } = await enrolPasskey(await signInAs(testApp), device);
    const altered = device.get(await ask());
    const signature = Buffer.from(altered.response.signature, 'base64url');
    signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
    altered.response.signature = signature.toString('base64url');
    const stranger = strangersDevice();
    const codes = [(await enter(altered)).body.code, (await enter(stranger.get(await ask()))).body.code];
    await testApp.database.write((tx) => sql(tx, `UPDATE staff SET state = 'disabled' WHERE id = $1`, [staff.id]));
    codes.push((await enter(device.get(await ask()))).body.code);
    expect(codes).toEqual(Array<string>(3).fill('passkey_refused'));
  });

  it('an answer is good once, and only while its question is', async () => {
    const device = newDevice();
    await enrolPasskey(await signInAs(testApp), device);
    const assertion = device.get(await ask(), { counter: 0 });
    expect((await enter(assertion)).status).toBe(200);
    expect((await enter(assertion)).body.code).toBe('passkey_refused');
    const late = device.get(await ask());
    testApp.clock.advanceMs(5 * MINUTE);
    expect((await enter(late)).body.code).toBe('passkey_refused');
  });

  it('an answer for one purpose, or for one person, is none for another', async () => {
    const device = newDevice();
    const client = await enrolPasskey(await signInAs(testApp), device);
    const cookie = await firstStep(client);
    const { passkey } = (await getOpenly(testApp, 'second-factor', cookie)).body;
    expect((await enter(device.get(passkey))).body.code).toBe('passkey_refused');
    const entry = { way: 'passkey', assertion: device.get(await ask()) };
    expect((await secondStep(cookie, entry)).body.code).toBe('second_factor_failed');
  });

  it('a copy is found out when its counter stands still', async () => {
    const device = newDevice();
    await enrolPasskey(await signInAs(testApp), device);
    const copy = device.copy();
    expect((await enter(device.get(await ask()))).status).toBe(200);
    expect((await enter(copy.get(await ask()))).body.code).toBe('passkey_refused');
    expect((await enter(device.get(await ask()))).status).toBe(200);
  });

  it.each([
    ['of another page', { origin: 'https://cho40.evil.example' }],
    ['for another site', { rpId: 'evil.example' }],
    ['that did not check the person', { verifiesUser: false }],
    ['to another question', { challenge: Buffer.from('unsealed').toString('base64url') }],
  ])('is not added from an answer %s', async (_name, wrong) => {
    const client = await signInAs(testApp);
    const options = await client.post('/api/v1/me/passkeys/options');
    const attestation = newDevice().create(options.body, wrong);
    const answer = await client.post('/api/v1/me/passkeys', { name: 'Điện thoại', attestation });
    expect(problemOf(answer)).toEqual({ status: 422, code: 'passkey_not_accepted' });
  });

  it('can be several, named, renamed and removed; somebody else’s do not exist', async () => {
    const device = newDevice();
    const one = await enrolPasskey(await signInAs(testApp), device, 'Điện thoại');
    const two = await enrolPasskey(one, newDevice(), 'Khóa USB');
    const keys = (await two.get('/api/v1/me/security')).body.passkeys as unknown as { id: string; name: string }[];
    expect(keys.map(({ name }) => name)).toEqual(['Điện thoại', 'Khóa USB']);
    const path = `/api/v1/me/passkeys/${keys[0]?.id}`;
    const stranger = await signInAs(testApp);
    const foreign = [await stranger.send('PATCH', path, { name: 'x' }), await stranger.send('DELETE', path)];
    expect(foreign.map(({ body }) => body.code)).toEqual(['passkey_not_found', 'passkey_not_found']);
    expect((await two.send('PATCH', path, { name: '<b>Máy cũ</b>' })).status).toBe(204);
    const renamed = await two.get('/api/v1/me/security');
    expect(renamed.body.passkeys?.[0 as unknown as string]?.name).toBe('<b>Máy cũ</b>');
    expect((await two.send('DELETE', path)).status).toBe(204);
    expect((await enter(device.get(await ask()))).body.code).toBe('passkey_refused');
  });

  it('the same device is not added twice', async () => {
    const device = newDevice();
    const client = await enrolPasskey(await signInAs(testApp), device);
    const options = await client.post('/api/v1/me/passkeys/options');
    expect(options.body.excludeCredentials).toHaveLength(1);
    const attestation = device.create(options.body);
    expect((await client.post('/api/v1/me/passkeys', { name: 'Lại', attestation })).body.code).toBe('passkey_exists');
  });
});

describe('giving a factor up', () => {
  it('without the last one the password alone is asked for, and the recovery codes are void', async () => {
    const { client } = await personWithApp();
    expect((await client.send('DELETE', '/api/v1/me/totp')).status).toBe(204);
    const { body } = await client.get('/api/v1/me/security');
    expect([body.totpSince, body.recoveryCodesLeft]).toEqual([null, 0]);
    expect((await postSignIn(testApp.url, client.staff, newAddress())).status).toBe(200);
    expect((await client.send('DELETE', '/api/v1/me/totp')).body.code).toBe('totp_not_enrolled');
    expect((await client.post('/api/v1/me/recovery-codes')).body.code).toBe('no_second_factor');
  });

  it('new recovery codes make the old ones void', async () => {
    const { client, recoveryCodes: old } = await personWithApp();
    const { body } = await client.post('/api/v1/me/recovery-codes');
    expect(body.recoveryCodes).toHaveLength(10);
    const cookie = await firstStep(client);
    expect((await secondStep(cookie, { way: 'recovery_code', code: old[0] })).status).toBe(401);
    const [fresh] = body.recoveryCodes as unknown as string[];
    expect((await secondStep(cookie, { way: 'recovery_code', code: fresh })).status).toBe(200);
  });
});

it('who has lost everything gets in with the password again, once somebody has looked at them', async () => {
  const { client } = await personWithApp();
  const strong = await enrolPasskey(client, newDevice());
  const enrolment = testApp.app.get(EnrolmentService, { strict: false });
  const reset = (email: string) => runAs({ kind: 'cli', id: 'test' }, () => enrolment.resetOf(email, 'seen in person'));
  await reset(client.staff.email.toUpperCase());
  expect((await strong.get('/api/v1/auth/session')).status).toBe(401);
  expect((await postSignIn(testApp.url, client.staff, newAddress())).status).toBe(200);
  await expect(reset('khong.ai@example.vn')).rejects.toMatchObject({ code: 'staff_not_found' });
});

it('the trail tells every change and every proof, and no secret', async () => {
  const { client, app, recoveryCodes } = await personWithApp();
  const strong = await enrolPasskey(client, newDevice(), 'Máy ở sở');
  const cookie = await firstStep(strong);
  await secondStep(cookie, { way: 'totp', code: '000000' });
  await secondStep(cookie, { way: 'totp', code: app.nextCode() });
  const entries = await testApp.database.read((tx) =>
    sql<{ action: string; after: unknown }>(
      tx,
      `SELECT action, after FROM audit_entries WHERE subject_id = $1 ORDER BY id`,
      [client.staff.id],
    ),
  );
  expect(entries.map(({ action }) => action)).toEqual([
    'signed_in',
    'totp_offered',
    'totp_enrolled',
    'passkey_added',
    'second_factor_failed',
    'signed_in',
  ]);
  expect(entries.at(-1)?.after).toEqual({ proofs: ['password', 'totp'] });
  expect(JSON.stringify(entries)).not.toContain(recoveryCodes[0]);
});

it('whoever signs people in by other means cannot pass by the second factor', async () => {
  const { client } = await personWithApp();
  const steps = testApp.app.get(SignInSteps, { strict: false });
  const staff = await testApp.database.write((tx) => saveStaff(tx));
  const enter = (id: string) =>
    runAs({ kind: 'system', id: 'anonymous' }, () =>
      testApp.database.write((tx) =>
        steps.enter(
          tx,
          { ...staff, id, fullName: '', role: 'auditor', state: 'active', area: { kind: 'province', codes: ['92'] } },
          { address: '192.0.2.1', userAgent: '', formerSessionId: null },
          'identity_service',
        ),
      ),
    );
  expect((await enter(client.staff.id)).kind).toBe('second_step');
  expect((await enter(staff.id)).kind).toBe('opened');
});
