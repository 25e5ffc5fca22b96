import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { makeCsv } from '../factories/submission-text';
import { startTestApp, type TestApp } from './app';
import { type BankClient, bankWithKey, type BankSending } from './bank-client';
import { idOf, judge, post, rowCounts, submissionOf } from './posting';

let testApp: TestApp;
let bank: BankClient;
let nothing: Record<string, number>;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  bank = await bankWithKey(testApp, '970436');
  nothing = await rowCounts(testApp);
});
afterAll(() => testApp.stop());

const GOOD = makeCsv();
const JSON_HEADER = { version: 1, bankBin: '970436', reference: 'J', businessDate: '2026-10-10', granularity: 'stall' };
const JSON_TRAILER = { lineCount: 0, transactionCount: 0, amount: '0', reversalCount: 0, reversalAmount: '0' };
const jsonText = (header: object, lines: unknown = [], trailer: object = JSON_TRAILER): string =>
  JSON.stringify({ header, lines, trailer });
const header = (change: string, to: string): string => GOOD.replace(change, to);
const JSON_TYPE = { contentType: 'application/json' };

/** More than three stored chunks of good lines. */
function manyLines(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `L,,${String(10_000_000 + i)},CARD,1,${1_000 + i},0,0`);
}

describe('faults of the header leave nothing', () => {
  it.each<[string, string, Partial<BankSending>, string | null]>([
    ['another bank', header('970436', '970405'), {}, 'bank_mismatch'],
    ['a day in the future', header('2026-10-10', '2026-11-23'), {}, 'business_date_in_future'],
    ['a day beyond the horizon', header('2026-10-10', '2025-10-17'), {}, 'business_date_too_old'],
    ['a day that does not exist', header('2026-10-10', '2026-02-30'), {}, 'invalid_business_date'],
    ['part 0', header(',1,1,stall', ',0,1,stall'), {}, null],
    ['revision 1000', header(',1,1,stall', ',1,1000,stall'), {}, null],
    ['version 2', header('H,1,', 'H,2,'), {}, null],
    ['a granularity that is none', header('stall', 'shop'), {}, null],
    ['a reference with a space', header('VCB-1', 'VCB 1'), {}, null],
    ['no header', 'L,,0011004411223,CARD,1,45000,0,0\n', {}, null],
    ['an empty body', '', {}, null],
    ['a body of zeros', '\0'.repeat(100), {}, null],
    ['UTF-16', Buffer.from(GOOD, 'utf16le').toString('latin1'), {}, null],
    ['JSON where CSV is announced', jsonText(JSON_HEADER), {}, null],
    ['CSV where JSON is announced', GOOD, JSON_TYPE, null],
    ['JSON without header', '{"lines":[]}', JSON_TYPE, null],
    ['JSON that is a list', '[]', JSON_TYPE, null],
    ['JSON nested 10 000 deep', '['.repeat(10_000), JSON_TYPE, null],
    ['JSON with an unknown header field', jsonText({ ...JSON_HEADER, colour: 'red' }), JSON_TYPE, null],
    ['JSON with __proto__', `{"header":{"__proto__":{},${JSON.stringify(JSON_HEADER).slice(1)}}`, JSON_TYPE, null],
  ])('%s', async (_name, body, how, code) => {
    const answer = await post(bank, body, how);
    expect([answer.status, answer.body.code]).toEqual([422, 'header_invalid']);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const codes = (answer.body.errors as unknown as { code: string }[]).map((error) => error.code);
    expect(codes.length).toBeGreaterThan(0);
    if (code) expect(codes).toContain(code);
    expect(await rowCounts(testApp)).toEqual(nothing);
  });

  it('names every wrong field, in the language asked for', async () => {
    const sending = submissionOf(header('970436,VCB-1,2026-10-10', '97043,V 1,2026-13-01'));
    const answer = await bank.sendAs(sending, { ...bank.sign(sending), 'accept-language': 'en' });
    expect(answer.body.errors).toEqual(
      ['bankBin', 'reference', 'businessDate'].map((column) => ({
        line: 1,
        column,
        code: expect.stringMatching(/^[a-z_]+$/),
        message: expect.stringMatching(/^[ -~–’“”]+$/),
      })),
    );
  });
});

describe('faults of the request leave nothing', () => {
  it.each<[string, Partial<BankSending>, number, string]>([
    ['an unknown content type', { contentType: 'text/plain' }, 415, 'content_type_not_supported'],
    ['a format that is not read yet', { contentType: 'application/xml' }, 415, 'content_type_not_supported'],
    ['another charset', { contentType: 'text/csv; charset=utf-16' }, 415, 'content_type_not_supported'],
    ['no idempotency key', { idempotencyKey: ' ' }, 400, 'idempotency_key_missing'],
    ['a key with a space inside', { idempotencyKey: 'a b' }, 400, 'idempotency_key_invalid'],
    ['a key of 256 characters', { idempotencyKey: 'k'.repeat(256) }, 400, 'idempotency_key_invalid'],
    ['a digest of other bytes', { signed: { body: 'other' } }, 422, 'content_digest_mismatch'],
  ])('%s', async (_name, how, status, code) => {
    const answer = await post(bank, GOOD, how);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await rowCounts(testApp)).toEqual(nothing);
  });

  it.each(['text/csv; charset=utf-8', 'text/csv; charset="UTF-8"', 'Text/CSV'])('but takes %s', async (contentType) => {
    const answer = await post(
      bank,
      header('VCB-1', `T${contentType.length}`).replace(',1,1,', `,${contentType.length},1,`),
      {
        contentType,
      },
    );
    expect(answer.status).toBe(202);
    nothing = await rowCounts(testApp);
  });

  it('a body of several chunks whose digest does not match', async () => {
    const body = makeCsv({ lines: manyLines(90_000) });
    const answer = await post(bank, body.replace('1000', '1001'), { signed: { body } });
    expect([answer.status, answer.body.code]).toEqual([422, 'content_digest_mismatch']);
    expect(await rowCounts(testApp)).toEqual(nothing);
  });
});

describe('the connection', () => {
  /** The request up to its body, as it goes over the wire. */
  function open(sending: BankSending): { socket: Socket; body: Buffer; received: () => string } {
    const body = Buffer.from(sending.body ?? '');
    const { hostname, port } = new URL(testApp.url);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => undefined);
    const headers = { ...bank.sign(sending), host: 'cho40.test', 'content-length': String(body.length) };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    socket.write([`POST ${sending.path} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    return { socket, body, received: () => text };
  }
  const until = async (socket: Socket, condition: () => boolean): Promise<void> => {
    while (!condition()) await once(socket, 'data');
  };
  /** Asks the database until it is so: a condition, never a pause. */
  async function settles(condition: (counts: Record<string, number>) => boolean): Promise<void> {
    const deadline = performance.now() + 10_000;
    for (;;) {
      const counts = await rowCounts(testApp);
      if (condition(counts)) return;
      if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(counts)}`);
    }
  }

  it.each([
    ['after its headers', 0, 0],
    ['within the header record', 10, 0],
    ['after a stored chunk', 1_500_000, 1],
    ['a byte before its end', -1, 1],
  ])('cut off %s: nothing is left, and the same key works again', async (_name, at, chunks) => {
    const header = `H,1,970436,CUT${at},2026-10-10,${205 + chunks * 10 + (Math.abs(at) % 7)},1,stall`;
    const sending = submissionOf(makeCsv({ header, lines: manyLines(60_000) }), { idempotencyKey: `cut${at}` });
    const { socket, body } = open(sending);
    socket.write(body.subarray(0, at < 0 ? body.length + at : at));
    await settles(
      (now) =>
        now.idempotency_records === (nothing.idempotency_records ?? 0) + 1 &&
        (now.submission_body_chunks ?? 0) >= (nothing.submission_body_chunks ?? 0) + chunks,
    );
    socket.destroy();
    await settles((now) => JSON.stringify(now) === JSON.stringify(nothing));
    const again = await bank.send(sending);
    expect(again.status).toBe(202);
    nothing = await rowCounts(testApp);
  });

  it('is answered before a wrong file has arrived, and stays usable', async () => {
    const sending = submissionOf(makeCsv({ header: 'H,1,970436,X,2026-10-10,1,1,shop', lines: manyLines(90_000) }));
    const { socket, body, received } = open(sending);
    socket.write(body.subarray(0, 200_000));
    await until(socket, () => received().includes('header_invalid'));
    expect(received()).toMatch(/^HTTP\/1\.1 422 /);
    socket.write(body.subarray(200_000));
    socket.write('GET /health/live HTTP/1.1\r\nhost: cho40.test\r\nconnection: close\r\n\r\n');
    await until(socket, () => received().includes('HTTP/1.1 200'));
    expect(await rowCounts(testApp)).toEqual(nothing);
  });
});

describe('large bodies', () => {
  it('are kept in chunks, byte for byte, and judged from there', async () => {
    const body = makeCsv({ header: 'H,1,970436,LARGE,2026-10-10,900,1,stall', lines: manyLines(120_000) });
    expect(body.length).toBeGreaterThan(3_200_000);
    const answer = await post(bank, body);
    expect(answer.body).toMatchObject({ byteCount: String(body.length), bodyLineCount: 120_002 });
    const { submission_body_chunks: chunks } = await rowCounts(testApp);
    expect(chunks).toBeGreaterThanOrEqual((nothing.submission_body_chunks ?? 0) + 4);
    expect(await judge(testApp, answer)).toBe('ACCEPTED');
    const own = await bank.get(`/api/v1/bank/submissions/${idOf(answer)}`);
    expect(own.body.declared?.amount).toBe(String(120_000 * 1_000 + (120_000 * 119_999) / 2));
  });

  it.each([
    ['1 000 lines of JSON', 1_000, 'ACCEPTED'],
    ['one more', 1_001, 'REJECTED'],
  ])('%s', async (_name, count, state) => {
    const lines = Array.from({ length: count }, (_, i) => ({
      account: String(1_000_000 + i),
      channel: 'CARD',
      transactionCount: 1,
      amount: '1000',
    }));
    const trailer = { ...JSON_TRAILER, lineCount: count, transactionCount: count, amount: String(count * 1_000) };
    const json = jsonText({ ...JSON_HEADER, reference: `J-${count}`, part: count - 94 }, lines, trailer);
    const answer = await post(bank, json, JSON_TYPE);
    expect(answer.status).toBe(202);
    expect(await judge(testApp, answer)).toBe(state);
    if (state === 'REJECTED') {
      const problems = await bank.get(`/api/v1/bank/submissions/${idOf(answer)}/problems`);
      expect(problems.body.items).toEqual([expect.objectContaining({ code: 'too_many_lines' })]);
    }
  });
});
