import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { answerOf, type Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { type BankClient, bankWithKey } from './bank-client';
import { type ConsoleClient, signInAs } from './console-client';
import { problemOf } from './problems';

const PER_ADDRESS = 6;

let testApp: TestApp;
let client: ConsoleClient;
let bank: BankClient;

beforeAll(async () => {
  testApp = await startTestApp({
    workers: false,
    environment: {
      RATE_ANONYMOUS: '4',
      RATE_SESSION: '3',
      RATE_BANK_KEY: '2',
      SLOW_BODY_SECONDS: '1',
      MAX_CONNECTIONS_PER_ADDRESS: String(PER_ADDRESS),
    },
  });
  client = await signInAs(testApp);
  bank = await bankWithKey(testApp, '970436');
});
afterAll(() => testApp.stop());

function visit(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return fetch(testApp.url + path, { headers }).then(answerOf);
}

/** What the headers tell about the caller's allowance, without the seconds that pass. */
function allowance({ headers }: Answer): string {
  return `${headers.get('ratelimit-policy')} | ${headers.get('ratelimit')}`.replace(/t=([1-9]|[1-5]\d|60)\b/, 't=_');
}

describe('requests a minute', () => {
  it('of an address that shows nothing', async () => {
    const seen: string[] = [];
    for (let left = 2; left >= 0; left -= 1) seen.push(allowance(await visit('/api/v1/markets')));
    expect(seen).toEqual([2, 1, 0].map((left) => `"anonymous";q=4;w=60 | "anonymous";r=${left};t=_`));
    const refused = await visit('/api/v1/markets');
    expect(problemOf(refused)).toEqual({ status: 429, code: 'rate_limited' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(allowance(refused)).toBe('"anonymous";q=4;w=60 | "anonymous";r=0;t=_');
  });

  it('pages that do not exist and methods that do not either count too', async () => {
    for (const path of ['/nothing', '/api/nothing', '/api/docs']) expect((await visit(path)).status).toBe(429);
  });

  it('supervisors are not counted', async () => {
    for (let asked = 0; asked < 10; asked += 1) expect((await visit('/health/live')).status).toBe(200);
  });

  it('of a session, whatever its address has used up', async () => {
    const answers: Answer[] = [];
    for (let asked = 0; asked < 4; asked += 1) answers.push(await client.get('/api/v1/auth/session'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers.slice(0, 3).map(allowance)).toEqual(
      [2, 1, 0].map((left) => `"session";q=3;w=60 | "session";r=${left};t=_`),
    );
    expect(problemOf(answers[3] as Answer).code).toBe('rate_limited');
  });

  it('of a bank’s key; what it had sent can be sent again with a new signature', async () => {
    const answers: Answer[] = [];
    for (let asked = 0; asked < 3; asked += 1) answers.push(await bank.get('/api/v1/bank/stalls'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(allowance(answers[0] as Answer)).toBe('"bank-key";q=2;w=60 | "bank-key";r=1;t=_');
    const other = await bankWithKey(testApp, '970415');
    expect((await other.get('/api/v1/bank/stalls')).status).toBe(200);
  });

  it('an invented cookie or signature counts for its address', async () => {
    const invented = await visit('/api/v1/markets', { cookie: 'session=x' });
    expect([invented.status, invented.headers.get('ratelimit-policy')]).toEqual([401, '"address";q=100000000;w=60']);
  });

  it('a stranger’s word about its address is not believed', async () => {
    const { status } = await visit('/api/v1/markets', { 'x-forwarded-for': '198.51.100.9' });
    expect(status).toBe(429);
  });
});

describe('connections', () => {
  let sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  async function open(): Promise<Socket> {
    const { port, hostname } = new URL(testApp.url);
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    sockets = [...sockets, socket];
    await once(socket, 'connect');
    return socket;
  }

  /** Everything until the server hangs up. */
  async function rest(socket: Socket): Promise<string> {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    if (!socket.closed) await once(socket, 'close');
    return Buffer.concat(chunks).toString();
  }

  it('that say nothing, or not all of their headers, are told so and end', async () => {
    const { server } = testApp.app.getHttpAdapter().getInstance();
    const { headersTimeout } = server;
    expect(headersTimeout).toBe(15_000);
    server.headersTimeout = 100;
    try {
      const [silent, slow] = [await open(), await open()];
      slow.write('GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: ');
      const answers = await Promise.all([rest(silent), rest(slow)]);
      for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408 .*"code":"request_timeout"/s);
    } finally {
      server.headersTimeout = headersTimeout;
    }
  });

  it.each([
    ['of known length', 'Content-Length: 1000', 'x'],
    ['in pieces', 'Transfer-Encoding: chunked', '1\r\nx\r\n'],
  ])('whose body, %s, dribbles in a byte at a time, end', async (_name, header, piece) => {
    const socket = await open();
    const lines = ['POST /api/v1/auth/sign-in HTTP/1.1', 'Host: x', 'Cookie: a=b', 'Content-Type: application/json'];
    socket.write([...lines, header, '', piece].join('\r\n'));
    const dribble = setInterval(() => socket.write(piece), 100);
    const answer = await rest(socket);
    clearInterval(dribble);
    expect(answer).toMatch(/^HTTP\/1\.1 408 .*"code":"request_timeout"/s);
  });

  it('a body that has been refused unread does not dribble on either', async () => {
    const socket = await open();
    socket.write('POST /api/v1/nothing HTTP/1.1\r\nHost: x\r\nCookie: a=b\r\nContent-Length: 100000\r\n\r\nx');
    expect(await rest(socket)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('beyond those that one address may have are closed', async () => {
    const many: Socket[] = [];
    for (let count = 0; count < PER_ADDRESS + 4; count += 1) many.push(await open());
    await Promise.race(many.map((socket) => once(socket.resume(), 'close')));
    for (const socket of sockets.splice(0)) socket.destroy();
    const { server } = testApp.app.getHttpAdapter().getInstance();
    expect(server.maxConnections).toBe(4_000);
    expect(await metric('cho40_connections_refused_total{limit="address"}')).toBeGreaterThan(0);
  });

  async function metric(name: string): Promise<number> {
    const { bytes } = await visit('/metrics', { cookie: 'a=b' });
    const line = bytes
      .toString()
      .split('\n')
      .find((text) => text.startsWith(name));
    return Number(line?.split(' ').at(-1) ?? 0);
  }
});

describe('headers', () => {
  it('keep devices from every page', async () => {
    const { headers } = await visit('/health/live');
    expect(headers.get('permissions-policy')).toMatch(/camera=\(\), microphone=\(\), geolocation=\(\)/);
  });

  it('the API’s own pages obey the policy: no style or script inside', async () => {
    const { bytes, headers } = await visit('/api/docs', { cookie: 'a=b' });
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(bytes.toString()).toContain('/api/docs.css');
    expect(bytes.toString()).not.toMatch(/<style| style=|<script>|\son\w+=/);
    const style = await visit('/api/docs.css', { cookie: 'a=b' });
    expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
  });
});
