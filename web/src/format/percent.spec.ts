import { formatChange, formatRatio, formatShare } from './percent';

const plain = (text: string | null): string | null => text?.replaceAll('\u00A0', ' ') ?? null;

describe('formatRatio', () => {
  it.each([
    [249, 300, '83,0 %'],
    [1, 3, '33,3 %'],
    [2, 3, '66,7 %'],
    [1, 2000, '0,1 %'],
    [0, 5, '0,0 %'],
    [30_000, 1_000, '3.000,0 %'],
    [1, 0, null],
  ])('%d of %d → %s', (part, whole, text) => {
    expect(plain(formatRatio(part, whole, 'vi'))).toBe(text);
  });
});

describe('formatShare', () => {
  it.each([
    ['0', '0,0 %'],
    ['0.0123', '1,2 %'],
    ['0.01250', '1,3 %'],
    ['1', '100,0 %'],
    ['0.8354', '83,5 %'],
    ['0.0001', '< 0,1 %'],
    ['0.00000000001', '0,0 %'],
  ])('%s → %s', (share, text) => {
    expect(plain(formatShare(share, 'vi'))).toBe(text);
  });
});

describe('formatChange', () => {
  it.each([
    ['1123', '1000', '+12,3 %'],
    ['960', '1000', '−4,0 %'],
    ['1000', '1000', '0,0 %'],
    ['5', '0', null],
    ['0', '5', '−100,0 %'],
  ])('%s from %s → %s', (current, previous, text) => {
    expect(plain(formatChange(current, previous, 'vi'))).toBe(text);
  });
});
