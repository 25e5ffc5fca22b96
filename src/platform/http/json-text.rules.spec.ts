import fc from 'fast-check';
import { jsonContents, jsonOutline } from './json-text.rules';

const outlineOf = (text: string) => jsonOutline(Buffer.from(text));

describe('outline', () => {
  it.each([
    ['a value', '1', 0, 0],
    ['an empty object', '{}', 1, 0],
    ['members of several objects', '{"a":[{"b":1,"c":2}],"d":{}}', 3, 4],
    ['marks inside strings', '{"a:{[":":}]\\":{","b":"\\\\"}', 1, 2],
    ['a repeated key counts each time', '{"a":1,"a":1,"\\u0061":1}', 1, 3],
    ['closed before opened', ']]][', 0, 0],
    ['an endless string', '{"a', 1, 0],
    ['a backslash at the end', '"\\', 0, 0],
  ])('%s', (_name, text, depth, members) => {
    expect(outlineOf(text)).toEqual({ depth, members });
  });

  it('counts what was written as what was read, for every value without a repeated key', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'medium' }), (value) => {
        const text = JSON.stringify(value);
        expect(outlineOf(text).members).toBe(jsonContents(JSON.parse(text)).members);
      }),
    );
  });
});

describe('contents', () => {
  const read = (text: string) => jsonContents(JSON.parse(text));

  it.each([
    ['nothing special', '{"a":["b",{"c":"Chợ 🍜"}]}', []],
    ['NUL', '{"a":["b","\\u0000"]}', ['/a/1']],
    ['half a character', '["\\ud83d"]', ['/0']],
    ['half a character as key', '{"\\ud83d":1}', ['/\uFFFD']],
    ['a text alone', '"\\u0000"', ['']],
    ['names with / and ~', '{"a/b~c":"\\u0000"}', ['/a~1b~0c']],
  ])('%s', (_name, text, pointers) => {
    expect(read(text).problems.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('names at most twenty', () => {
    expect(read(JSON.stringify(Array(100).fill('\0'))).problems).toHaveLength(20);
  });

  it.each([
    ['__proto__', '{"__proto__":1}', true],
    ['constructor deep inside', '[{"a":{"constructor":1}}]', true],
    ['as a value', '{"a":"constructor"}', false],
  ])('reserved: %s', (_name, text, reservedKey) => {
    expect(read(text)).toMatchObject({ reservedKey });
  });
});
