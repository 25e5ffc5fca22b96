import { Confidential, CONFIDENTIAL_KINDS } from '../../kernel/confidential';
import { BlindIndex } from './blind-index';

const ROOT = Buffer.alloc(32, 1);
const index = new BlindIndex(ROOT);

describe('BlindIndex', () => {
  it('finds the same value again, in any process that has the root', () => {
    const value = Confidential.of('account', '0011004411223');
    expect(index.of(value)).toHaveLength(32);
    expect(new BlindIndex(ROOT).of(value)).toEqual(index.of(value));
    expect(index.hexOf('account', '0011004411223')).toBe(index.of(value).toString('hex'));
  });

  // Stands in databases: another value here would find nothing any more.
  it('does not change from version to version', () => {
    expect(index.hexOf('account', '0011004411223')).toBe(
      '295098f66b023d85450eda60ff9b77d00f26a0600d0ca47f8fe33f863ecb1dd3',
    );
  });

  it('tells the same digits of two kinds apart', () => {
    const all = CONFIDENTIAL_KINDS.map((kind) => index.hexOf(kind, '000774736035'));
    expect(new Set(all).size).toBe(CONFIDENTIAL_KINDS.length);
  });

  it.each([
    ['letter case', 'KioT0001', 'kiot0001'],
    ['a leading zero', '0123456', '123456'],
    ['one digit', '0011004411223', '0011004411224'],
  ])('tells accounts apart by %s', (_name, one, other) => {
    expect(index.hexOf('account', one)).not.toBe(index.hexOf('account', other));
  });

  it('finds nothing under another root, and takes no short one', () => {
    expect(new BlindIndex(Buffer.alloc(32, 2)).hexOf('phone', '0900003986')).not.toBe(
      index.hexOf('phone', '0900003986'),
    );
    expect(() => new BlindIndex(Buffer.alloc(16))).toThrow(RangeError);
  });
});
