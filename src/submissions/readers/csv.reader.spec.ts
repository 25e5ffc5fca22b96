import * as fc from 'fast-check';
import { brief, check, eventsOf, GOOD_HEADER, makeCsv, trailerFor } from '../../../test/factories/submission-text';
import { csvReader } from './csv.reader';

const A = 'L,,0011004411223,CARD,1,45000,0,0';
const B = 'L,,KioT662A,WALLET,2,70000,1,5000';
const C = 'L,,0011004411999,CARD,1,45000,0,0';
const BOM = '\uFEFF';

const problemsOf = async (content: string | Uint8Array, lengths?: number[]): Promise<string[]> =>
  brief((await check(csvReader, content, {}, lengths)).problems);

/** Every field in quotes: the careful way for each line. */
const quoted = (csv: string): string => csv.replace(/[^,\n]+|(?<=,)(?=[,\n])/g, '"$&"');

describe('a correct file', () => {
  const csv = makeCsv({ lines: [A, B] });

  it.each([
    ['as it is', csv],
    ['with a BOM', BOM + csv],
    ['with CRLF', csv.replaceAll('\n', '\r\n')],
    ['with LF and CRLF mixed', csv.replace('\n', '\r\n')],
    ['without the last line break', csv.trimEnd()],
    ['with CRLF, without the last line break', csv.trimEnd().replaceAll('\n', '\r\n')],
    ['with every field quoted', quoted(csv)],
    ['quoted, with CRLF', quoted(csv).replaceAll('\n', '\r\n')],
    ['quoted, without the last line break', quoted(csv).trimEnd()],
    ['with one field quoted', csv.replace('KioT662A', '"KioT662A"')],
    ['with BOM and a quoted H', BOM + csv.replace('H,', '"H",')],
    ['with part and revision left empty', csv.replace(',1,1,stall', ',,,stall')],
    ['with reversals left empty', csv.replace('45000,0,0', '45000,,')],
    ['with reversals left empty, CRLF', csv.replace('45000,0,0', '45000,,').replaceAll('\n', '\r\n')],
    ['with empty quoted fields', csv.replace('L,,', 'L,"",')],
  ])('is accepted %s', async (_name, content) => {
    const result = await check(csvReader, content);
    expect(brief(result.problems)).toEqual([]);
    expect(result.verdict).toBe('ACCEPTED');
    expect(result.totals).toMatchObject({ lineCount: 2n, amount: 115_000n, reversalCount: 1n, reversalAmount: 5000n });
  });

  it('is accepted empty, as the day on which nothing happened', async () => {
    const { verdict, totals } = await check(csvReader, makeCsv({ lines: [] }));
    expect([verdict, totals.lineCount]).toEqual(['ACCEPTED', 0n]);
  });
});

describe('a broken file', () => {
  const around = (line: string): string => makeCsv({ lines: [A, line, B], trailer: trailerFor([A, A, B]) });

  it.each<[string, string | Uint8Array, string[]]>([
    ['no byte at all', '', ['-/-/empty_file']],
    ['nothing but a BOM', BOM, ['-/-/empty_file']],
    ['nothing but a line break', '\n', ['1/-/blank_line']],
    ['a blank line before the header', '\n' + makeCsv(), ['1/-/blank_line']],
    ['half a BOM', Buffer.concat([Buffer.from([0xef, 0xbb]), Buffer.from(makeCsv())]), ['1/-/invalid_utf8']],
    ['two BOMs', BOM + BOM + makeCsv(), ['1/-/header_missing']],
    ['UTF-16 with BOM', Buffer.from(BOM + makeCsv(), 'utf16le'), ['1/-/invalid_utf8']],
    ['UTF-16 without BOM', Buffer.from(makeCsv(), 'utf16le'), ['1/-/header_missing']],
    ['semicolons', makeCsv().replaceAll(',', ';'), ['1/-/delimiter_invalid']],
    ['tabs', makeCsv().replaceAll(',', '\t'), ['1/-/delimiter_invalid']],
    ['CR alone', makeCsv().replaceAll('\n', '\r'), ['1/-/line_break_invalid']],
    [
      'CR alone, a long file',
      makeCsv({ lines: Array(500).fill(A) }).replaceAll('\n', '\r'),
      ['1/-/line_break_invalid'],
    ],
    ['lines first', makeCsv().slice(GOOD_HEADER.length + 1), ['1/-/header_missing']],
    ['trailer first', 'T,0,0,0,0,0\n' + makeCsv(), ['1/-/header_missing']],
    ['column titles first', 'type,code,account\n' + makeCsv(), ['1/-/header_missing']],
    ['a space before H', ' ' + makeCsv(), ['1/-/header_missing']],
    ['a lower-case h', makeCsv().replace('H', 'h'), ['1/-/header_missing']],
    ['a short header', makeCsv({ header: 'H,1,970436,X,2026-10-10,1,1' }), ['1/-/field_count']],
    ['a long header', makeCsv({ header: `${GOOD_HEADER},x` }), ['1/-/field_count']],
    ['a header with a trailing comma', makeCsv({ header: `${GOOD_HEADER},` }), ['1/-/field_count']],
    [
      'an over-long header field',
      makeCsv({ header: `H,1,970436,${'x'.repeat(9000)},2026-10-10,1,1,stall` }),
      ['1/reference/line_too_long'],
    ],
    ['two headers', makeCsv({ header: `${GOOD_HEADER}\n${GOOD_HEADER}` }), ['2/-/header_repeated']],
    ['header only', GOOD_HEADER, ['-/-/trailer_missing']],
    ['no trailer', `${GOOD_HEADER}\n${A}\n`, ['-/-/trailer_missing']],
    ['a trailer cut after T', makeCsv({ lines: [], trailer: 'T' }), ['2/-/field_count']],
    ['a trailer with a field more', makeCsv({ lines: [], trailer: 'T,0,0,0,0,0,0' }), ['2/-/field_count']],
    [
      'a trailer with an empty field',
      makeCsv({ lines: [], trailer: 'T,0,0,0,0,' }),
      ['2/reversalAmount/value_missing'],
    ],
    ['half a CRLF at the end', makeCsv({ lines: [] }).trimEnd() + '\r', ['2/reversalAmount/invalid_number']],
    ['a blank line after the trailer', makeCsv({ lines: [] }) + '\n', ['3/-/blank_line']],
    ['a blank CRLF line after the trailer', makeCsv({ lines: [] }) + '\r\n', ['3/-/blank_line']],
    ['a line after the trailer', makeCsv({ lines: [] }) + A, ['3/-/data_after_trailer']],
    ['a space after the trailer', makeCsv({ lines: [] }) + ' ', ['3/-/data_after_trailer']],
    ['a NUL after the trailer', makeCsv({ lines: [] }) + '\0', ['3/-/data_after_trailer']],
    ['Ctrl-Z after the trailer', makeCsv({ lines: [] }) + '\x1a', ['3/-/data_after_trailer']],
    ['a quote after the trailer', makeCsv({ lines: [] }) + '"', ['3/-/data_after_trailer']],
    [
      'invalid bytes after the trailer',
      Buffer.concat([Buffer.from(makeCsv({ lines: [] })), Buffer.from([0xff])]),
      ['3/-/data_after_trailer'],
    ],
    ['two trailers', makeCsv({ lines: [], trailer: 'T,0,0,0,0,0\nT,0,0,0,0,0' }), ['3/-/data_after_trailer']],
    ['two files', makeCsv() + makeCsv(), ['5/-/data_after_trailer']],
    ['two files with BOM', makeCsv() + BOM + makeCsv(), ['5/-/data_after_trailer']],
    [
      'a blank line',
      around('').replace('T,3', 'T,2').replace('160000', '115000').replace(',4,', ',3,'),
      ['3/-/blank_line'],
    ],
    ['a line of spaces', around('  '), ['3/-/unknown_record']],
    ['a BOM inside', around(BOM + C.replace('CARD', 'WALLET')), ['3/-/unknown_record']],
    ['a lower-case l', around('l' + C.slice(1)), ['3/-/unknown_record']],
    ['a comment', around('# total'), ['3/-/unknown_record']],
    ['a footer row', around('Tổng cộng,3,160000'), ['3/-/unknown_record']],
    ['a field more', around(`${C},`), ['3/-/field_count']],
    ['a field less', around(C.slice(0, -2)), ['3/-/field_count']],
    ['nothing but L', around('L'), ['3/-/field_count']],
    ['a quote inside a field', around(C.replace('4411', '44"11')), ['3/-/quote_invalid']],
    ['a quote at a field’s end', around(C.replace('CARD', 'CARD"')), ['3/-/quote_invalid']],
    ['characters after a closing quote', around(C.replace('0011', '"0011"')), ['3/-/quote_invalid']],
    ['a space after a closing quote', around(C.replace('CARD', '"CARD" ')), ['3/-/quote_invalid']],
    ['a quote never closed', around(C.replace('0011', '"0011')), ['3/-/quote_not_closed']],
    [
      'a quote closed three lines on',
      around(C.replace('0011', '"0011')).replace('KioT', '"KioT'),
      ['3/-/quote_invalid', '4/-/quote_not_closed'],
    ],
    ['an account in single quotes', around(C.replace('0011004411999', "'0011004411'")), ['3/account/invalid_account']],
    ['a space after a comma', around(C.replace(',CARD', ', CARD')), ['3/channel/unknown_channel']],
    ['an over-long amount', around(C.replace('45000', '9'.repeat(50_000))), ['3/amount/line_too_long']],
    ['an over-long account', around(C.replace('0011', '1'.repeat(50_000))), ['3/account/line_too_long']],
    ['an over-long quoted amount', around(C.replace('45000', `"${'9'.repeat(50_000)}"`)), ['3/amount/line_too_long']],
    ['a thousand commas too many', around(C + ','.repeat(10_000)), ['3/-/line_too_long']],
    ['an over-long record of no kind', around('x'.repeat(10_000)), ['3/-/line_too_long']],
    ['CR inside a line', around(C.replace('45000', '45000\r')), ['3/amount/invalid_number']],
    ['two CR before LF', around(`${C}\r\r`), ['3/reversalAmount/invalid_number']],
    ['a NUL inside a number', around(C.replace('45000', '45\x00000')), ['3/amount/invalid_number']],
  ])('%s', async (_name, content, expected) => {
    expect(await problemsOf(content)).toEqual(expected);
    expect(await problemsOf(content, [1])).toEqual(expected);
    expect(await problemsOf(content, [3, 1, 7])).toEqual(expected);
  });

  it.each([
    ['a lone continuation byte', [0x80]],
    ['a lead byte alone', [0xc3, 0x28]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an overlong of three bytes', [0xe0, 0x80, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['above U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['a byte that is never used', [0xff]],
    ['a character cut by the comma', [0xef, 0xbc]],
    ['a Vietnamese letter of Windows-1258', [0xd0]],
  ])('invalid UTF-8: %s', async (_name, bytes) => {
    const [before = '', after = ''] = makeCsv({ lines: [A, A.replace('4411', '#'), B] }).split('#');
    const content = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
    expect(await problemsOf(content)).toEqual(['3/-/invalid_utf8']);
    expect(await problemsOf(content, [1])).toEqual(['3/-/invalid_utf8']);
  });

  it('finds the line of an invalid byte behind line breaks in quotes', async () => {
    const content = Buffer.concat([
      Buffer.from(`${GOOD_HEADER}\n${A}\nL,,"a\nb\n`),
      Buffer.from([0xff]),
      Buffer.from(`",CARD,1,1,0,0\n${B}\nT,3,1,1,1,1\n`),
    ]);
    expect(await problemsOf(content)).toEqual(['5/-/invalid_utf8']);
  });

  it('counts physical lines through line breaks in quotes', async () => {
    const csv = makeCsv({ lines: [A, 'L,,"00\n11\r\n22",CARD,1,5,0,0', B.replace('70000', '7x')] });
    expect(await problemsOf(csv)).toEqual(['3/account/invalid_account', '6/amount/invalid_number']);
  });

  it('goes on behind a broken line and finds every later problem', async () => {
    const lines = [A.replace('0011', '"0011'), B.replace('WALLET', 'CASH'), `${A},x`, A.replace('CARD', 'WALLET')];
    expect(await problemsOf(makeCsv({ lines }))).toEqual([
      '2/-/quote_not_closed',
      '3/channel/unknown_channel',
      '4/-/field_count',
    ]);
  });

  it('names the code column by granularity', async () => {
    const long = `L,${'x'.repeat(9_000)},,CARD,1,1,0,0`;
    const header = GOOD_HEADER.replace('stall', 'market');
    expect(await problemsOf(makeCsv({ header, lines: [long] }))).toEqual(['2/marketCode/line_too_long']);
    expect(await problemsOf(makeCsv({ lines: [long] }))).toEqual(['2/stallCode/line_too_long']);
  });

  it('passes over a line of 100 MB without holding it', async () => {
    const block = Buffer.alloc(1_048_576, 0x39);
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${GOOD_HEADER}\nL,,0011004411223,CARD,1,`);
      for (let i = 0; i < 100; i += 1) yield block;
      yield Buffer.from(`,0,0\n${B}\nT,2,3,115000,1,5000\n`);
    }
    const lines: string[] = [];
    for await (const event of csvReader.read(bytes())) {
      if (event.kind === 'problem') lines.push(...brief([event.problem]));
      expect(JSON.stringify(event).length).toBeLessThan(2_000);
    }
    expect(lines).toEqual(['2/amount/line_too_long']);
  });
});

describe('reading', () => {
  it('hands on the header before the next chunk is asked for', async () => {
    let asked = 0;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      asked += 1;
      yield Buffer.from(`${GOOD_HEADER}\nL`);
      asked += 1;
      yield Buffer.from(',,0011');
    }
    const first = await csvReader.read(bytes()).next();
    expect(first.value).toMatchObject({ kind: 'header', line: 1, header: { reference: 'VCB-1' } });
    expect(asked).toBe(1);
  });

  it('releases the source when its caller stops early', async () => {
    let released = false;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from(`${GOOD_HEADER}\n`);
      } finally {
        released = true;
      }
    }
    for await (const event of csvReader.read(bytes())) if (event.kind === 'header') break;
    expect(released).toBe(true);
  });

  const FIELD = fc.oneof(
    fc.constantFrom('', '0', '1', '007', '12', '-1', '999999999999999', '1000000000000000', '2147483648', 'x"y', 'a,b', 'a\nb', '\u00e9'),
    fc.constantFrom('CARD', 'WALLET', 'VIETQR_PAY', 'card', 'CARDS', '0011004411223', 'CHO7K2M9QX1', 'KioT662A', '12 4'),
  ); // prettier-ignore
  const ROW = fc.tuple(FIELD, FIELD, FIELD, FIELD, FIELD, FIELD, FIELD);
  const escape = (field: string): string => (/["\n,]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

  it('reads the quick way what it reads the careful way', async () => {
    const property = fc.asyncProperty(fc.array(ROW, { maxLength: 8 }), async (rows) => {
      const plain = rows.map((row) => ['L', ...row.map(escape)].join(','));
      const careful = rows.map((row) => ['L', ...row.map((field) => `"${field.replaceAll('"', '""')}"`)].join(','));
      expect(await check(csvReader, makeCsv({ lines: careful }).replace(/T,.*\n$/, ''))).toEqual(
        await check(csvReader, makeCsv({ lines: plain }).replace(/T,.*\n$/, '')),
      );
    });
    await fc.assert(property, { numRuns: 300, seed: 20261122 });
  });

  it('does not depend on how the bytes are cut', async () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    const piece = fc.oneof(
      fc.constantFrom(A, B, GOOD_HEADER, 'T,1,1,45000,0,0', '"', '\n', '\r\n', ',', 'é', quoted(A)),
      bytes,
    );
    const file = fc
      .array(piece, { maxLength: 30 })
      .map((pieces) => Buffer.concat(pieces.map((one) => Buffer.from(one as string))));
    const cuts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
    const property = fc.asyncProperty(file, cuts, async (content, lengths) => {
      const whole = Buffer.concat([Buffer.from(`${GOOD_HEADER}\n`), content]);
      expect(await check(csvReader, whole, {}, lengths)).toEqual(await check(csvReader, whole));
    });
    await fc.assert(property, { numRuns: 500, seed: 20261122 });
  });

  it('keeps the order of the file across lines and problems', async () => {
    const lines = [A, `${A},x`, B];
    const kinds = (await eventsOf(csvReader, makeCsv({ lines }))).map(({ kind }) => kind);
    expect(kinds).toEqual(['header', 'lines', 'problem', 'lines', 'trailer']);
  });
});
