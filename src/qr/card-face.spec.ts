import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import { businessDay } from '../kernel/business-day';
import { dayText, printableText } from './card-face';

describe('printableText', () => {
  it.each([
    ['as it is', 'Chợ Bông Sen', 'Chợ Bông Sen'],
    ['decomposed to composed', 'Cho\u031B\u0323 \u0110o\u0302\u0300ng', 'Chợ Đồng'],
    ['spaces', '  Ô   12A\t\n', 'Ô 12A'],
    ['markup stays text', '<b>{{7*7}}</b>', '<b>{{7*7}}</b>'],
    ['emoji', 'Cá 🐟🐟 tươi', 'Cá ? tươi'],
    ['right-to-left override', '\u202Eabc\u202C', 'abc'],
    ['right-to-left letters', 'A שלום B', 'A ? B'],
    ['zero width and controls', 'a\u200Bb\u0000c\uFEFF', 'abc'],
    ['old font bytes', 'Chî \uFFFD', 'Chî ?'],
    ['a megabyte', 'A'.repeat(1_000_000), 'A'.repeat(240)],
  ])('%s', (_name, raw, printed) => {
    expect(printableText(raw)).toBe(printed);
  });

  it.each(['400Regular', '600SemiBold', '700Bold'])('keeps only what %s can draw', (weight) => {
    const file = `@expo-google-fonts/be-vietnam-pro/${weight}/BeVietnamPro_${weight}.ttf`;
    const doc = new PDFDocument().font(readFileSync(require.resolve(file)));
    const { font } = (doc as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })._font;
    const kept = Array.from({ length: 0x2200 }, (_, code) => String.fromCharCode(code)).filter(
      (letter) => printableText(letter) === letter,
    );
    expect(kept.filter((letter) => !font.hasGlyphForCodePoint(letter.charCodeAt(0)))).toEqual([]);
    expect(kept.length).toBeGreaterThan(280);
  });

  it('keeps every Vietnamese letter', () => {
    const vowels = 'aăâeêioôơuưy'
      .split('')
      .flatMap((vowel) =>
        ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((tone) => (vowel + tone).normalize('NFC')),
      );
    const letters = [...vowels, 'đ'].flatMap((letter) => [letter, letter.toUpperCase()]);
    expect(letters.filter((letter) => printableText(letter) !== letter)).toEqual([]);
  });
});

it('prints days the Vietnamese way', () => {
  expect(dayText(businessDay('2026-10-09'))).toBe('09/10/2026');
});
