import fc from 'fast-check';
import { fitText, type TextRoom } from './text-fit';

/** Every letter half as wide as the size. */
const measure = (text: string) => text.length / 2;
const room: TextRoom = { width: 10, lines: 2, size: 2, sizeOfTwo: 1.6, least: 1 };

describe('fitText', () => {
  it.each<[string, string, Partial<TextRoom>, number, string[]]>([
    ['nothing', '', {}, 2, []],
    ['what fits as it is', 'Chợ A', {}, 2, ['Chợ A']],
    ['a little too long: smaller', 'Chợ Bông Sen', {}, 10 / 6, ['Chợ Bông Sen']],
    ['longer: two even lines', 'Chợ đầu mối nông sản', {}, 1.6, ['Chợ đầu mối', 'nông sản']],
    ['one line only: smaller still', 'Chợ Trần Đề 1234', { lines: 1 }, 1.25, ['Chợ Trần Đề 1234']],
    ['a single long word: smaller', 'x'.repeat(18), {}, 10 / 9, ['x'.repeat(18)]],
    ['a word that cannot fit', 'x'.repeat(30), {}, 1, ['x'.repeat(19) + '…']],
    ['one line that cannot fit', 'Chợ đầu mối nông sản', { lines: 1, least: 1.5 }, 1.5, ['Chợ đầu mối…']],
    [
      'two lines that cannot fit',
      'Công ty TNHH một thành viên thương mại dịch vụ',
      {},
      1,
      ['Công ty TNHH một', 'thành viên thương m…'],
    ],
  ])('%s', (_name, text, change, size, lines) => {
    const fitted = fitText(text, { ...room, ...change }, measure);
    expect(fitted.lines).toEqual(lines);
    expect(fitted.size).toBeCloseTo(size);
  });

  it('is never wider than its room, never larger or smaller than allowed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.constantFrom(1, 2), (text, lines) => {
        const fitted = fitText(text.trim(), { ...room, lines: lines === 1 ? 1 : 2 }, measure);
        expect(fitted.lines.length).toBeLessThanOrEqual(lines);
        for (const line of fitted.lines) expect(measure(line) * fitted.size).toBeLessThanOrEqual(10 + 1e-9);
        expect(fitted.size).toBeGreaterThanOrEqual(room.least);
        expect(fitted.size).toBeLessThanOrEqual(room.size);
      }),
      { seed: 7 },
    );
  });
});
