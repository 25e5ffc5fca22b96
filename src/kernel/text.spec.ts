import { cleanText, foldText, searchWords } from './text';

describe('cleanText', () => {
  it.each([
    ['decomposed letters are composed', 'Cho\u031B\u0323 Bo\u0302ng', 'Ch\u1EE3 B\u00F4ng'],
    ['no-break spaces and runs become one space', ' Chợ\u00A0 \t Bông\r\nSen ', 'Chợ Bông Sen'],
    ['zero-width characters go', 'Chợ\u200B Bông\u200D Sen\uFEFF', 'Chợ Bông Sen'],
    ['a byte order mark inside a word is no space', 'Bô\uFEFFng', 'Bông'],
    ['what stood between two spaces leaves one', 'a \u200B b \u0001 c', 'a b c'],
    ['direction marks go, so that a name cannot be turned around', 'abc\u202Egnp.exe', 'abcgnp.exe'],
    ['NUL goes', 'a\u0000b', 'ab'],
    ['only invisible characters: empty', '\u200B\u200C \u2060', ''],
    ['markup, formulas and emoji are data', '<b>=SUM(A1)</b> 🍜', '<b>=SUM(A1)</b> 🍜'],
  ])('%s', (_name, raw, clean) => {
    expect(cleanText(raw)).toBe(clean);
  });
});

describe('foldText', () => {
  it.each([
    ['Chợ Bông Sen', 'cho bong sen'],
    ['ĐẶNG Thị Đẹp', 'dang thi dep'],
    ['Ô 12A', 'o 12a'],
  ])('%s', (raw, folded) => {
    expect(foldText(raw)).toBe(folded);
  });
});

it('searches by words in any order', () => {
  expect(searchWords('  Sen   CHỢ ')).toEqual(['sen', 'cho']);
  expect(searchWords('\u200B')).toEqual([]);
});
