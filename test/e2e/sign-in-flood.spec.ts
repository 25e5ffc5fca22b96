import { PasswordHasher } from '../../src/access/password.hasher';
import { saveStaff } from '../factories/staff.factory';
import { startTestApp, type TestApp } from './app';
import { postSignIn, signInAs } from './console-client';

const WRONG = 'không phải mật khẩu này';
const FLOOD = 200;

let testApp: TestApp;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false, environment: { TRUSTED_PROXIES: '127.0.0.1' } });
});
afterAll(() => testApp.stop());
afterEach(() => jest.restoreAllMocks());

const from = (last: number): Record<string, string> => ({ 'x-forwarded-for': `203.0.113.${last}` });

it.each([
  ['an unknown person', { email: 'khong.ai@example.vn' }],
  ['a wrong password', { password: WRONG }],
  ['an account never activated', { state: 'invited' as const }],
  ['a disabled account', { state: 'disabled' as const }],
  ['the right password', {}],
])('%s costs one look at one password, neither more nor less', async (_name, given) => {
  const { state, ...typed } = { state: undefined, ...given };
  const staff = await testApp.database.write((tx) => saveStaff(tx, { state }));
  const looks = jest.spyOn(testApp.app.get(PasswordHasher, { strict: false }), 'matches');
  await postSignIn(testApp.url, { ...staff, ...typed }, from(1));
  expect(looks).toHaveBeenCalledTimes(1);
});

it('a look without an account works through a whole hash of the same cost', async () => {
  const hasher = testApp.app.get(PasswordHasher, { strict: false });
  const [dummy, real] = [await hasher.dummyHash(), await hasher.hash(WRONG)];
  const cost = (phc: string): string => phc.split('$').slice(0, 4).join('$');
  expect(cost(dummy)).toBe(cost(real));
  expect(cost(real)).toBe('$argon2id$v=19$m=19456,t=2,p=1');
});

it('200 wrong passwords at once: most are turned away, other pages answer before the last one is looked at', async () => {
  const client = await signInAs(testApp);
  const order: string[] = [];
  const tries = Array.from({ length: FLOOD }, async (_, i) => {
    const email = `guess.${i}@example.vn`;
    const { status } = await postSignIn(testApp.url, { email, password: WRONG }, from(2 + (i % 200)));
    order.push(`sign-in ${status}`);
  });
  const pages = ['/health/live', '/api/v1/markets', '/api/v1/auth/session'].map(async (path) => {
    const { status } = await client.get(path);
    order.push(`page ${status}`);
  });
  await Promise.all([...tries, ...pages]);
  const lastLook = order.lastIndexOf('sign-in 401');
  const answered = order.flatMap((line, place) => (line.startsWith('page') ? [place] : []));
  expect(order.filter((line) => line === 'page 200')).toHaveLength(3);
  expect(Math.max(...answered)).toBeLessThan(lastLook);
  expect(order.filter((line) => line === 'sign-in 503').length).toBeGreaterThan(0);
  expect(order.filter((line) => /sign-in (401|503)/.test(line))).toHaveLength(FLOOD);
});
