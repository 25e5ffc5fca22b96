import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { BankSigningKey } from '../../src/banks/bank-request-signer';
import { signatureBase, signatureInput, signBase } from '../../src/banks/bank-signature.base';
import { contentDigestOf } from '../../src/banks/bank-signature.digest';
import { makeCsv } from '../factories/submission-text';
import { PUBLIC_URL, startTestApp, type TestApp } from './app';
import { BankClient, bankWithKey } from './bank-client';

const STALLS = '/api/v1/bank/stalls';
const DRY_RUN = '/api/v1/bank/submissions?dryRun=true';
const BODY = makeCsv({ header: 'H,1,970436,WIRE-1,2026-11-20,1,1,stall' });

let testApp: TestApp;
let bank: BankClient;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  bank = await bankWithKey(testApp, '970436');
});
afterAll(() => testApp.stop());

type WireHeaders = Record<string, string | string[]>;

/** Sends header names and repetitions as they are; `fetch` would tidy them up. */
async function send(method: string, path: string, headers: WireHeaders, body = ''): Promise<[number?, string?]> {
  const { hostname, port } = new URL(testApp.url);
  const sending = request({ hostname, port, path, method, headers });
  sending.end(body);
  const [answer] = (await once(sending, 'response')) as [IncomingMessage];
  const { code } = JSON.parse(await text(answer)) as { code?: string };
  return [answer.statusCode, code];
}

interface Signing {
  readonly label?: string;
  readonly components?: readonly string[];
  /** Parameters before, between and behind ours. */
  readonly parameters?: (ours: [string, unknown][]) => [string, unknown][];
  readonly targetUri?: string;
  /** Header lines beside those of the body. */
  readonly beside?: Record<string, string>;
}

const COVERED = ['@method', '@target-uri', 'content-type', 'content-digest', 'idempotency-key'];
let nonces = 0;

/** A signer of another make: other label, other order, other parameters. */
function signedByAnother({ label = 'sig', components = COVERED, parameters, targetUri, beside }: Signing): WireHeaders {
  nonces += 1;
  const created = Math.floor(testApp.clock.now().getTime() / 1_000);
  const ours: [string, unknown][] = [
    ['created', created],
    ['expires', created + 300],
    ['nonce', `wire, ${nonces}`],
    ['keyid', bank.key.keyId],
  ];
  const headers = {
    'content-type': 'text/csv',
    'content-digest': contentDigestOf(BODY),
    'idempotency-key': `wire-${nonces}`,
    ...beside,
  };
  const input = signatureInput(components, new Map(parameters?.(ours) ?? ours));
  const base = signatureBase(
    { method: 'POST', targetUri: targetUri ?? PUBLIC_URL + DRY_RUN, headers },
    components,
    input,
  );
  const signature = signBase(base, { alg: 'hmac-sha256', secret: secretOf(bank.key) }).toString('base64');
  return { ...headers, 'signature-input': `${label}=${input}`, signature: `${label}=:${signature}:` };
}

function secretOf(key: BankSigningKey): Buffer {
  if (key.alg !== 'hmac-sha256') throw new Error('the tests sign with hmac');
  return Buffer.from(key.secret, 'base64');
}

describe('signers may differ in', () => {
  it.each<[string, Signing]>([
    ['the label', { label: 'bank-1' }],
    ['the order of what is covered', { components: [...COVERED].reverse() }],
    ['the order of parameters', { parameters: (ours) => [...ours].reverse() }],
    ['a tag', { parameters: (ours) => [...ours, ['tag', 'cho40']] }],
    ['a tag in front', { parameters: (ours) => [['tag', 'cho40'], ...ours] }],
    ['naming the algorithm', { parameters: (ours) => [...ours, ['alg', 'hmac-sha256']] }],
    [
      'covering more',
      { components: [...COVERED, '@authority', 'date'], beside: { date: 'Sun, 22 Nov 2026 02:00:00 GMT' } },
    ],
  ])('%s', async (_name, signing) => {
    expect(await send('POST', DRY_RUN, signedByAnother(signing), BODY)).toEqual([200, undefined]);
  });

  it('the case of header names', async () => {
    const headers = Object.entries(signedByAnother({})).map(([name, value]) => [name.toUpperCase(), value]);
    expect(await send('POST', DRY_RUN, Object.fromEntries(headers) as WireHeaders, BODY)).toEqual([200, undefined]);
  });
});

describe('the target is what was sent', () => {
  const two = '/api/v1/bank/stalls?limit=5&cursor=';
  it.each([
    ['the same', two, two, 400, 'cursor_invalid'],
    ['its query in another order', two, '/api/v1/bank/stalls?cursor=&limit=5', 401, 'signature_invalid'],
    ['a parameter in another case', STALLS, `${STALLS}?Limit=5`, 401, 'signature_invalid'],
    ['its path in another case', '/api/v1/bank/stalls', '/api/v1/bank/Stalls', 404, 'not_found'],
    ['an empty query added', STALLS, `${STALLS}?`, 401, 'signature_invalid'],
  ])('%s', async (_name, signed, sent, status, code) => {
    const headers = bank.sign({ method: 'GET', path: signed });
    expect(await send('GET', sent, headers)).toEqual([status, code]);
  });

  it.each([
    ['another host', 'http://evil.example'],
    ['another port', `${PUBLIC_URL}:8443`],
    ['another scheme', PUBLIC_URL.replace('http:', 'https:')],
    ['a host in upper case', PUBLIC_URL.toUpperCase().replace('HTTP:', 'http:')],
  ])('signed for %s', async (_name, origin) => {
    const headers = signedByAnother({ targetUri: origin + DRY_RUN });
    expect(await send('POST', DRY_RUN, { ...headers, host: new URL(origin).host }, BODY)).toEqual([
      401,
      'signature_invalid',
    ]);
  });
});

describe('signed headers stand once', () => {
  const names = ['signature', 'signature-input', 'content-type', 'content-digest', 'idempotency-key'];
  const stolen = 'sig=:AAAA:';

  it.each(names)('%s twice, the same each time', async (name) => {
    const headers = signedByAnother({});
    const twice = { ...headers, [name]: [String(headers[name]), String(headers[name])] };
    expect(await send('POST', DRY_RUN, twice, BODY)).toEqual([401, 'signature_malformed']);
  });

  it.each([
    ['a second label', (value: string) => `${value}, other=${value.slice(4)}`],
    ['the label twice', (value: string) => `${value}, ${value}`],
    ['the label twice, the good one last', (value: string) => `${stolen}, ${value}`],
  ])('%s', async (_name, written) => {
    for (const name of ['signature', 'signature-input']) {
      const headers = signedByAnother({});
      const changed = { ...headers, [name]: written(String(headers[name])) };
      expect(await send('POST', DRY_RUN, changed, BODY)).toEqual([401, 'signature_malformed']);
    }
  });
});

it('a nonce is used up for every process, and stays so after a restart', async () => {
  const sending = { method: 'GET', path: STALLS } as const;
  const beside = await startTestApp({ workers: false, beside: testApp });
  const there = new BankClient(beside, bank.bin, bank.key);
  const codes = async (client: BankClient, headers: Record<string, string>) => {
    const { status, body } = await client.sendAs(sending, headers);
    return [status, body.code];
  };
  try {
    const headers = bank.sign(sending);
    expect(await codes(bank, headers)).toEqual([200, undefined]);
    expect(await codes(there, headers)).toEqual([401, 'nonce_replayed']);
    const both = bank.sign(sending);
    const answers = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => codes(n % 2 === 0 ? bank : there, both)));
    expect(answers.filter(([status]) => status === 200)).toHaveLength(1);
  } finally {
    await beside.stop();
  }
  const used = bank.sign(sending);
  expect(await codes(bank, used)).toEqual([200, undefined]);
  const restarted = await startTestApp({ workers: false, beside: testApp });
  try {
    const again = new BankClient(restarted, bank.bin, bank.key);
    expect(await codes(again, used)).toEqual([401, 'nonce_replayed']);
    expect(await codes(again, again.sign(sending))).toEqual([200, undefined]);
  } finally {
    await restarted.stop();
  }
});
