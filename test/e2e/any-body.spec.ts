import { gzipSync, deflateSync } from 'node:zlib';
import { stallCodeFromNumber } from '../../src/kernel/stall-code';
import { sqlOne } from '../../src/platform/db/database';
import { makeMarket, saveMarket } from '../factories/market.factory';
import { answerOf, type Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { type ConsoleClient, signInAs } from './console-client';
import { fieldsOf, problemOf } from './problems';

/** Writes that stand for all: what is refused before the schema is the same code for every one. */
interface Write {
  readonly name: string;
  readonly path: string;
  /** A field that is a text in a body which would be taken. */
  readonly text: string;
  readonly body: () => Record<string, unknown>;
}

const WRITES: Write[] = [
  { name: 'a market', path: '/api/v1/markets', text: 'name', body: () => ({ ...makeMarket() }) },
  {
    name: 'a launch step',
    path: '/api/v1/markets/BODY01/launch/transitions',
    text: 'reason',
    body: () => ({ toState: 'surveyed', onDay: '2026-11-22', leadAgency: 'Sở Công Thương', reason: 'Đã khảo sát' }),
  },
  {
    name: 'a card pack',
    path: '/api/v1/markets/BODY01/card-packs',
    text: 'layout',
    body: () => ({ layout: 'a4_sheet' }),
  },
  {
    name: 'a re-issue',
    path: `/api/v1/stalls/${stallCodeFromNumber(7n)}/qr-issues`,
    text: 'reason',
    body: () => ({ reason: 'Thẻ bị mất' }),
  },
  {
    name: 'a sign-in',
    path: '/api/v1/auth/sign-in',
    text: 'email',
    body: () => ({ email: 'lan@example.vn', password: 'mười hai con giáp' }),
  },
];

type Sent = (body: string) => string | Buffer;

const cutOff: Sent = (body) => body.slice(0, -3);
const withMember =
  (member: string): Sent =>
  (body) =>
    `{${member},${body.slice(1)}`;
const nested = (open: string, close: string): Sent => withMember(`"x":${open.repeat(10_000)}1${close.repeat(10_000)}`);

const UNREADABLE: [name: string, sent: Sent, code: string][] = [
  ['cut off', cutOff, 'json_invalid'],
  ['not JSON', () => 'name=Chợ', 'json_invalid'],
  ['two documents', (body) => body + body, 'json_invalid'],
  ['a comment', (body) => `/* */${body}`, 'json_invalid'],
  ['a trailing comma', (body) => body.replace(/\}$/, ',}'), 'json_invalid'],
  ['NaN', withMember('"x":NaN'), 'json_invalid'],
  ['a byte order mark', (body) => `\uFEFF${body}`, 'json_invalid'],
  ['UTF-16', (body) => Buffer.from(body, 'utf16le'), 'json_invalid'],
  ['a byte that is no UTF-8', (body) => Buffer.concat([Buffer.from(body), Buffer.from([0xff])]), 'json_invalid'],
  ['an overlong form', (body) => Buffer.from(withMember('"x":"\xc0\xaf"')(body) as string, 'latin1'), 'json_invalid'],
  ['a raw NUL', (body) => `${body}\0`, 'json_invalid'],
  ['10 000 nested arrays', nested('[', ']'), 'json_invalid'],
  ['10 000 nested objects', nested('{"a":', '}'), 'json_invalid'],
  ['__proto__', withMember('"__proto__":{"admin":true}'), 'json_invalid'],
  ['an escaped __proto__', withMember('"\\u005f_proto__":{"admin":true}'), 'json_invalid'],
  ['constructor deep inside', withMember('"x":[{"constructor":{"prototype":{}}}]'), 'json_invalid'],
  ['a repeated key', withMember('"x":1,"x":1'), 'json_duplicate_key'],
  ['a repeated key, once escaped', withMember('"x":1,"\\u0078":2'), 'json_duplicate_key'],
  ['a repeated key deep inside', withMember('"x":[{"y":{"z":1,"z":1}}]'), 'json_duplicate_key'],
];

let testApp: TestApp;
let client: ConsoleClient;

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  await testApp.database.write((tx) => saveMarket(tx, { code: 'BODY01', state: 'proposed' }));
  client = await signInAs(testApp);
});
afterAll(() => testApp.stop());

async function send({ path }: Write, body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  const own = { cookie: client.cookie, 'x-csrf-token': client.csrfToken, 'content-type': 'application/json' };
  return answerOf(await fetch(testApp.url + path, { method: 'POST', body, headers: { ...own, ...headers } }));
}

describe.each(WRITES)('$name is refused, and nothing of it kept:', (write) => {
  const text = (): string => JSON.stringify(write.body());

  it.each(UNREADABLE)('%s', async (_name, sent, code) => {
    expect(problemOf(await send(write, sent(text())))).toEqual({ status: 400, code });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['NUL in a text', { [write.text]: 'Chợ\0 Nổi' }, `/${write.text} invalid_text`],
    ['half a character', { [write.text]: 'Chợ \ud83d' }, `/${write.text} invalid_text`],
    ['NUL in a key', { 'a\0b': 1 }, '/a\0b invalid_text'],
    ['an unknown property', { colour: 'xanh' }, '/colour unknown_property'],
    ['one that others would drop quietly', { prototype: { admin: true } }, '/prototype unknown_property'],
    ['a number for a text', { [write.text]: 5 }, `/${write.text} `],
    ['an object for a text', { [write.text]: { $ne: null } }, `/${write.text} `],
  ])('%s', async (_name, change, field) => {
    const answer = await send(write, JSON.stringify({ ...write.body(), ...change }));
    expect(problemOf(answer)).toEqual({ status: 422, code: 'request_invalid' });
    expect(fieldsOf(answer)).toEqual([expect.stringContaining(field)]);
  });

  it.each([
    ['an array', '[]'],
    ['a string', '"x"'],
    ['null', 'null'],
    ['nothing at all', ''],
  ])('%s', async (_name, body) => {
    expect(problemOf(await send(write, body))).toEqual({ status: 422, code: 'request_invalid' });
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', (body: string) => Buffer.from(body)],
  ])('a body in %s', async (encoding, pack) => {
    const answer = await send(write, pack(text()), { 'content-encoding': encoding });
    expect(problemOf(answer)).toEqual({ status: 415, code: 'content_encoding_not_supported' });
  });

  it.each([
    'text/plain',
    'text/csv',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'x',
  ])('a body of type %s', async (type) => {
    const answer = await send(write, text(), { 'content-type': type });
    expect(problemOf(answer)).toEqual({ status: 415, code: 'content_type_not_supported' });
  });

  it.each<[string, () => Promise<Answer>]>([
    ['that says so', () => send(write, '"'.padEnd(10_000_000, 'x'))],
    ['in pieces of unknown length', () => sendStreamed(write, 160)],
  ])('10 MB %s', async (_name, sending) => {
    expect(problemOf(await sending())).toEqual({ status: 413, code: 'body_too_large' });
  });
});

async function sendStreamed({ path }: Write, pieces: number): Promise<Answer> {
  const piece = new Uint8Array(65_536).fill(0x20);
  const body = new ReadableStream({
    pull: (controller) => {
      if (pieces-- > 0) controller.enqueue(piece);
      else controller.close();
    },
  });
  const headers = { cookie: client.cookie, 'x-csrf-token': client.csrfToken, 'content-type': 'application/json' };
  return answerOf(await fetch(testApp.url + path, { method: 'POST', body, headers, duplex: 'half' }));
}

it('after all of this nothing has changed', async () => {
  const { rows } = (await testApp.database.read((tx) =>
    sqlOne<{ rows: number }>(
      tx,
      `SELECT ((SELECT count(*) FROM markets) + (SELECT count(*) FROM launch_transitions)
         + (SELECT count(*) FROM card_packs) + (SELECT count(*) FROM qr_issues))::int AS rows`,
    ),
  )) ?? { rows: 0 };
  expect(rows).toBe(1);
});

it('what is right is taken', async () => {
  const [market, step] = WRITES as [Write, Write];
  expect((await send(market, JSON.stringify(market.body()))).status).toBe(422);
  expect((await send(step, JSON.stringify(step.body()))).status).toBe(201);
});

describe('a file is taken', () => {
  const list = 'Tên chợ\n';
  const form = (): FormData => {
    const data = new FormData();
    data.append('file', new Blob([list], { type: 'text/csv' }), 'cho.csv');
    return data;
  };
  const sendFile = async (body: string | FormData, type?: string): Promise<Answer> => {
    const own = { cookie: client.cookie, 'x-csrf-token': client.csrfToken, ...(type && { 'content-type': type }) };
    return answerOf(await fetch(`${testApp.url}/api/v1/imports/markets`, { method: 'POST', body, headers: own }));
  };

  it.each<[string, () => Promise<Answer>]>([
    ['as a form', () => sendFile(form())],
    ['as text/csv', () => sendFile(list, 'text/csv')],
  ])('%s', async (_name, sending) => {
    expect((await sending()).body.code).toMatch(/^list_/);
  });

  it.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded'])('but not as %s', async (type) => {
    expect(problemOf(await sendFile(list, type))).toEqual({ status: 415, code: 'content_type_not_supported' });
  });

  const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nx';
  it.each<[string, string, string, number, string]>([
    ['without a boundary', 'multipart/form-data', list, 400, 'form_invalid'],
    ['without an end', 'multipart/form-data; boundary=b', part, 400, 'form_invalid'],
    ['without a file', 'multipart/form-data; boundary=b', '--b--\r\n', 422, 'file_missing'],
    ['of another kind', 'multipart/mixed; boundary=b', `${part}\r\n--b--\r\n`, 415, 'content_type_not_supported'],
    ['with nothing in it', 'multipart/form-data; boundary=b', '', 422, 'file_missing'],
  ])('nor as a form %s', async (_name, type, body, status, code) => {
    expect(problemOf(await sendFile(body, type))).toEqual({ status, code });
  });
});

it('speaks English to who asks for it', async () => {
  const [market] = WRITES as [Write];
  const vi = await send(market, '{');
  const en = await send(market, '{', { 'accept-language': 'en-GB,en;q=0.9,vi;q=0.5' });
  expect([vi, en].map(({ headers }) => headers.get('content-language'))).toEqual(['vi', 'en']);
  expect([vi, en].map(({ body }) => body.title)).toEqual(['Yêu cầu không đọc được', 'The request cannot be read']);
});
