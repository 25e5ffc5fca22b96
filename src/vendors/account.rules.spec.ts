import { cleanAccountNumber, holderMark, isAccountNumber } from './account.rules';

describe('whose account it is', () => {
  const VENDOR = 'Tạ Bích Yến';
  it.each([
    ['the vendor', 'TA BICH YEN', null, null],
    ['the vendor, punctuation aside', 'TA-BICH  YEN.', null, null],
    ['no holder known', null, null, null],
    ['somebody else', 'PHAM THI NI', null, 'holder_other_person'],
    ['a longer name than the vendor’s', 'TA BICH YEN NHI', null, 'holder_other_person'],
    ['the registered name', 'HKD NAM SAI GON 100', 'HKD Năm Sài Gòn 100', null],
    ['the registered name and the vendor', 'HKD NAM SAI GON 100 - TA BICH YEN', 'HKD Năm Sài Gòn 100', null],
    ['the registered name spelled out', 'HO KINH DOANH NAM SAI GON 100', 'Hộ kinh doanh Năm Sài Gòn 100', null],
    ['the vendor’s own name is the registered one', 'TA BICH YEN', 'Hộ kinh doanh Tạ Bích Yến', null],
    ['the vendor, registered name missing', 'TA BICH YEN', 'HKD Năm Sài Gòn 100', 'holder_lacks_registered_name'],
    ['a longer number is another name', 'HKD NAM SAI GON 1001', 'HKD Năm Sài Gòn 100', 'holder_other_person'],
    ['somebody else, registered name missing', 'PHAM THI NI', 'HKD Năm Sài Gòn 100', 'holder_other_person'],
    ['a registered name that names nobody', 'TA BICH YEN', 'Hộ kinh doanh', null],
  ])('%s', (_name, holderName, householdName, mark) => {
    expect(holderMark({ holderName, vendorName: VENDOR, householdName })).toBe(mark);
  });
});

describe('an account number', () => {
  it.each([
    ['0001 402.582-1', '00014025821', true],
    ['aBc123', 'aBc123', true],
    ['12345', '12345', false],
    ['12345678901234567890', '12345678901234567890', false],
    ['000****676', '000****676', false],
    ['１２３４５６', '１２３４５６', false],
  ])('%s', (raw, clean, valid) => {
    expect(cleanAccountNumber(raw)).toBe(clean);
    expect(isAccountNumber(clean)).toBe(valid);
  });
});
