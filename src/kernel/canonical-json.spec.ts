import { canonicalJson } from './canonical-json';

it.each([
  ['spaces', ' { "b" : [ 1 , 2 ] ,\n "a" : null } ', '{"a":null,"b":[1,2]}'],
  ['names by code units', '{"é":1,"e":2,"10":3,"9":4,"E":5}', '{"10":3,"9":4,"E":5,"e":2,"é":1}'],
  ['nested', '{"z":{"b":{},"a":[]},"a":[{"y":1,"x":2}]}', '{"a":[{"x":2,"y":1}],"z":{"a":[],"b":{}}}'],
  ['escapes', '"\\u0041\\u00e1\\/\\n\\ud83d\\ude00"', '"Aá/\\n😀"'],
  ['quotes and braces in strings', '{"a\\"}":"{\\\\,"}', '{"a\\"}":"{\\\\,"}'],
  ['digits as written', '[1.0,10000000000000000000001,1e3,-0]', '[1.0,10000000000000000000001,1e3,-0]'],
  ['literals', '[true,false,null,"",{}]', '[true,false,null,"",{}]'],
  ['a scalar', '7', '7'],
])('%s', (_name, text, expected) => {
  expect(canonicalJson(text)).toBe(expected);
  expect(canonicalJson(expected)).toBe(expected);
});

it.each(['', '{', '{"a":1,}', 'undefined', '{"a":1,"a":2}', '{"a":1,"\\u0061":2}'])('refuses %j', (text) => {
  expect(() => canonicalJson(text)).toThrow(SyntaxError);
});
