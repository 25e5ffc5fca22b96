import { create } from 'qrcode';
import { makePayload } from '../../test/factories/card-face.factory';
import { PayloadNotDrawable } from './drawing.errors';
import { drawSymbol, type QrLevel } from './symbol';
import { splitSegments } from './symbol-segments';

const LEVELS: readonly QrLevel[] = ['L', 'M', 'Q', 'H'];

/** What `qrcode` draws when it chooses the mask itself. */
function drawnByPackage(text: string, level: QrLevel, version: number): Uint8Array {
  return create(splitSegments(text, version), { errorCorrectionLevel: level, version }).modules.data;
}

describe('drawSymbol', () => {
  it.each(LEVELS)('is bit for bit the symbol of the package, level %s', (level) => {
    for (let n = 0; n < 60; n += 1) {
      const symbol = drawSymbol(makePayload(n), level);
      expect(Buffer.from(symbol.modules).equals(drawnByPackage(makePayload(n), level, symbol.version))).toBe(true);
    }
  });

  // Sides of 21 to 177 modules need one to six bit planes; at version 27 the last plane holds a single line.
  it.each([1, 2, 3, 9, 10, 11, 19, 26, 27, 28, 35, 40])('judges masks like the package at version %i', (version) => {
    const text = `Chợ ${'x'.repeat(capacityAtL(version) - 10)}`;
    const symbol = drawSymbol(text, 'L');
    expect(symbol.version).toBe(version);
    expect(Buffer.from(symbol.modules).equals(drawnByPackage(text, 'L', version))).toBe(true);
  });

  it.each([
    ['a transfer code with stall code', makePayload(3), 'Q', 6],
    // ISO/IEC 18004 table 7: 3-Q holds 77 digits, 47 capitals, 32 bytes.
    ['77 digits', '0'.repeat(77), 'Q', 3],
    ['78 digits', '0'.repeat(78), 'Q', 4],
    ['47 capitals', 'A'.repeat(47), 'Q', 3],
    ['48 capitals', 'A'.repeat(48), 'Q', 4],
    ['32 small letters', 'a'.repeat(32), 'Q', 3],
    ['33 small letters', 'a'.repeat(33), 'Q', 4],
    ['a verify address', 'https://cho40.example.gov.vn/k/CHO00000R9G', 'M', 3],
  ] as const)('takes the smallest version for %s', (_name, text, level, version) => {
    const symbol = drawSymbol(text, level);
    expect({ version: symbol.version, size: symbol.size }).toEqual({ version, size: 17 + 4 * version });
  });

  it('uses level Q unless told otherwise', () => {
    expect(drawSymbol('CHO').level).toBe('Q');
  });

  it.each([
    ['nothing', ''],
    ['more than version 40 holds', 'a'.repeat(3_000)],
  ])('refuses %s', (_name, text) => {
    expect(() => drawSymbol(text)).toThrow(PayloadNotDrawable);
  });
});

describe('splitSegments', () => {
  it.each([
    ['12345678', 'numeric'],
    ['ABC', 'alphanumeric'],
    ['abc', 'byte'],
    ['Chợ', 'byte'],
    ['AB12345678901234567890', 'alphanumeric numeric'],
    ['A1B2', 'alphanumeric'],
    ['chợ 12345678901234567890 CHO', 'byte numeric alphanumeric'],
  ])('%s → %s', (text, modes) => {
    const segments = splitSegments(text);
    expect(segments.map((segment) => segment.mode).join(' ')).toBe(modes);
    expect(Buffer.concat(segments.map(({ data }) => Buffer.from(data as string))).toString()).toBe(text);
  });

  it('never needs a larger version than the split of the package', () => {
    for (let n = 0; n < 60; n += 1) {
      const theirs = create(makePayload(n), { errorCorrectionLevel: 'Q', maskPattern: 0 }).version;
      expect(drawSymbol(makePayload(n)).version).toBeLessThanOrEqual(theirs);
    }
  });
});

/** Bytes that fit into a version at level L in byte mode (ISO/IEC 18004 table 7). */
function capacityAtL(version: number): number {
  const table: Record<number, number> = {
    1: 17,
    2: 32,
    3: 53,
    9: 230,
    10: 271,
    11: 321,
    19: 792,
    26: 1367,
    27: 1465,
    28: 1528,
    35: 2303,
    40: 2953,
  };
  return table[version] ?? 0;
}
