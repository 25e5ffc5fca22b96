import vectors from '../../test/fixtures/vietqr.json';
import { decodeLine, decodeScannedLine, encodeLine } from './vietqr-lines';

const line = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** A line of the usual input with one more property, spelled as given. */
const encode = (json: string): object => encodeLine(Buffer.from(`{"bin":"970436","account":"0011001234567",${json}}`));

describe('vietqr decode', () => {
  it.each(vectors.valid)('gives the fields of $id', ({ payload, decoded }) => {
    expect(decodeLine(line({ payload }))).toEqual({ ok: true, fields: decoded });
  });

  it.each(vectors.interop)('gives the warnings of $id with --scan-back', ({ payload, warnings }) => {
    expect(decodeScannedLine(line({ payload }))).toMatchObject({ ok: true, kind: 'VietQR', warnings });
  });

  it.each(vectors.invalid)('refuses $id: $reason', ({ payload }) => {
    expect(decodeLine(line({ payload }))).toMatchObject({ ok: false, code: expect.any(String) as string });
  });

  it('names another scheme’s code', () => {
    const [vnpay] = vectors.foreign;
    const refusal = { ok: false, code: 'foreign_code', kind: 'VNPAY-QR' };
    expect(decodeLine(line(vnpay))).toMatchObject(refusal);
    expect(decodeScannedLine(line(vnpay))).toMatchObject(refusal);
  });

  it.each([
    ['a number', '{"payload":1}', 'property_not_text'],
    ['nothing', '{}', 'missing_property'],
    ['null', '{"payload":null}', 'missing_property'],
    ['a payload by inheritance', '{"__proto__":{"payload":"x"}}', 'missing_property'],
    ['two payloads', '{"payload":"a","payload":"b"}', 'duplicate_property'],
    ['half a character', '{"payload":"00\\ud800"}', 'not_unicode'],
  ])('refuses %s', (_name, json, code) => {
    expect(decodeLine(Buffer.from(json))).toMatchObject({ ok: false, code });
  });
});

describe('vietqr encode', () => {
  it.each(vectors.generated)('writes $id byte for byte', ({ input, expected }) => {
    expect(encodeLine(line(input))).toEqual({ ok: true, payload: expected });
  });

  it.each(vectors.encodeRefusals)('refuses $id: $reason', ({ input }) => {
    expect(encodeLine(line(input))).toMatchObject({ ok: false });
  });

  it.each(['"amount":9999999999999', '"amount":"9999999999999"', '"amount":1', '"amount":null', '"content":null'])(
    'accepts %s',
    (json) => expect(encode(json)).toMatchObject({ ok: true }),
  );

  it.each([
    ['"amount":1e3', 'amount_not_whole'],
    ['"amount":1000.0', 'amount_not_whole'],
    ['"amount":74.5', 'amount_not_whole'],
    ['"amount":-5', 'amount_not_whole'],
    ['"amount":-0', 'amount_not_whole'],
    ['"amount":"1e3"', 'amount_not_whole'],
    ['"amount":"+5"', 'amount_not_whole'],
    ['"amount":" 5"', 'amount_not_whole'],
    ['"amount":"00100"', 'amount_not_whole'],
    ['"amount":"１００"', 'amount_not_whole'],
    ['"amount":""', 'amount_not_whole'],
    ['"amount":true', 'amount_not_whole'],
    ['"amount":[5]', 'amount_not_whole'],
    ['"amount":0', 'amount_out_of_range'],
    ['"amount":10000000000000', 'amount_out_of_range'],
    ['"amount":9007199254740993', 'amount_out_of_range'],
    ['"service":"qribftta"', 'bad_service'],
    ['"service":"QRPUSH"', 'missing_52_for_qrpush'],
    ['"content":5', 'property_not_text'],
    ['"content":""', 'empty_field'],
    ['"note":"x"', 'unknown_property'],
    ['"__proto__":null', 'unknown_property'],
    ['"bin":"970437"', 'duplicate_property'],
  ])('refuses %s', (json, code) => {
    expect(encode(json)).toMatchObject({ ok: false, code });
  });

  it('refuses an account that is a number, whose zeros are gone', () => {
    expect(encodeLine(line({ bin: '970436', account: 11001234567 }))).toMatchObject({ code: 'property_not_text' });
  });

  it('writes a merchant code', () => {
    const merchant = '"service":"QRPUSH","mcc":"5411","merchantName":"Chợ Bông Sen","merchantCity":"Huế"';
    expect(encode(merchant)).toMatchObject({
      ok: true,
      payload: expect.stringContaining('5912Cho Bong Sen') as string,
    });
  });
});
