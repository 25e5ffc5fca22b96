import { answerLines, MAX_LINE_BYTES, readObjectLine } from './json-lines';

async function* chunksOf(...chunks: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

/** What is printed when every line is answered with its own text. */
async function echoed(...chunks: (string | Buffer)[]): Promise<string[]> {
  let printed = '';
  await answerLines(
    chunksOf(...chunks),
    (line) => ({ line: line.toString() }),
    async (text) => void (printed += text),
  );
  return printed
    .split('\n')
    .slice(0, -1)
    .map((answer) => (JSON.parse(answer) as { line: string }).line);
}

describe('answerLines', () => {
  it.each<[string, (string | Buffer)[], string[]]>([
    ['nothing', [], []],
    ['one line', ['a\n'], ['a']],
    ['a last line without a break', ['a\nb'], ['a', 'b']],
    ['a blank end', ['a\n \r\n\t'], ['a', ' \r']],
    ['a blank line in between', ['a\n\nb\n'], ['a', '', 'b']],
    ['lines cut anywhere', ['a', 'b\nc', '', 'd', '\n', 'e'], ['ab', 'cd', 'e']],
    ['a character cut in two', [Buffer.from([0xc4]), Buffer.from([0x90, 0x0a])], ['Đ']],
    ['many lines in one chunk', ['1\n'.repeat(1_000)], Array<string>(1_000).fill('1')],
  ])('answers %s', async (_name, chunks, lines) => {
    expect(await echoed(...chunks)).toEqual(lines);
  });

  it('holds no more than the limit of an endless line, and goes on after it', async () => {
    const part = 'x'.repeat(40_000);
    const lines = await echoed(part, part, part, part, '\nnext\n');
    expect(lines.map((line) => line.length > MAX_LINE_BYTES)).toEqual([true, false]);
    expect(lines[0]!.length).toBeLessThan(3 * part.length);
    expect(lines[1]).toBe('next');
  });
});

describe('readObjectLine', () => {
  it('keeps the spelling of every value', () => {
    const { values, literals } = readObjectLine(
      Buffer.from('{"a":1e3,"b":"x:\\"y\\",","c":[1,{"a":2}],"d":{"e":1}}\r'),
    );
    expect(values).toEqual({ a: 1000, b: 'x:"y",', c: [1, { a: 2 }], d: { e: 1 } });
    expect([...literals]).toEqual([
      ['a', '1e3'],
      ['b', '"x:\\"y\\","'],
      ['c', '['],
      ['d', '{'],
    ]);
  });

  it.each<[string, string | Buffer, string]>([
    ['broken JSON', '{"a":', 'line_not_json'],
    ['an empty line', '', 'line_not_json'],
    ['two objects', '{}{}', 'line_not_json'],
    ['ten thousand brackets', '['.repeat(10_000), 'line_not_json'],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'line_not_utf8'],
    ['UTF-16', Buffer.from('{}', 'utf16le'), 'line_not_json'],
    ['an array', '[]', 'line_not_object'],
    ['a text', '"{}"', 'line_not_object'],
    ['null', 'null', 'line_not_object'],
    ['a property twice', '{"a":1,"a":2}', 'duplicate_property'],
    ['a property twice, once escaped', '{"a":1,"\\u0061":2}', 'duplicate_property'],
    ['more than fits', `{"a":"${'x'.repeat(MAX_LINE_BYTES)}"}`, 'line_too_long'],
  ])('refuses %s', (_name, line, code) => {
    expect(() => readObjectLine(Buffer.from(line))).toThrow(expect.objectContaining({ code }));
  });
});
