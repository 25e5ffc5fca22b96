import { maskAccount, maskPersonalId, maskPhone, maskTaxCode } from './masking';

describe('masking', () => {
  it.each([
    ['personal ID', maskPersonalId, '001012345789', '0010*****789'],
    ['a text that is no personal ID', maskPersonalId, '12345', '****'],
    ['phone', maskPhone, '0900003986', '090****986'],
    ['a text that is no phone', maskPhone, '113', '****'],
    ['tax code of a household: its owner’s personal ID', maskTaxCode, '001012345789', '0010*****789'],
    ['tax code of an enterprise', maskTaxCode, '0100112437', '0100112437'],
    ['account', maskAccount, '0011004411223', '****1223'],
    ['shortest account', maskAccount, '123456', '****3456'],
    ['longest account', maskAccount, 'ABCDEFGHIJKLMNOPQRS', '****PQRS'],
    ['a text too short for an account', maskAccount, '12345', '****'],
  ])('%s', (_name, mask, text, shown) => {
    expect(mask(text)).toBe(shown);
  });
});
