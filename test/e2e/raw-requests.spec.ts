import { once } from 'node:events';
import { connect } from 'node:net';
import { startTestApp, type TestApp } from './app';

const CRLF = '\r\n';

let testApp: TestApp;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
});
afterAll(() => testApp.stop());

interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: { readonly code?: string; readonly status?: number; readonly traceId?: string };
}

/** Sends bytes as they are and reads until the server hangs up. */
async function sendRaw(lines: readonly string[], body = ''): Promise<RawAnswer[]> {
  const { port, hostname } = new URL(testApp.url);
  const socket = connect(Number(port), hostname.replace(/^\[|\]$/g, ''));
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(lines.join(CRLF) + CRLF + CRLF + body);
  await once(socket, 'close');
  return answersOf(Buffer.concat(chunks).toString());
}

function answersOf(text: string): RawAnswer[] {
  return text
    .split(/(?=HTTP\/1\.1 )/)
    .filter(Boolean)
    .map((answer) => {
      const [head = '', body = ''] = answer.split(CRLF + CRLF);
      const [first = '', ...rest] = head.split(CRLF);
      const headers = new Map(rest.map((line) => line.split(': ')).map(([k = '', v = '']) => [k.toLowerCase(), v]));
      return {
        status: Number(first.split(' ')[1]),
        headers,
        body: headers.get('content-type')?.includes('json') ? (JSON.parse(body) as RawAnswer['body']) : {},
      };
    });
}

const SIGN_IN = 'POST /api/v1/auth/sign-in HTTP/1.1';
const JSON_TYPE = 'Content-Type: application/json';
const HIDDEN = 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n';

it.each<[name: string, lines: string[], body: string, status: number, code: string]>([
  ['two lengths', [SIGN_IN, 'Host: x', JSON_TYPE, 'Content-Length: 2', 'Content-Length: 60'], `{}${HIDDEN}`, 400, ''],
  [
    'a length and chunks',
    [SIGN_IN, 'Host: x', JSON_TYPE, 'Content-Length: 4', 'Transfer-Encoding: chunked'],
    `0${CRLF}${CRLF}${HIDDEN}`,
    400,
    '',
  ],
  [
    'chunks and a length',
    [SIGN_IN, 'Host: x', JSON_TYPE, 'Transfer-Encoding: chunked', 'Content-Length: 4'],
    `0${CRLF}${CRLF}${HIDDEN}`,
    400,
    '',
  ],
  ['chunked twice', [SIGN_IN, 'Host: x', JSON_TYPE, 'Transfer-Encoding: chunked, identity'], '0', 400, ''],
  ['a negative length', [SIGN_IN, 'Host: x', JSON_TYPE, 'Content-Length: -1'], '', 400, ''],
  ['a length with a sign', [SIGN_IN, 'Host: x', JSON_TYPE, 'Content-Length: +2'], '{}', 400, ''],
  ['no host', ['GET /health/live HTTP/1.1'], '', 400, ''],
  ['a space before the colon', ['GET /health/live HTTP/1.1', 'Host : x'], '', 400, ''],
  ['a bare line feed in a header', ['GET /health/live HTTP/1.1', 'Host: x', 'A: b\nC: d'], '', 400, ''],
  ['a NUL in a header', ['GET /health/live HTTP/1.1', 'Host: x', 'A: b\0'], '', 400, ''],
  ['a method nobody knows', ['BREW /pot HTTP/1.1', 'Host: x'], '', 400, ''],
  ['another protocol', ['\x16\x03\x01\x02\x00\x01\x00\x01'], '', 400, ''],
  [
    'headers without end',
    ['GET /health/live HTTP/1.1', 'Host: x', `Cookie: ${'a'.repeat(20_000)}`],
    '',
    431,
    'headers_too_large',
  ],
])('%s: one clear refusal, and what hides behind it is not read', async (_name, lines, body, status, code) => {
  const answers = await sendRaw(lines, body);
  expect(answers).toHaveLength(1);
  const [answer] = answers as [RawAnswer];
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.body).toMatchObject({ status, code: code || 'request_malformed' });
  expect(answer.body.traceId).toBe(answer.headers.get('x-request-id'));
  expect(answer.headers.get('connection')).toBe('close');
});

it.each([
  ['an asterisk', 'OPTIONS * HTTP/1.1', 404],
  ['another host’s address', 'GET http://evil.example/health/live HTTP/1.1', 200],
  ['no slash in front', 'GET health/live HTTP/1.1', 400],
  ['dots upwards', 'GET /api/v1/../../etc/passwd HTTP/1.1', 404],
  ['an address longer than headers may be', `GET /${'a'.repeat(20_000)} HTTP/1.1`, 431],
])('%s as address', async (_name, line, status) => {
  const [answer] = await sendRaw([line, 'Host: x', 'Connection: close']);
  expect(answer?.status).toBe(status);
});
