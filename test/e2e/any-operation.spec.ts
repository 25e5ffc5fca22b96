import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { LightMyRequestResponse } from 'fastify';
import { type Caller, Callers, type FuzzRequest, sendInside } from '../fuzz/callers';
import { type DocumentedOperation, documentedOperations } from '../fuzz/documented';
import { type GoodRequest, goodRequest, requestWith, withId } from '../fuzz/good-request';
import { codeOf, whatIsWrong } from '../fuzz/refusals';
import { exampleText } from '../fuzz/spoil';
import { startTestApp, type TestApp } from './app';
import { makeWorld } from './matrix/world';

/** One operation of the document, the request that it would take, and who may send it. */
interface Target extends DocumentedOperation {
  readonly good: GoodRequest;
  readonly caller: Caller;
}

/** A few thousand requests; a shared machine may be busy. */
jest.setTimeout(90_000);

let testApp: TestApp;
let targets: Target[];

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  const world = await makeWorld(testApp, 'ANYOP001', { provinceCode: '92', communeCode: '31510' });
  const callers = new Callers(testApp, world);
  targets = [];
  for (const documented of documentedOperations(testApp)) {
    const caller = await callers.of(documented.operation);
    targets.push({ ...documented, good: goodRequest(documented, world), caller });
  }
});
afterAll(() => testApp.stop());

type Headers = Record<string, string>;

function send({ caller }: Target, request: FuzzRequest, headers: Headers = {}): Promise<LightMyRequestResponse> {
  const proved = caller(request);
  return sendInside(testApp, { ...proved, headers: { ...proved.headers, ...headers } });
}

/** `operation: what is wrong`, for every operation that did not refuse clearly with one of these codes. */
async function unclear(
  some: readonly Target[],
  requestsOf: (target: Target) => readonly FuzzRequest[],
  codes: RegExp,
  headers: Headers = {},
): Promise<string[]> {
  const findings: string[] = [];
  for (const target of some) {
    for (const request of requestsOf(target)) {
      const answer = await send(target, request, headers);
      const wrong = whatIsWrong(answer) ?? (codes.test(codeOf(answer)) ? null : `refused as ${codeOf(answer)}`);
      if (wrong) findings.push(`${target.operation.id} ${request.path.slice(0, 80)}: ${wrong}`);
    }
  }
  return findings;
}

/** Of the JSON reader; what banks stream is judged by readers of its own (submission-refusals.spec.ts). */
const takesJson = ({ body, operation }: Target): boolean => body !== undefined && operation.id !== 'postSubmission';

/** A text with `member` in front of what a good body has. */
const withMember = (good: string, member: string): string => `{${member}${good === '{}' ? '' : ','}${good.slice(1)}`;

type Spoiling = (good: string) => string | Buffer;
const nested: Spoiling = (good) => withMember(good, `"x":${'['.repeat(10_000)}1${']'.repeat(10_000)}`);

it('covers every operation of the document', () => {
  expect(targets.length).toBeGreaterThan(60);
  expect(targets.filter(takesJson).length).toBeGreaterThan(20);
});

it.each<[name: string, spoil: Spoiling, codes: RegExp]>([
  ['broken', (good) => good.slice(0, -1), /^json_invalid$/],
  ['empty', () => '', /^request_invalid$/],
  ['10 000 deep', nested, /^json_invalid$/],
  ['with a repeated key', (good) => withMember(good, '"x":1,"x":2'), /^json_duplicate_key$/],
  ['with __proto__', (good) => withMember(good, '"__proto__":{"x":1}'), /^json_invalid$/],
  ['with constructor', (good) => withMember(good, '"constructor":{"prototype":{}}'), /^json_invalid$/],
  ['with prototype', (good) => withMember(good, '"prototype":{}'), /^request_invalid$/],
  ['with a byte that is no UTF-8', (good) => Buffer.concat([Buffer.from(good), Buffer.of(0xff)]), /^json_invalid$/],
  ['with NUL in a text', (good) => withMember(good, '"x":"a\\u0000b"'), /^request_invalid$/],
  ['with half a character', (good) => withMember(good, '"x":"\\ud83d"'), /^request_invalid$/],
  ['of more than a megabyte', (good) => withMember(good, `"x":"${'x'.repeat(1_100_000)}"`), /^body_too_large$/],
  ['that is a list', (good) => `[${good}]`, /^request_invalid$/],
])('a body %s', async (_name, spoil, codes) => {
  const requests = ({ good }: Target) => [{ ...requestWith(good), body: spoil(good.body ?? '{}') }];
  expect(await unclear(targets.filter(takesJson), requests, codes)).toEqual([]);
});

it('an unknown property, by its name', async () => {
  const findings: string[] = [];
  for (const target of targets.filter(takesJson)) {
    const body = withMember(target.good.body ?? '{}', '"colour":"xanh"');
    const answer = await send(target, requestWith(target.good, { body }));
    const { errors = [] } = answer.json<{ errors?: { pointer: string; code: string }[] }>();
    const isNamed = errors.some(({ pointer, code }) => pointer === '/colour' && code === 'unknown_property');
    if (answer.statusCode !== 422 || !isNamed) findings.push(`${target.operation.id}: ${answer.payload}`);
  }
  expect(findings).toEqual([]);
});

it('a bomb of a few kilobytes is not unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(10_000_000, 0x20));
  const requests = ({ good }: Target) => [{ ...requestWith(good), body: bomb }];
  const writes = targets.filter(({ operation }) => operation.method !== 'GET');
  const headers = { 'content-encoding': 'gzip' };
  expect(await unclear(writes, requests, /^content_encoding_not_supported$/, headers)).toEqual([]);
});

it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'image/png'])(
  'a body of type %s',
  async (type) => {
    const requests = ({ good }: Target) => [{ ...requestWith(good), type }];
    expect(await unclear(targets.filter(takesJson), requests, /^content_type_not_supported$/)).toEqual([]);
  },
);

const NO_IDS = ['undefined', 'NaN', '1e3', '9223372036854775808', 'null', '-1', "' OR 1=1 --", '../../etc/passwd'];

it.each(NO_IDS)('the id %s is nothing we have', async (text) => {
  const requests = ({ good, parameters }: Target) =>
    parameters
      .filter((parameter) => parameter.in === 'path')
      .map(({ name }) => requestWith(good, { segments: withId(good, name, text) }));
  expect(await unclear(targets, requests, /^(?:request_invalid|\w+_not_found)$/)).toEqual([]);
});

it.each([
  ['NUL', '%00'],
  ['a byte that is no UTF-8', '%ff'],
  ['half an escape', '%e1%bb'],
])('%s in an id or query is refused before anything is looked for', async (_name, escape) => {
  const requests = ({ good, parameters }: Target) =>
    parameters.map(({ name, in: place }) => {
      const path = requestWith(good, { query: [] }).path;
      const whole = withId(good, name, 'x').join('/').replace('/x', `/x${escape}`);
      return { ...requestWith(good), path: place === 'path' ? whole : `${path}?${name}=${escape}` };
    });
  expect(await unclear(targets, requests, /^request_malformed$/)).toEqual([]);
});

it.each<[string, (name: string, value: string) => [string, string][]]>([
  [
    'repeated',
    (name, value) => [
      [name, value],
      [name, value],
    ],
  ],
  ['in brackets', (name, value) => [[`${name}[]`, value]]],
  ['with a key in brackets', (name, value) => [[`${name}[__proto__]`, value]]],
  ['unheard of', () => [['__proto__', '1']]],
])('a query parameter %s', async (_name, pairs) => {
  const requests = ({ good, parameters }: Target) =>
    parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name, schema }) => {
        const others = good.query.filter(([other]) => other !== name);
        return requestWith(good, { query: [...others, ...pairs(name, exampleText(schema))] });
      });
  expect(await unclear(targets, requests, /^request_invalid$/)).toEqual([]);
});

const FORGED: Headers = {
  'x-forwarded-for': '198.51.100.7',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-real-ip': '198.51.100.7',
  forwarded: 'for=198.51.100.7;host=evil.example',
  'x-http-method-override': 'DELETE',
  'x-http-method': 'DELETE',
  'x-method-override': 'DELETE',
  'x-original-url': '/api/v1/markets',
  'x-rewrite-url': '/api/v1/markets',
};

it('headers that claim another address, host, method or path change no answer', async () => {
  const findings: string[] = [];
  const told = ({ payload }: LightMyRequestResponse): string => payload.replace(/"traceId":"[^"]*"/, '');
  for (const target of targets.filter(({ operation }) => operation.method === 'GET')) {
    const ask = (headers: Headers = {}) => send(target, requestWith(target.good), headers);
    const [first, second, forged] = [await ask(), await ask(), await ask(FORGED)];
    // A challenge or an export differs from itself; then only its status can be compared.
    const isSame = told(first) !== told(second) || told(first) === told(forged);
    if (!isSame || first.statusCode !== forged.statusCode || forged.payload.includes('evil.example')) {
      findings.push(`${target.operation.id}: ${forged.statusCode} instead of ${first.statusCode}`);
    }
  }
  expect(findings).toEqual([]);
});

it('two lengths, or a length and chunks, are one refusal, and what hides behind them is not read', async () => {
  const hidden = 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n';
  const findings: string[] = [];
  for (const { good, operation } of targets) {
    const first = `${operation.method} ${requestWith(good).path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json`;
    for (const lengths of [
      'Content-Length: 2\r\nContent-Length: 90',
      'Content-Length: 4\r\nTransfer-Encoding: chunked',
    ]) {
      const said = await sendRaw(`${first}\r\n${lengths}\r\n\r\n0\r\n\r\n${hidden}`);
      const isOneRefusal = /^HTTP\/1\.1 400 .*"code":"request_malformed"/s.test(said) && !said.includes('"ok"');
      if (!isOneRefusal) findings.push(`${operation.id}: ${said.slice(0, 80)}`);
    }
  }
  expect(findings).toEqual([]);
});

/** Everything until the server hangs up. */
async function sendRaw(text: string): Promise<string> {
  const { port, hostname } = new URL(testApp.url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.write(text);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}
