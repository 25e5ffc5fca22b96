import {
  checkCharacter,
  isStallCode,
  STALL_CODE_ALPHABET,
  STALL_CODE_CAPACITY,
  stallCodeFromNumber,
} from './stall-code';

const VALUES = Array.from({ length: 32 }, (_, value) => value);

/** The error pattern that a substitution or a swap adds to a valid word, as eight symbols. */
function isCodeword(pattern: number[]): boolean {
  const text = pattern.map((value) => STALL_CODE_ALPHABET.charAt(value)).join('');
  return isStallCode(`CHO${text}`);
}

describe('stall code', () => {
  it.each([
    ['the contract’s example', 'CHO7K2M9QX1', true],
    ['another check character', 'CHO7K2M9QX4', false],
    ['lower case', 'cho7k2m9qx1', false],
    ['a letter outside the alphabet', 'CHO7K2U9QX4', false],
    ['too short', 'CHO7K2M9QX', false],
    ['too long', 'CHO7K2M9QX11', false],
    ['a trailing line break', 'CHO7K2M9QX1\n', false],
    ['empty', '', false],
  ])('%s', (_name, text, valid) => {
    expect(isStallCode(text)).toBe(valid);
  });

  // The code is linear over GF(2^5): a wrong word is accepted only if the difference to the right one is itself a
  // codeword. Trying every difference therefore covers all 32^7 codes, not a sample of them.
  it('catches every substitution: no word of weight one is a codeword', () => {
    let tried = 0;
    for (let position = 0; position < 8; position += 1) {
      for (const difference of VALUES.slice(1)) {
        const pattern = Array<number>(8).fill(0);
        pattern[position] = difference;
        expect(isCodeword(pattern)).toBe(false);
        tried += 1;
      }
    }
    expect(tried).toBe(8 * 31);
  });

  it('catches every neighbour swap: no word (d, d) at two neighbouring places is a codeword', () => {
    let tried = 0;
    for (let position = 0; position < 7; position += 1) {
      for (const difference of VALUES.slice(1)) {
        const pattern = Array<number>(8).fill(0);
        pattern[position] = difference;
        pattern[position + 1] = difference;
        expect(isCodeword(pattern)).toBe(false);
        tried += 1;
      }
    }
    expect(tried).toBe(7 * 31);
  });

  it('is linear: the sum of two codes is a code, which the two proofs rest on', () => {
    const symbols = (n: bigint): number[] =>
      [...stallCodeFromNumber(n).slice(3)].map((symbol) => STALL_CODE_ALPHABET.indexOf(symbol));
    for (let power = 0n; power < 35n; power += 1n) {
      const a = symbols(1n << power);
      const b = symbols((7919n * (power + 3n) * 104729n) % STALL_CODE_CAPACITY);
      expect(isCodeword(a.map((value, i) => value ^ (b[i] ?? 0)))).toBe(true);
    }
  });

  it('catches every substitution and swap of real codes, tried one by one', () => {
    for (let step = 0n; step < 40n; step += 1n) {
      const code = stallCodeFromNumber((step * 858_993_459n + 17n) % STALL_CODE_CAPACITY);
      expect(isStallCode(code)).toBe(true);
      for (let i = 3; i < 11; i += 1) {
        for (const symbol of STALL_CODE_ALPHABET) {
          if (symbol === code[i]) continue;
          expect(isStallCode(code.slice(0, i) + symbol + code.slice(i + 1))).toBe(false);
        }
        if (i < 10 && code[i] !== code[i + 1]) {
          expect(isStallCode(code.slice(0, i) + code[i + 1] + code[i] + code.slice(i + 2))).toBe(false);
        }
      }
    }
  });

  it.each([-1n, STALL_CODE_CAPACITY])('has no code for the number %s', (n) => {
    expect(() => stallCodeFromNumber(n)).toThrow(RangeError);
  });

  it('computes the check character of the contract’s example', () => {
    expect(checkCharacter('7K2M9QX')).toBe('1');
  });
});
