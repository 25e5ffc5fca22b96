import directory from './bank-directory.json';
import { BankNames } from './bank-name.rules';
import { namedBanks } from './bank-directory';

const names = new BankNames(namedBanks(directory.banks));
const read = (text: string) => {
  const reading = names.read(text);
  return typeof reading === 'string' ? reading : reading.bin;
};

describe('a bank as lists write it', () => {
  it.each([
    ['BIN', '970436', '970436'],
    ['code', 'VCB', '970436'],
    ['short name', 'Vietcombank', '970436'],
    ['case', 'AGRIBANK', '970405'],
    ['spaces', 'Agri bank', '970405'],
    ['usual name', 'NH Ngoại thương', '970436'],
    ['legal name', 'Ngân hàng TMCP Ngoại thương Việt Nam', '970436'],
    ['abbreviation', 'NHNo&PTNT', '970405'],
    ['half a legal name', 'Ngân hàng Nông nghiệp', '970405'],
    ['with its branch', 'vietcombank - CN Sóc Trăng', '970436'],
    ['with its branch in full', 'Sacombank Chi nhánh Sóc Trăng', '970403'],
    ['full legal form', 'Ngân hàng Thương mại Cổ phần Á Châu', '970416'],
    ['punctuation', 'V.I.B', '970441'],
    ['wallet', 'Ví MoMo', '971025'],
    ['former name', 'LienVietPostBank', '970449'],
    ['former name of a bank that was taken over', 'NH Đông Á', '970406'],
    ['one branch of a foreign bank', 'Ngân hàng Kookmin - Chi nhánh Hà Nội', '970462'],
    ['two BINs of one institution: the usual one', 'CIMB', '422589'],
    ['the second BIN itself', '970459', '970459'],
    ['a code of two banks', 'BVB', 'ambiguous'],
    ['a code of two banks, written small', 'bvb', 'ambiguous'],
    ['a credit fund', 'Quỹ tín dụng Mỹ Xuyên', 'unknown'],
    ['a bank that never was', 'NH Mê Kông', 'unknown'],
    ['any other bank', 'Ngân hàng khác', 'unknown'],
    ['legal form alone', 'Ngân hàng', 'unknown'],
    ['nothing', '', 'unknown'],
  ])('%s: %s', (_name, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each(
    directory.banks.filter((bank) => !('aliasOf' in bank)).map((bank) => [bank.bin, bank.shortName, bank.legalName]),
  )('%s is found by its short and legal name', (bin, shortName, legalName) => {
    expect([read(bin), read(shortName), read(legalName)]).toEqual([bin, bin, bin]);
  });
});
