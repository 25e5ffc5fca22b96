import { csvLine } from './csv-line';

it.each([
  ['plain', 'Chợ Bông Sen', 'Chợ Bông Sen'],
  ['a comma stays', '1,5', '1,5'],
  ['a semicolon', 'a;b', '"a;b"'],
  ['quotes', 'Chợ "Hoa"', '"Chợ ""Hoa"""'],
  ['a line break', 'a\nb', '"a\nb"'],
  ['=', '=1+1', "'=1+1"],
  ['+', '+84', "'+84"],
  ['-', '-1', "'-1"],
  ['@', '@SUM(A1)', "'@SUM(A1)"],
  ['a tab', '\tx', '"\'\tx"'],
  ['a carriage return', '\rx', '"\'\rx"'],
  ['an apostrophe before a formula', "'=1", "''=1"],
  ['an apostrophe alone', "'tis", "'tis"],
  ['a formula that needs quotes', '=A;B', '"\'=A;B"'],
])('%s', (_name, text, cell) => expect(csvLine(['x', text])).toBe(`x;${cell}\r\n`));
