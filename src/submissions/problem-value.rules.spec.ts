import { maskedValue } from './problem-value.rules';

it.each<[string, string | null, string, string]>([
  ['an account', 'account', '0011004411223', '****1223'],
  ['an account with letters', 'account', 'VNPAY0912345', '****2345'],
  ['a short account', 'account', '001122', '****1122'],
  ['an account with a foreign character', 'account', '0011-0044-11223', '****1223'],
  ['an account in full-width digits', 'account', '００１１００４４１１２２３', '****１２２３'],
  ['an account where a stall code belongs', 'stallCode', '0011004411223', '****1223'],
  ['a stall code with a wrong check character', 'stallCode', 'CHO7K2M9QX2', 'CHO7K2M9QX2'],
  ['an ID where a count belongs', 'transactionCount', '001012345789', '****5789'],
  ['a phone with spaces', 'channel', 'Lan 090 000 3986', 'Lan ****3986'],
  ['a channel', 'channel', 'VIETQR_TRANSFERS', 'VIETQR_TRANSFERS'],
  ['an amount with separators', 'amount', '1.850.000', '1.850.000'],
  ['a negative amount', 'amount', '-5', '-5'],
  ['a day', 'businessDate', '2026-02-30', '2026-02-30'],
  ['a whole line', null, 'L,,0011004411223,CARD,1,45000,0,0', 'L,,****1223,CARD,1,45000,0,0'],
])('%s', (_name, field, value, shown) => {
  expect(maskedValue(field, value)).toBe(shown);
});
