import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { answerOf, type Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { problemOf } from './problems';

/** What `npm run build` made, as the program serves it. */
const ASSETS = join(__dirname, '..', '..', 'dist', 'web', 'assets');

let testApp: TestApp;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false, console: true });
});
afterAll(() => testApp.stop());

const get = async (path: string): Promise<Answer> => answerOf(await fetch(testApp.url + path));

it.each(['/', '/markets', '/markets/92ST001?tab=codes', '/sign-in', '/anything/deep/inside'])(
  '%s is the console, with a nonce of its own',
  async (path) => {
    const [first, second] = [await get(path), await get(path)];
    const nonces = [first, second].map(({ status, headers, bytes }) => {
      expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(headers.get('cache-control')).toBe('no-store');
      const policy = headers.get('content-security-policy') ?? '';
      const nonce = /style-src 'self' 'nonce-([A-Za-z0-9+/=]{24})'/.exec(policy)?.[1] ?? '';
      expect(policy).not.toContain('unsafe');
      expect(bytes.toString()).toContain(nonce);
      expect(bytes.toString()).not.toContain('__CSP_NONCE__');
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
  },
);

it('its files carry their content in their name and are kept for a year', async () => {
  const names = readdirSync(ASSETS).filter((name) => /\.(js|css|woff2)$/.test(name));
  expect(names.length).toBeGreaterThan(2);
  for (const name of names.slice(0, 5)) {
    const { status, headers } = await get(`/assets/${name}`);
    expect([name, status, headers.get('cache-control')]).toEqual([name, 200, 'public, max-age=31536000, immutable']);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

it.each([
  '/assets/missing.js',
  '/assets/',
  '/assets/../index.html',
  '/assets/..%2findex.html',
  '/assets/..%2f..%2fsrc%2fmain.js',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets/..%5c..%5cpackage.json',
  '/assets//etc/passwd',
  '/api/v1/nothing',
  '/api',
  '/api/v1/markets/x/y/z',
  '/health/nothing',
  '/metrics/nothing',
])('%s is no page', async (path) => {
  const answer = await get(path);
  // What resolves to a page outside of /assets is the console; the browser asked for it.
  if (answer.status === 200) return expect(answer.bytes.toString()).toContain('<div id="root">');
  expect(['not_found', 'forbidden']).toContain(problemOf(answer).code);
});

it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s of a page is not there', async (method) => {
  const answer = await answerOf(await fetch(`${testApp.url}/markets`, { method }));
  expect(problemOf(answer)).toEqual({ status: 404, code: 'not_found' });
});
