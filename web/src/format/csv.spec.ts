import { csvCell, restoreCell, toCsv } from './csv';

const unquote = (cell: string): string => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);

describe('csvCell', () => {
  it.each([
    ['Chợ Bông Sen', 'Chợ Bông Sen'],
    ['', ''],
    ['=1+1', "'=1+1"],
    ['+84900', "'+84900"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', '"\'\tx"'],
    ['\rx', '"\'\rx"'],
    ["'=1", "''=1"],
    ["'tis", "'tis"],
    ['Ô "12A"; nhà lồng', '"Ô ""12A""; nhà lồng"'],
    ['hai\ndòng', '"hai\ndòng"'],
  ])('%j → %j, and back', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
    expect(restoreCell(unquote(cell))).toBe(text);
  });
});

describe('toCsv', () => {
  it('opens in Excel by a double click', () => {
    expect(
      toCsv([
        ['a', 'b'],
        ['1', '=2'],
      ]),
    ).toBe("\uFEFFa;b\r\n1;'=2\r\n");
  });
});
