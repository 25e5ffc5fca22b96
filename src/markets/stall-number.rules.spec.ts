import { stallNumber, stallNumberKey, stallSortKey } from './stall-number.rules';

describe('stall number as painted', () => {
  it.each([
    ['as it should be', 'Ô 12A', 'Ô 12A'],
    ['no space, lower case letter', 'Ô12a', 'Ô 12A'],
    ['spaces everywhere', '  Ô   12 a ', 'Ô 12A'],
    ['decomposed', 'O\u0302 12A', 'Ô 12A'],
    ['a label with a hyphen', 'Ki-ốt5c', 'Ki-ốt 5C'],
    ['digits alone', '12', '12'],
    ['a letter before the digits', 'A12', 'A 12'],
    ['a dash inside is kept', 'Ô 12-13', 'Ô 12-13'],
    ['a word behind is kept', 'Sạp 3 góc', 'Sạp 3 góc'],
    ['markup is kept', '<b>1</b>', '<b>1</b>'],
  ])('%s', (_name, raw, number) => {
    expect(stallNumber(raw)).toBe(number);
  });

  it.each([
    ['Ô 12A', 'ô12a'],
    ['Ô12a', 'ô12a'],
    ['Ki-ốt 5 C', 'ki-ốt5c'],
  ])('%s is compared as %s', (number, key) => {
    expect(stallNumberKey(number)).toBe(key);
  });

  it('sorts as people count', () => {
    const numbers = ['Ô 10', 'Ô 2', 'Ô 10A', 'Ô 2B', 'Ô 2A', 'Ô 100'];
    const sorted = [...numbers].sort((a, b) => (stallSortKey(a) < stallSortKey(b) ? -1 : 1));
    expect(sorted).toEqual(['Ô 2', 'Ô 2A', 'Ô 2B', 'Ô 10', 'Ô 10A', 'Ô 100']);
  });
});
