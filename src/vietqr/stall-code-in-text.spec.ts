import { stallCodeFromNumber } from '../kernel/stall-code';
import { stallCodeInText } from './stall-code-in-text';

const CODE = 'CHO7K2M9QX1';
const OTHER = stallCodeFromNumber(20_261_122n);

describe('stallCodeInText', () => {
  it.each([
    ['alone', CODE],
    ['in lower case', 'cho7k2m9qx1'],
    ['with spaces', 'CHO 7K2M 9QX1'],
    ['with every separator banks use', 'C-H.O_7/K:2;M,9 Q|X*1'],
    ['with a line break and a no-break space', 'CHO7K2\nM9\u00A0QX1'],
    ['with zero-width characters', 'CHO7K2\u200BM9QX1\uFEFF'],
    ['in a bank’s memo', 'MBVCB.6112345.CHO7K2M9QX1.CT tu 0011001234567 NGUYEN VAN A'],
    ['glued to other letters', 'FT2631xCHO7K2M9QX1tienrau'],
    ['after the word "cho" (for)', 'chuyen tien cho cho7k2m9qx1'],
    ['twice', `${CODE} ${CODE.toLowerCase()}`],
    ['with accents around it', `Trả tiền rau ${CODE} sạp Cô Ba`],
    ['beside a wrong one', `CHO7K2M9QX4 ${CODE}`],
  ])('finds a code %s', (_name, text) => {
    expect(stallCodeInText(text)).toBe(CODE);
  });

  it.each([
    ['empty text', ''],
    ['no code', 'chuyen tien rau cho ba Sau'],
    ['a wrong check character', 'CHO7K2M9QX4'],
    ['two neighbours swapped', 'CHO72KM9QX1'],
    ['a character short', 'CHO7K2M9QX'],
    ['a letter in between', 'CHO7K2ĐM9QX1'],
    ['an accent inside', 'CHỢ7K2M9QX1'],
    ['a decomposed accent inside', 'CHO\u03237K2M9QX1'],
    ['full-width digits', 'CHO７K2M9QX1'],
    ['a letter that only becomes S in upper case', 'CHO7K2M9QX1'.replace('C', 'ſ')],
    ['two different valid codes', `${CODE} ${OTHER}`],
  ])('attributes nothing to %s', (_name, text) => {
    expect(stallCodeInText(text)).toBeNull();
  });
});
