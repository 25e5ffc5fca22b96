import { sql } from '../../src/platform/db/database';
import type { StaffOverrides } from '../factories/staff.factory';
import type { Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { type ConsoleClient, postSignIn, signInAs } from './console-client';
import { problemOf } from './problems';
import { after, enrolApp, enrolPasskey, postOpenly } from './second-factor';
import { SoftwareAuthenticator } from './software-authenticator';

const MINUTE = 60_000;
/** Exists, is dangerous, and finds nothing: what is tested is whether one gets that far. */
const DANGEROUS = '/api/v1/stalls/ABCDE/qr-issues';
const REASON = { reason: 'thẻ bị mất' };

let testApp: TestApp;
beforeAll(async () => {
  testApp = await startTestApp({
    workers: false,
    environment: { TRUSTED_PROXIES: '127.0.0.1', SECOND_FACTOR: 'required' },
  });
});
afterAll(() => testApp.stop());

/** A person whose role needs no second factor, with operations of their own that are dangerous. */
const board: StaffOverrides = { role: 'market_board', area: { kind: 'markets', codes: ['92ST001'] } };

const codeOf = async (answer: Promise<Answer>): Promise<unknown> => (await answer).body.code;
const renewCodes = (client: ConsoleClient): Promise<Answer> => client.post('/api/v1/me/recovery-codes');
const stepUp = (client: ConsoleClient, body: object): Promise<Answer> => client.post('/api/v1/auth/step-up', body);

describe('roles that need a second factor', () => {
  it.each(['system_admin', 'department_officer', 'department_leader'] as const)(
    '%s can do nothing but the own account until one is there',
    async (role) => {
      const client = await signInAs(testApp, { role });
      const session = await client.get('/api/v1/auth/session');
      expect([session.status, session.body.mustEnrolSecondFactor]).toEqual([200, true]);
      const refused = await client.get('/api/v1/markets');
      expect(problemOf(refused)).toEqual({ status: 403, code: 'second_factor_enrolment_required' });
      expect((await client.get('/api/v1/me/security')).body.isSecondFactorNeeded).toBe(true);
      const { client: strong } = await enrolApp(testApp, client);
      expect((await strong.get('/api/v1/markets')).status).toBe(200);
      expect((await strong.get('/api/v1/auth/session')).body.mustEnrolSecondFactor).toBe(false);
    },
  );

  it('with a passkey works as well', async () => {
    const device = new SoftwareAuthenticator(testApp.publicUrl);
    const strong = await enrolPasskey(await signInAs(testApp), device);
    expect((await strong.get('/api/v1/markets')).status).toBe(200);
  });

  it('who gives the factor up is led back to where it began', async () => {
    const { client } = await enrolApp(testApp, await signInAs(testApp));
    expect((await client.send('DELETE', '/api/v1/me/totp')).status).toBe(204);
    expect(await codeOf(client.get('/api/v1/markets'))).toBe('second_factor_enrolment_required');
  });

  it.each([
    ['market_board', { kind: 'markets', codes: ['92ST001'] }],
    ['auditor', { kind: 'province', codes: ['92'] }],
  ] as const)('%s works with a password', async (role, area) => {
    const client = await signInAs(testApp, { role, area });
    expect((await client.get('/api/v1/markets')).status).toBe(200);
    expect((await client.get('/api/v1/auth/session')).body.mustEnrolSecondFactor).toBe(false);
  });

  it('what the role may not do is refused as such, factor or not', async () => {
    const client = await signInAs(testApp, { role: 'system_admin' });
    expect(await codeOf(client.get('/api/v1/vendors'))).toBe('not_permitted');
  });
});

describe('dangerous operations', () => {
  it('go through right after signing in, and after ten minutes ask who sits there', async () => {
    const { client } = await enrolApp(testApp, await signInAs(testApp));
    expect(await codeOf(client.post(DANGEROUS, REASON))).toBe('stall_not_found');
    testApp.clock.advanceMs(10 * MINUTE + 1);
    const refused = await client.post(DANGEROUS, REASON);
    expect(problemOf(refused)).toEqual({ status: 403, code: 'step_up_required' });
    expect((await client.get('/api/v1/markets')).status).toBe(200);
  });

  it.each([
    ['POST', '/api/v1/me/totp'],
    ['POST', '/api/v1/me/totp/confirmation'],
    ['DELETE', '/api/v1/me/totp'],
    ['POST', '/api/v1/me/recovery-codes'],
    ['POST', '/api/v1/me/passkeys/options'],
    ['POST', '/api/v1/me/passkeys'],
    ['DELETE', '/api/v1/me/passkeys/019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11'],
  ])('so is %s %s', async (method, path) => {
    const client = await signInAs(testApp, board);
    testApp.clock.advanceMs(10 * MINUTE + 1);
    expect(await codeOf(client.send(method, path, {}))).toBe('step_up_required');
  });
});

describe('confirming who sits there', () => {
  it('with the password, where there is no factor: a new cookie and token, the old ones dead', async () => {
    const client = await signInAs(testApp, board);
    testApp.clock.advanceMs(11 * MINUTE);
    const ways = await client.get('/api/v1/auth/step-up');
    expect(ways.body).toEqual({ password: true, totp: false, recoveryCode: false, passkey: null });
    const answer = await stepUp(client, { way: 'password', password: client.staff.password });
    const renewed = after(client, answer);
    expect([answer.status, renewed.cookie === client.cookie, renewed.csrfToken === client.csrfToken]).toEqual([
      200,
      false,
      false,
    ]);
    expect((await client.get('/api/v1/auth/session')).status).toBe(401);
    expect(await codeOf(renewCodes(renewed))).toBe('no_second_factor');
  });

  it('does not make the session live longer', async () => {
    let client = await signInAs(testApp, board);
    for (let passed = 0; passed < 12 * 60 - 20; passed += 20) {
      testApp.clock.advanceMs(20 * MINUTE);
      expect((await client.get('/api/v1/auth/session')).status).toBe(200);
    }
    client = after(client, await stepUp(client, { way: 'password', password: client.staff.password }));
    expect((await client.get('/api/v1/auth/session')).status).toBe(200);
    testApp.clock.advanceMs(20 * MINUTE);
    expect((await client.get('/api/v1/auth/session')).status).toBe(401);
  });

  it('with password and code, a recovery code, or a passkey, where there are factors', async () => {
    const device = new SoftwareAuthenticator(testApp.publicUrl);
    const enrolled = await enrolApp(testApp, await signInAs(testApp));
    let client = await enrolPasskey(enrolled.client, device);
    const { password } = client.staff;
    const [recoveryCode] = enrolled.recoveryCodes;
    const proofs = [
      () => ({ way: 'totp', password, code: enrolled.app.nextCode() }),
      () => ({ way: 'recovery_code', password, code: recoveryCode }),
      (passkey: unknown) => ({ way: 'passkey', assertion: device.get(passkey) }),
    ];
    for (const proof of proofs) {
      testApp.clock.advanceMs(11 * MINUTE);
      expect(await codeOf(renewCodes(client))).toBe('step_up_required');
      const ways = await client.get('/api/v1/auth/step-up');
      expect(ways.body).toMatchObject({ password: false, totp: true, recoveryCode: true });
      client = after(client, await stepUp(client, proof(ways.body.passkey)));
      expect(await codeOf(client.post(DANGEROUS, REASON))).toBe('stall_not_found');
    }
  });

  it('refuses whatever is wrong, all alike, and the session stays as it was', async () => {
    const { client, app } = await enrolApp(testApp, await signInAs(testApp));
    const { password } = client.staff;
    const used = app.nextCode();
    const renewed = after(client, await stepUp(client, { way: 'totp', password, code: used }));
    testApp.clock.advanceMs(11 * MINUTE);
    const wrong = [
      { way: 'totp', password: 'sai mất rồi nhé', code: app.code() },
      { way: 'totp', password, code: '000000' },
      { way: 'totp', password, code: used },
      { way: 'recovery_code', password, code: '0000-0000-0000-0000' },
    ];
    for (const body of wrong) {
      expect(problemOf(await stepUp(renewed, body))).toEqual({ status: 422, code: 'step_up_failed' });
    }
    expect(await codeOf(stepUp(renewed, { way: 'password', password }))).toBe('step_up_way_too_weak');
    expect(await codeOf(renewCodes(renewed))).toBe('step_up_required');
    expect((await renewed.get('/api/v1/auth/session')).status).toBe(200);
  });

  it('is not done by a new password, where there is a factor', async () => {
    const { client } = await enrolApp(testApp, await signInAs(testApp));
    testApp.clock.advanceMs(11 * MINUTE);
    const change = { currentPassword: client.staff.password, password: 'ba chú vịt qua sông' };
    const changed = await client.post('/api/v1/me/password', change);
    expect(changed.status).toBe(200);
    expect(await codeOf(renewCodes(after(client, changed)))).toBe('step_up_required');
  });

  it.each([
    ['a password of 1 MB', { way: 'password', password: 'x'.repeat(1_000_000) }, 422],
    ['no password', { way: 'password' }, 422],
    ['an unknown way', { way: 'face', password: 'x' }, 422],
    ['an unknown property', { way: 'password', password: 'x', role: 'system_admin' }, 422],
  ])('refuses %s', async (_name, body, status) => {
    const client = await signInAs(testApp, board);
    expect(problemOf(await stepUp(client, body)).status).toBe(status);
  });

  it('takes a Vietnamese password composed and decomposed', async () => {
    const client = await signInAs(testApp, board);
    const password = client.staff.password.normalize('NFD');
    expect((await stepUp(client, { way: 'password', password })).status).toBe(200);
  });

  it('guessing is slowed down, also for who holds a stolen session, and counts with the sign-in', async () => {
    const thief = { 'x-forwarded-for': '192.0.2.66' };
    const client = await signInAs(testApp, board);
    const codes: unknown[] = [];
    for (let i = 0; i < 6; i += 1) {
      const body = { way: 'password', password: `đoán lần thứ ${i}` };
      codes.push((await client.post('/api/v1/auth/step-up', body, thief)).body.code);
    }
    expect(codes).toEqual([...Array<string>(5).fill('step_up_failed'), 'too_many_attempts']);
    expect((await postSignIn(testApp.url, client.staff, thief)).status).toBe(429);
    testApp.clock.advanceMs(16_000);
    expect((await stepUp(client, { way: 'password', password: client.staff.password })).status).toBe(200);
  });

  it('of two at once one goes on', async () => {
    const client = await signInAs(testApp, board);
    const body = { way: 'password', password: client.staff.password };
    const answers = await Promise.all([stepUp(client, body), stepUp(client, body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('needs a session and its token', async () => {
    const client = await signInAs(testApp, board);
    const body = { way: 'password', password: client.staff.password };
    expect(await codeOf(postOpenly(testApp, 'step-up', body))).toBe('sign_in_required');
    expect(await codeOf(postOpenly(testApp, 'step-up', body, { cookie: client.cookie }))).toBe('csrf_token_invalid');
  });
});

it('the trail tells both', async () => {
  const client = await signInAs(testApp, board);
  await stepUp(client, { way: 'password', password: 'sai mất rồi nhé' });
  await stepUp(client, { way: 'password', password: client.staff.password });
  const entries = await testApp.database.read((tx) =>
    sql<{ action: string; actor_id: string }>(
      tx,
      `SELECT action, actor_id FROM audit_entries WHERE subject_id = $1 ORDER BY id`,
      [client.staff.id],
    ),
  );
  expect(entries.map(({ action }) => action)).toEqual(['signed_in', 'step_up_failed', 'stepped_up']);
  expect(new Set(entries.map(({ actor_id }) => actor_id))).toEqual(new Set([client.staff.id]));
});
