import { sql } from '../../src/platform/db/database';
import { encodeCursor } from '../../src/platform/http/page';
import { saveMarket, saveStall } from '../factories/market.factory';
import { saveOccupiedStall } from '../factories/vendor.factory';
import { answerOf, type Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { type ConsoleClient, signInAs } from './console-client';
import { fieldsOf, problemOf } from './problems';

/** What stands where an id or code belongs. */
const NO_IDS = [
  'undefined',
  'null',
  'NaN',
  '1e3',
  '-1',
  '9223372036854775808',
  '00000000-0000-0000-0000-00000000000g',
  '..%2F..%2Fetc%2Fpasswd',
  '%2e%2e%2f%2e%2e',
  "'%20OR%20'1'='1",
  '%25%25',
  '__proto__',
  'ch%E1%BB%A3',
  '%F0%9F%8D%9C',
];

const BY_ID = (id: string): string[] => [
  `/api/v1/markets/${id}`,
  `/api/v1/markets/${id}/zones`,
  `/api/v1/markets/${id}/launch`,
  `/api/v1/markets/${id}/qr-issues`,
  `/api/v1/markets/${id}/card-packs`,
  `/api/v1/qr-issues/${id}`,
  `/api/v1/qr-issues/${id}/code.png`,
  `/api/v1/qr-issues/${id}/card.pdf`,
  `/api/v1/card-packs/${id}`,
  `/api/v1/card-packs/${id}/file`,
];

/** Lists of several modules: each is paged and filtered in its own SQL. */
const LISTS = ['/api/v1/markets', '/api/v1/markets/ADDR01/qr-issues', '/api/v1/markets/ADDR01/card-packs'];

let testApp: TestApp;
let client: ConsoleClient;

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  await testApp.database.write(async (tx) => {
    const market = await saveMarket(tx, { code: 'ADDR01', name: 'Chợ 100% Sạch' });
    await saveMarket(tx, { code: 'ADDR02', name: 'Chợ A_B' });
    await saveMarket(tx, { code: 'ADDR03', name: 'Chợ A\\B' });
    await saveOccupiedStall(tx, await saveStall(tx, market));
  });
  client = await signInAs(testApp);
});
afterAll(() => testApp.stop());

async function call(method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const own = { cookie: client.cookie, 'x-csrf-token': client.csrfToken };
  return answerOf(await fetch(testApp.url + path, { method, headers: { ...own, ...headers } }));
}

describe('ids', () => {
  it.each(NO_IDS)('%s is nothing we have', async (id) => {
    for (const path of BY_ID(id)) {
      const problem = problemOf(await client.get(path));
      expect([path, [400, 404, 422].includes(problem.status)]).toEqual([path, true]);
    }
  });

  it.each([
    ['NUL', '%00'],
    ['a byte that is no UTF-8', '%ff'],
    ['half an escape', '%e1%bb'],
    ['no escape', '%zz'],
  ])('%s is refused before anything looks for it', async (_name, id) => {
    for (const path of [...BY_ID(`A${id}`), `/api/v1/markets?q=${id}`]) {
      expect(problemOf(await client.get(path))).toEqual({ status: 400, code: 'request_malformed' });
    }
  });

  it('of ten thousand characters are refused, in path and query', async () => {
    const long = 'A'.repeat(10_000);
    for (const path of BY_ID(long)) expect([400, 404, 422]).toContain(problemOf(await client.get(path)).status);
    for (const list of LISTS) expect(problemOf(await client.get(`${list}?cursor=${long}`)).status).toBe(422);
    expect(problemOf(await client.get(`/api/v1/markets?q=${long}`)).status).toBe(422);
  });
});

describe.each(LISTS)('%s refuses', (list) => {
  it.each([
    ['limit=1&limit=2', '/limit wrong_type'],
    ['limit[]=1', '/limit[] unknown_property'],
    ['limit%5B%5D=1', '/limit[] unknown_property'],
    ['filter[x]=1', '/filter[x] unknown_property'],
    ['limit=0', '/limit too_small'],
    ['limit=-1', '/limit wrong_type'],
    ['limit=1e9', '/limit wrong_type'],
    ['limit=201', '/limit too_big'],
    ['limit=', '/limit wrong_type'],
    ['limit=1.5', '/limit wrong_type'],
    ['sort=password', '/sort unknown_property'],
    ['cursor=a&cursor=b', '/cursor wrong_type'],
    ['state=1%27', '/state not_allowed'],
  ])('?%s', async (query, field) => {
    const answer = await client.get(`${list}?${query}`);
    if (query.startsWith('state') && list.endsWith('card-packs')) return;
    expect(problemOf(answer)).toEqual({ status: 422, code: 'request_invalid' });
    expect(fieldsOf(answer)).toEqual([field]);
  });

  it.each([
    ['not base64', '***'],
    ['another list’s', encodeCursor(['a'])],
    ['with more parts', encodeCursor(['a', 'b', 'c', 'd', 'e'])],
    ['with NUL', encodeCursor(['\0', '\0', '\0'])],
    ['with an object', Buffer.from('{"length":2}').toString('base64url')],
    ['with a date that does not exist', encodeCursor(['2026-02-31T00:00:00.000Z', '1'])],
  ])('a cursor %s', async (_name, cursor) => {
    expect(problemOf(await client.get(`${list}?cursor=${encodeURIComponent(cursor)}`))).toEqual({
      status: 400,
      code: 'cursor_invalid',
    });
  });
});

it.each([
  ['__proto__=1', '__proto__'],
  ['__proto__[limit]=1', '__proto__[limit]'],
  ['constructor=1', 'constructor'],
  ['prototype=1', 'prototype'],
  ['constructor.prototype.limit=1', 'constructor.prototype.limit'],
])('?%s reaches nothing, and is named', async (query, name) => {
  const answer = await client.get(`/api/v1/markets?${query}`);
  expect(problemOf(answer)).toEqual({ status: 422, code: 'request_invalid' });
  expect(fieldsOf(answer)).toEqual([`/${name} unknown_property`]);
});

it.each([
  ['%', ['ADDR01']],
  ['_', ['ADDR02']],
  ['\\', ['ADDR03']],
  ['%%', []],
  ["' OR 1=1 --", []],
])('searching %s finds what holds it, and nothing else', async (q, codes) => {
  const { status, body } = await client.get(`/api/v1/markets?q=${encodeURIComponent(q)}`);
  expect(status).toBe(200);
  expect((body.items as unknown as { code: string }[]).map(({ code }) => code)).toEqual(codes);
});

describe('addresses and methods', () => {
  it.each([
    ['GET', '/api/v1/nothing'],
    ['GET', '/api/v1'],
    ['GET', '/api/'],
    ['GET', '/nothing'],
    ['GET', '/api/v1/markets/'],
    ['GET', '//api/v1/markets'],
    ['GET', '/API/V1/MARKETS'],
    ['GET', '/health/'],
    ['DELETE', '/api/v1/markets/ADDR01'],
    ['PUT', '/api/v1/markets/ADDR01'],
    ['POST', '/api/v1/launches/board'],
    ['OPTIONS', '/api/v1/markets'],
    ['OPTIONS', '/health/live'],
    ['PROPFIND', '/api/v1/markets'],
    ['POST', '/health/live'],
  ])('%s %s is not there', async (method, path) => {
    expect(problemOf(await call(method, path))).toEqual({ status: 404, code: 'not_found' });
  });

  it('HEAD answers as GET does, without a body', async () => {
    const [head, get] = [await call('HEAD', '/api/v1/markets'), await call('GET', '/api/v1/markets')];
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    const missing = await call('HEAD', '/api/v1/markets/NOWHERE');
    expect([missing.status, missing.bytes.length]).toEqual([404, 0]);
  });

  it.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])('%s overrides nothing', async (header) => {
    const answer = await call('GET', '/api/v1/markets/ADDR01', { [header]: 'DELETE' });
    expect([answer.status, answer.body.code]).toEqual([200, 'ADDR01']);
    expect(problemOf(await call('POST', '/api/v1/markets/ADDR01', { [header]: 'PATCH' })).status).toBe(404);
  });
});

describe('forged headers', () => {
  it('X-Forwarded-* of a stranger is not believed', async () => {
    const forged = {
      'x-forwarded-for': '198.51.100.7',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    };
    const { status } = await client.post(
      '/api/v1/markets/ADDR01/qr-issues',
      {},
      { ...forged, forwarded: 'for=198.51.100.7' },
    );
    expect(status).toBe(200);
    const [entry] = await testApp.database.read((tx) =>
      sql<{ text: string }>(tx, `SELECT e::text AS text FROM audit_entries e WHERE action = 'qr_issued'`),
    );
    expect(entry?.text).toContain('127.0.0.1');
    expect(entry?.text).not.toContain('198.51.100.7');
    const [issue] = await testApp.database.read((tx) =>
      sql<{ url: string }>(tx, `SELECT face->>'verifyUrl' AS url FROM qr_issues`),
    );
    expect(issue?.url).toMatch(/^http:\/\/cho40\.test\/v\/\d+$/);
  });

  it('a request id of the caller’s is not taken over', async () => {
    const { headers } = await call('GET', '/health/live', { 'x-request-id': 'forged', 'request-id': 'forged' });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});
