import * as fc from 'fast-check';
import { LineKeys } from './line-keys';
import type { LineKeyKind } from './submission.rules';

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const text = (symbols: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...symbols), minLength, maxLength });
const KEY = fc.oneof(
  fc.tuple(fc.constant<LineKeyKind>('account'), text('01', 6, 8)),
  fc.tuple(fc.constant<LineKeyKind>('account'), text(DIGITS, 6, 19)),
  fc.tuple(fc.constant<LineKeyKind>('account'), text(DIGITS + LETTERS + LETTERS.toLowerCase(), 6, 19)),
  fc.tuple(fc.constant<LineKeyKind>('account'), text('aA', 6, 7)),
  fc.tuple(fc.constant<LineKeyKind>('stallCode'), fc.constantFrom('CHO7K2M9QX1', 'CHO00000011', 'CHO00000022')),
);

describe('line keys', () => {
  it.each<[string, [LineKeyKind, string, number], [LineKeyKind, string, number]]>([
    ['another channel', ['account', '0011004411', 0], ['account', '0011004411', 1]],
    ['a leading zero more', ['account', '0011004411', 0], ['account', '00011004411', 0]],
    ['letter case', ['account', 'mkT4411aa', 0], ['account', 'mkT4411aA', 0]],
    ['an account that spells the stall code', ['stallCode', 'CHO7K2M9QX1', 2], ['account', 'CHO7K2M9QX1', 2]],
    ['the last of 19 characters', ['account', '123456789012345678A', 4], ['account', '123456789012345678B', 4]],
    ['the last of 15 digits', ['account', '999999999999998', 4], ['account', '999999999999999', 4]],
    ['the sixteenth digit', ['account', '999999999999999', 4], ['account', '9999999999999990', 4]],
  ])('tells apart: %s', (_name, one, other) => {
    const keys = new LineKeys();
    expect([keys.add(...one), keys.add(...other)]).toEqual([true, true]);
    expect([keys.add(...one), keys.add(...other)]).toEqual([false, false]);
  });

  it('answers as a set of strings would', () => {
    const property = fc.property(fc.array(fc.tuple(KEY, fc.nat(4)), { maxLength: 300 }), (entries) => {
      const keys = new LineKeys();
      const model = new Set<string>();
      for (const [[kind, key], channel] of entries) {
        const name = `${kind} ${key} ${channel}`;
        expect(keys.add(kind, key, channel)).toBe(!model.has(name));
        model.add(name);
      }
    });
    fc.assert(property, { numRuns: 200, seed: 20261122 });
  });

  it.each([
    ['digits', (i: number) => String(1_000_000 + i * 7919)],
    ['letters', (i: number) => `VA${(i * 7919).toString(36).padStart(8, '0')}z`],
  ])('keeps everything while it grows: %s', (_name, key) => {
    const keys = new LineKeys();
    for (let i = 0; i < 100_000; i += 1) if (!keys.add('account', key(i), i % 5)) throw new Error(`lost at ${i}`);
    for (let i = 0; i < 100_000; i += 1) if (keys.add('account', key(i), i % 5)) throw new Error(`forgot ${i}`);
    for (let i = 0; i < 100_000; i += 1) if (!keys.add('account', key(i), (i + 1) % 5)) throw new Error(`mixed ${i}`);
  });
});
