import * as fc from 'fast-check';
import { brief, check, eventsOf } from '../../../test/factories/submission-text';
import { jsonReader, MAX_JSON_BYTES } from './json.reader';

const HEADER =
  '{"version":1,"bankBin":"970436","reference":"VCB-1","businessDate":"2026-10-10","part":1,"revision":"1","granularity":"stall"}';
const A = '{"account":"0011004411223","channel":"CARD","transactionCount":1,"amount":"45000"}';
const B =
  '{"stallCode":"CHO7K2M9QX1","channel":"WALLET","transactionCount":"2","amount":70000,"reversalCount":1,"reversalAmount":"5000"}';
const TRAILER = '{"lineCount":2,"transactionCount":3,"amount":"115000","reversalCount":"1","reversalAmount":5000}';
const ZEROS = '{"lineCount":0,"transactionCount":0,"amount":0,"reversalCount":0,"reversalAmount":0}';
const GOOD = `{"header":${HEADER},"lines":[${A},${B}],"trailer":${TRAILER}}`;

const withLine = (line: string): string => GOOD.replace(A, line);
const withHeader = (from: string, to: string): string => GOOD.replace(HEADER, HEADER.replace(from, to));

describe('a correct body', () => {
  it.each([
    ['as it is', GOOD],
    ['spread over lines', JSON.stringify(JSON.parse(GOOD), null, 2) + '\n'],
    ['with CRLF and tabs', JSON.stringify(JSON.parse(GOOD), null, '\t').replaceAll('\n', '\r\n')],
    ['trailer, lines, header', `{"trailer":${TRAILER},"lines":[${A},${B}],"header":${HEADER}}`],
    ['lines, trailer, header', `{"lines":[${A},${B}],"trailer":${TRAILER},"header":${HEADER}}`],
    [
      'with escaped characters',
      GOOD.replace('0011004411223', '\\u0030011004411223').replace('"header"', '"\\u0068eader"'),
    ],
  ])('is accepted %s', async (_name, content) => {
    for (const lengths of [[], [1], [5, 2, 11]]) {
      const result = await check(jsonReader, content, {}, lengths);
      expect(brief(result.problems)).toEqual([]);
      expect(result).toMatchObject({ verdict: 'ACCEPTED', header: { reference: 'VCB-1', part: 1 } });
      expect(result.totals).toMatchObject({ lineCount: 2n, amount: 115_000n, reversalAmount: 5_000n });
    }
  });

  it.each([
    ['an empty day', `{"header":${HEADER},"lines":[],"trailer":${ZEROS}}`],
    [
      'the largest integer literal',
      withLine(A.replace('"45000"', '999999999999999')).replace('"115000"', '"1000000000069999"'),
    ],
  ])('is accepted: %s', async (_name, content) => {
    expect((await check(jsonReader, content)).verdict).toBe('ACCEPTED');
  });

  it('takes a thousand lines and no more', async () => {
    const body = (count: number): string => {
      const lines = Array.from({ length: count }, (_, i) =>
        A.replace('0011004411223', `99${String(i).padStart(6, '0')}`),
      );
      const trailer = ZEROS.replace('"lineCount":0', `"lineCount":${count}`).replace('nCount":0', `nCount":${count}`);
      return `{"header":${HEADER},"lines":[${lines.join()}],"trailer":${trailer.replace('amount":0', `amount":${count * 45_000}`)}}`;
    };
    expect(await check(jsonReader, body(1_000))).toMatchObject({ verdict: 'ACCEPTED', problems: [] });
    expect(brief((await check(jsonReader, body(1_001))).problems)).toEqual(['1001/-/too_many_lines']);
  });
});

describe('a broken body', () => {
  const NUMBERS = [
    '1e6',
    '1E6',
    '1.0',
    '45000.00',
    '-0',
    '-5',
    '+5',
    '007',
    '00',
    '.5',
    '5.',
    '1e',
    '--1',
    '9007199254740993',
    '1000000000000000',
  ];
  const STRINGS = ['1e6', '1.0', '-5', '1,850,000', '007', '４５０００', ' 1', '', '1_0', '0x1'];

  it.each([
    ...['transactionCount', 'amount', 'reversalCount', 'reversalAmount'].flatMap((field) =>
      [...NUMBERS, ...STRINGS.map((text) => `"${text}"`), 'true', 'null', '{}', '[1]', '{"a":[{}]}'].map((value) => [
        field,
        value,
      ]),
    ),
  ])('%s: %s is no number', async (field, value) => {
    const line = `{"account":"0011004411999","channel":"CARD",${[
      'transactionCount',
      'amount',
      'reversalCount',
      'reversalAmount',
    ]
      .map((name) => `"${name}":${name === field ? value : '1'}`)
      .join()}}`;
    expect(brief((await check(jsonReader, withLine(line))).problems)).toContainEqual(`1/${field}/invalid_number`);
  });

  it.each<[string, string | Buffer, string[]]>([
    ['nothing', '', ['-/-/empty_file']],
    ['only spaces', ' \n', ['-/-/empty_file']],
    ['an array', '[]', ['-/-/malformed_json']],
    ['a string', '"x"', ['-/-/malformed_json']],
    ['an empty object', '{}', ['-/-/header_missing']],
    ['a BOM', '\uFEFF' + GOOD, ['-/-/malformed_json']],
    ['UTF-16', Buffer.from(GOOD, 'utf16le'), ['-/-/malformed_json']],
    ['single quotes', GOOD.replaceAll('"', "'"), ['-/-/malformed_json']],
    ['a comment', GOOD.replace('"lines"', '/* x */"lines"'), ['-/-/malformed_json']],
    ['a comma too many in an object', GOOD.replace(/}$/, ',}'), ['-/-/malformed_json']],
    ['a comma too many in the lines', GOOD.replace(`${B}]`, `${B},]`), ['3/-/malformed_json']],
    ['a comma missing between lines', GOOD.replace(`${A},`, A), ['1/-/malformed_json']],
    ['a colon missing', GOOD.replace('"lines":', '"lines" '), ['-/-/malformed_json']],
    ['NaN', withLine(A.replace('"45000"', 'NaN')), ['1/amount/malformed_json']],
    ['a word cut', withLine(A.replace('"45000"', 'tru')), ['1/amount/malformed_json']],
    ['data behind the end', `${GOOD}x`, ['-/-/malformed_json']],
    ['a second body', GOOD + GOOD, ['-/-/malformed_json']],
    ['a raw line break in a string', withLine(A.replace('0011', '00\n11')), ['1/account/malformed_json']],
    ['an escape that does not exist', withLine(A.replace('0011', '\\x11')), ['1/account/malformed_json']],
    ['a lone surrogate', withLine(A.replace('0011', '\\ud800')), ['1/account/malformed_json']],
    ['invalid UTF-8', Buffer.from(GOOD.replace('CARD', 'CA\u00ffRD'), 'latin1'), ['1/channel/invalid_utf8']],
    ['an over-long amount', withLine(A.replace('"45000"', `"${'9'.repeat(20_000)}"`)), ['1/amount/value_too_long']],
    ['an over-long literal', withLine(A.replace('"45000"', '9'.repeat(20_000))), ['1/amount/value_too_long']],
    ['an over-long name', withLine(A.replace('amount', 'a'.repeat(20_000))), ['1/-/value_too_long']],
    ['nesting without end', withLine(A.replace('"45000"', '['.repeat(10_000))), ['1/amount/too_deep']],
    ['objects without end', withLine(A.replace('"45000"', '{"a":'.repeat(10_000))), ['1/amount/too_deep']],
    ['no header', GOOD.replace(`"header":${HEADER},`, ''), ['-/-/header_missing']],
    ['no lines', `{"header":${HEADER},"trailer":${ZEROS}}`, ['-/-/lines_missing']],
    ['no trailer', GOOD.replace(`,"trailer":${TRAILER}`, ''), ['-/-/trailer_missing']],
    ['header null', GOOD.replace(HEADER, 'null'), ['-/header/wrong_type']],
    ['header as an array', GOOD.replace(HEADER, '[]'), ['-/header/wrong_type']],
    ['lines as an object', GOOD.replace(/"lines":\[.*\]/, '"lines":{}'), ['-/lines/wrong_type']],
    ['lines null', GOOD.replace(/"lines":\[.*\]/, '"lines":null'), ['-/lines/wrong_type']],
    ['trailer as text', GOOD.replace(TRAILER, '"T"'), ['-/trailer/wrong_type']],
    ['a line null', withLine('null'), ['1/-/wrong_type']],
    ['a line as text', withLine('"L,,0011"'), ['1/-/wrong_type']],
    ['a line as an array', withLine('["L"]'), ['1/-/wrong_type']],
    [
      'an unknown property of the body',
      GOOD.replace('{"header"', '{"meta":{"a":[1]},"header"'),
      ['-/meta/unknown_property'],
    ],
    ['an unknown property of the header', withHeader('{', '{"bank":"VCB",'), ['-/bank/unknown_property']],
    ['an unknown property of a line', withLine(A.replace('{', '{"currency":"VND",')), ['1/currency/unknown_property']],
    ['"type", which only NDJSON has', withLine(A.replace('{', '{"type":"line",')), ['1/type/unknown_property']],
    ['__proto__', withLine(A.replace('{', '{"__proto__":{"amount":1},')), ['1/__proto__/unknown_property']],
    ['constructor', withLine(A.replace('{', '{"constructor":1,')), ['1/constructor/unknown_property']],
    [
      'an unknown property of the trailer',
      GOOD.replace(TRAILER, TRAILER.replace('{', '{"x":1,')),
      ['-/x/unknown_property'],
    ],
    ['an amount twice', withLine(A.replace('{', '{"amount":"45000",')), ['1/amount/duplicate_property']],
    [
      'an amount twice, once escaped',
      withLine(A.replace('{', '{"\\u0061mount":"45000",')),
      ['1/amount/duplicate_property'],
    ],
    ['a BIN twice', withHeader('{', '{"bankBin":"970436",'), ['-/bankBin/duplicate_property']],
    ['two headers', GOOD.replace('"lines"', `"header":${HEADER},"lines"`), ['-/header/duplicate_property']],
    ['two lists', GOOD.replace('"trailer"', `"lines":[${A}],"trailer"`), ['-/lines/duplicate_property']],
    [
      'a total twice',
      GOOD.replace(TRAILER, TRAILER.replace('{', '{"amount":"115000",')),
      ['-/amount/duplicate_property'],
    ],
    ['a BIN as a number', withHeader('"970436"', '970436'), ['-/bankBin/text_expected']],
    ['a version as 1.0', withHeader('"version":1', '"version":1.0'), ['-/version/invalid_number']],
    ['no version', withHeader('"version":1,', ''), ['-/version/value_missing']],
    ['part null', withHeader('"part":1', '"part":null'), ['-/part/invalid_number']],
    ['an account as a number', withLine(A.replace('"0011004411223"', '11004411223')), ['1/account/text_expected']],
    ['an account null', withLine(A.replace('"0011004411223"', 'null')), ['1/account/text_expected']],
    ['account and null stall code', withLine(A.replace('{', '{"stallCode":null,')), ['1/-/key_ambiguous']],
    ['a NUL in an account', withLine(A.replace('0011', '\\u0000')), ['1/account/invalid_account']],
    ['a market code by stall', withLine(A.replace('account', 'marketCode')), ['1/marketCode/key_not_allowed']],
    ['a total of 16 digits as a literal', GOOD.replace('"115000"', '1000000000115000'), ['-/amount/invalid_number']],
    ['a total missing', GOOD.replace('"lineCount":2,', ''), ['-/lineCount/value_missing']],
    ['a total off', GOOD.replace('"115000"', '"115001"'), ['-/amount/control_total_mismatch']],
    [
      'a pair twice',
      GOOD.replace(B, A).replace(
        TRAILER,
        ZEROS.replace('lineCount":0', 'lineCount":2')
          .replace('nCount":0', 'nCount":2')
          .replace('amount":0', 'amount":90000'),
      ),
      ['2/-/duplicate_line'],
    ],
  ])('%s', async (_name, content, expected) => {
    const whole = await check(jsonReader, content);
    expect(brief(whole.problems)).toEqual(expected);
    expect(whole.verdict).toBe('REJECTED');
    expect(await check(jsonReader, content, {}, [1])).toEqual(whole);
    expect(await check(jsonReader, content, {}, [3, 1, 7])).toEqual(whole);
  });

  it('is cut off at four megabytes, wherever the chunks end', async () => {
    const spaces = GOOD.replace('"lines"', `${' '.repeat(MAX_JSON_BYTES)}"lines"`);
    const whole = await check(jsonReader, spaces);
    expect(brief(whole.problems)).toEqual(['-/-/too_large']);
    expect(await check(jsonReader, spaces, {}, [100_003])).toEqual(whole);
  });

  it('is cut anywhere: never accepted, never a crash', async () => {
    for (let length = 0; length < GOOD.length; length += 1) {
      expect((await check(jsonReader, GOOD.slice(0, length))).verdict).toBe('REJECTED');
    }
  });

  it('is altered anywhere: never accepted when JSON.parse would refuse it, and the same in any chunks', async () => {
    const original = Buffer.from(GOOD);
    const byte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(...Buffer.from('{}[]:,"\\019e.- ')));
    const property = fc.asyncProperty(fc.nat(original.length - 1), byte, fc.boolean(), async (at, value, insert) => {
      const rest = original.subarray(insert ? at : at + 1);
      const bytes = Buffer.concat([original.subarray(0, at), Buffer.of(value), rest]);
      const result = await check(jsonReader, bytes);
      expect(await check(jsonReader, bytes, {}, [7])).toEqual(result);
      if (result.verdict === 'ACCEPTED') expect(() => JSON.parse(bytes.toString('utf8')) as unknown).not.toThrow();
    });
    await fc.assert(property, { numRuns: 2_000, seed: 20261122 });
  });
});

describe('reading', () => {
  it('hands on the header before the lines have arrived', async () => {
    let asked = 0;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      asked += 1;
      yield Buffer.from(`{"header":${HEADER},"li`);
      asked += 1;
      yield Buffer.from('nes":[');
    }
    const first = await jsonReader.read(bytes()).next();
    expect(first.value).toMatchObject({ kind: 'header', line: null, header: { reference: 'VCB-1' }, problems: [] });
    expect(asked).toBe(1);
  });

  it('puts the header before lines and problems that stand above it', async () => {
    const body = `{"x":1,"lines":[${A},{"y":1}],"header":${HEADER.replace('{', '{"z":1,')},"trailer":${TRAILER}}`;
    const events = await eventsOf(jsonReader, body);
    expect(events.map(({ kind }) => kind)).toEqual(['header', 'problem', 'lines', 'problem', 'lines', 'trailer']);
    expect(events[0]).toMatchObject({ problems: [{ code: 'unknown_property', field: 'z' }] });
  });
});
