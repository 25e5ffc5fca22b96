import { makeCsv } from '../factories/submission-text';
import { saveBank } from '../factories/vendor.factory';
import { startTestApp, type TestApp } from './app';
import { type BankClient, bankWithKey } from './bank-client';
import { fixture, idOf, judge, post, rowCounts, submissionOf } from './posting';

let testApp: TestApp;
let bank: BankClient;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  await testApp.database.write((tx) => saveBank(tx, '970436'));
  bank = await bankWithKey(testApp, '970436');
});
afterAll(() => testApp.stop());

let day = 0;
/** A header of a day and reference that no other test uses. */
function newHeader({ reference = '', revision = 1 }: { reference?: string; revision?: number } = {}): string {
  day += 1;
  const date = new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10);
  return `H,1,970436,${reference || `POST-${day}`},${date},1,${revision},stall`;
}
const WRONG_LINE = 'L,,0011004411223,CARD,1,0,0,0';

describe('a submission that is taken in', () => {
  it('is answered 202 with its address and a receipt', async () => {
    const body = makeCsv({ header: 'H,1,970436,RECEIPT,2026-11-01,1,1,stall' });
    const answer = await post(bank, body);
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/api/v1/bank/submissions/${idOf(answer)}`);
    expect(answer.headers.get('idempotent-replayed')).toBeNull();
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      bankBin: '970436',
      reference: 'RECEIPT',
      businessDate: '2026-11-01',
      part: 1,
      revision: 1,
      granularity: 'stall',
      format: 'csv',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      byteCount: String(body.length),
      bodyLineCount: 4,
      receivedAt: '2026-11-22T02:00:00.000Z',
    });
    const own = await bank.get(`/api/v1/bank/submissions/${idOf(answer)}`);
    expect(own.body).toMatchObject({ state: 'RECEIVED', declared: null, buckets: null });
  });

  it('counts once it is judged', async () => {
    const answer = await post(bank, makeCsv({ header: newHeader() }));
    expect(await judge(testApp, answer)).toBe('ACCEPTED');
    expect(await judge(testApp, answer)).toBe('nothing_to_do');
    const own = await bank.get(`/api/v1/bank/submissions/${idOf(answer)}`);
    expect(own.body).toMatchObject({
      state: 'ACCEPTED',
      declared: { lineCount: '2', transactionCount: '13', amount: '1895000' },
      buckets: { suspense: { lineCount: '2', amount: '1895000' }, attributed: { lineCount: '0' } },
    });
  });

  it('may be JSON', async () => {
    const answer = await post(bank, fixture('submissions/submission.json'), { contentType: 'application/json' });
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ format: 'json', reference: 'VCB-20261010-0001' });
    expect(await judge(testApp, answer)).toBe('ACCEPTED');
  });
});

describe('sent again', () => {
  it('with the same key: the first answer, byte for byte, marked', async () => {
    const sending = submissionOf(makeCsv({ header: newHeader() }), { idempotencyKey: 'again-1' });
    const first = await bank.send(sending);
    const before = await rowCounts(testApp);
    for (let i = 0; i < 3; i += 1) {
      const again = await bank.send(sending);
      expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
      expect(again.bytes.equals(first.bytes)).toBe(true);
      expect(again.headers.get('location')).toBe(first.headers.get('location'));
      expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    }
    expect(await rowCounts(testApp)).toEqual(before);
  });

  it('with the same key and another body: refused', async () => {
    await post(bank, makeCsv({ header: newHeader() }), { idempotencyKey: 'again-2' });
    const before = await rowCounts(testApp);
    const other = await post(bank, makeCsv({ header: newHeader() }), { idempotencyKey: 'again-2' });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    expect(await rowCounts(testApp)).toEqual(before);
  });

  it('under another key: the receipt of the first, counted once', async () => {
    const body = makeCsv({ header: newHeader() });
    const first = await post(bank, body);
    const again = await post(bank, body);
    expect(again.status).toBe(200);
    expect(again.body).toEqual({ ...first.body, duplicateOf: idOf(first) });
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(await judge(testApp, first)).toBe('ACCEPTED');
    const afterwards = await post(bank, body);
    expect([afterwards.status, afterwards.body.duplicateOf]).toEqual([200, idOf(first)]);
  });

  it('by another bank: another submission', async () => {
    const header = newHeader({ reference: 'SHARED' });
    const other = await bankWithKey(testApp, '970405', 'ed25519');
    expect((await post(bank, makeCsv({ header }))).status).toBe(202);
    expect((await post(other, makeCsv({ header: header.replace('970436', '970405') }))).status).toBe(202);
  });
});

describe('natural keys', () => {
  it('a reference holds one file', async () => {
    await post(bank, makeCsv({ header: newHeader({ reference: 'TAKEN' }) }));
    const before = await rowCounts(testApp);
    const other = await post(bank, makeCsv({ header: newHeader({ reference: 'TAKEN' }) }));
    expect([other.status, other.body.code]).toEqual([409, 'reference_conflict']);
    expect(await rowCounts(testApp)).toEqual(before);
  });

  it.each([
    ['the same revision, not yet judged', 2, false, 2, 409],
    ['the same revision, accepted', 2, true, 2, 409],
    ['a lower revision than the accepted one', 2, true, 1, 409],
    ['a lower revision than one not yet judged', 2, false, 1, 202],
    ['a higher revision', 2, true, 3, 202],
  ])('%s', async (_name, held, judged, sent, status) => {
    const header = newHeader({ revision: held });
    const first = await post(bank, makeCsv({ header }));
    if (judged) await judge(testApp, first);
    const next = header.replace(`,1,${held},stall`, `,1,${sent},stall`).replace('POST-', 'NEXT-');
    const answer = await post(bank, makeCsv({ header: next }));
    expect([answer.status, answer.body.code]).toEqual([status, status === 409 ? 'stale_revision' : undefined]);
  });

  it('a REJECTED submission holds neither reference nor revision', async () => {
    const header = newHeader();
    const wrong = await post(bank, makeCsv({ header, lines: [WRONG_LINE] }));
    expect(await judge(testApp, wrong)).toBe('REJECTED');
    const corrected = await post(bank, makeCsv({ header }));
    expect(corrected.status).toBe(202);
    expect(await judge(testApp, corrected)).toBe('ACCEPTED');
    const sameWrongAgain = await post(bank, makeCsv({ header, lines: [WRONG_LINE] }));
    expect([sameWrongAgain.status, sameWrongAgain.body.code]).toEqual([409, 'reference_conflict']);
  });
});

describe('dryRun', () => {
  const dryRun = { query: '?dryRun=true' };

  it.each([
    ['a good file', makeCsv({ header: newHeader() }), 200, { verdict: 'ACCEPTED', problemCount: 0, problems: [] }],
    [
      'a wrong line',
      makeCsv({ header: newHeader(), lines: [WRONG_LINE] }),
      200,
      { verdict: 'REJECTED', problemCount: 1, problems: [{ line: 2, code: 'count_without_amount' }] },
    ],
    ['a wrong header', makeCsv({ header: newHeader().replace('stall', 'shop') }), 422, { code: 'header_invalid' }],
  ])('judges %s and keeps nothing', async (_name, body, status, expected) => {
    const before = await rowCounts(testApp);
    const answer = await post(bank, body, dryRun);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject(expected);
    expect(await rowCounts(testApp)).toEqual(before);
  });

  it('says what the natural keys would say', async () => {
    const header = newHeader();
    const first = await post(bank, makeCsv({ header }));
    const again = await post(bank, makeCsv({ header }), dryRun);
    expect([again.status, again.body.duplicateOf]).toEqual([200, idOf(first)]);
    const other = await post(bank, makeCsv({ header, lines: ['L,,0011004411223,CARD,2,9,0,0'] }), dryRun);
    expect([other.status, other.body.code]).toEqual([409, 'reference_conflict']);
    const stale = await post(bank, makeCsv({ header: header.replace('POST-', 'DRY-') }), dryRun);
    expect([stale.status, stale.body.code]).toEqual([409, 'stale_revision']);
  });

  it('refuses another value than true and false', async () => {
    const answer = await post(bank, makeCsv({ header: newHeader() }), { query: '?dryRun=yes' });
    expect([answer.status, answer.body.code]).toEqual([422, 'request_invalid']);
  });
});
