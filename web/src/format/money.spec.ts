import { formatDecimal, formatVnd, formatVndWords, groupDigits, sumVnd } from './money';

const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

describe('groupDigits', () => {
  it.each([
    ['0', '0', '0'],
    ['999', '999', '999'],
    ['1000', '1.000', '1,000'],
    ['1234567', '1.234.567', '1,234,567'],
    ['999999999999999999', '999.999.999.999.999.999', '999,999,999,999,999,999'],
  ])('%s → %s | %s', (digits, vi, en) => {
    expect([groupDigits(digits, 'vi'), groupDigits(digits, 'en')]).toEqual([vi, en]);
  });
});

describe('formatDecimal', () => {
  it.each([
    ['10149', '10.149'],
    ['3.5', '3,5'],
    ['1234.75', '1.234,75'],
  ])('%s → %s', (text, shown) => {
    expect(formatDecimal(text, 'vi')).toBe(shown);
  });
});

describe('formatVnd', () => {
  it.each([
    ['0', '0 ₫'],
    ['1850000', '1.850.000 ₫'],
    ['9007199254740993', '9.007.199.254.740.993 ₫'],
  ])('%s → %s', (amount, text) => {
    expect(plain(formatVnd(amount, 'vi'))).toBe(text);
  });
});

describe('formatVndWords', () => {
  it.each([
    ['0', '0', '0'],
    ['999999', '999.999', '999,999'],
    ['1000000', '1 triệu', '1 million'],
    ['45650000', '45,7 triệu', '45.7 million'],
    ['999949999', '999,9 triệu', '999.9 million'],
    ['999950000', '1 tỷ', '1 billion'],
    ['1234567890', '1,2 tỷ', '1.2 billion'],
    ['123456789012345', '123,5 nghìn tỷ', '123.5 trillion'],
    ['1234567890123456', '1.234,6 nghìn tỷ', '1,234.6 trillion'],
  ])('%s → %s | %s', (amount, vi, en) => {
    expect([plain(formatVndWords(amount, 'vi')), plain(formatVndWords(amount, 'en'))]).toEqual([vi, en]);
  });
});

describe('sumVnd', () => {
  it.each([
    [[], '0'],
    [['1', '2'], '3'],
    [['9007199254740993', '1'], '9007199254740994'],
  ])('%j → %s', (amounts, sum) => {
    expect(sumVnd(amounts)).toBe(sum);
  });
});
