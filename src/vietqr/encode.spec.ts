import { QRPay } from 'vietnam-qr-pay';
import { decodeVietQr } from './decode-strict';
import { encodeVietQr, type VietQrInput } from './encode';

const ACCOUNT = { bin: '970436', account: '0011001234567' } as const;
const MERCHANT = { ...ACCOUNT, service: 'QRPUSH', mcc: '5411', merchantName: 'HKD A', merchantCity: 'HUE' } as const;

describe('encodeVietQr', () => {
  it.each<[string, VietQrInput, string]>([
    ['a static code', ACCOUNT, '010211'],
    ['a dynamic code exactly where there is an amount', { ...ACCOUNT, amount: 1n }, '010212'],
    ['the largest amount', { ...ACCOUNT, amount: 9_999_999_999_999n }, '54139999999999999'],
    ['a mixed-case account as it is', { ...ACCOUNT, account: 'VQRQ0001990hq' }, '0113VQRQ0001990hq'],
    ['a card', { ...ACCOUNT, account: '9704031101234567', service: 'QRIBFTTC' }, '0208QRIBFTTC'],
    ['content without accents', { ...ACCOUNT, content: 'Chợ Đông Ba, sạp 12' }, '62230819Cho Dong Ba, sap 12'],
    ['content that was decomposed', { ...ACCOUNT, content: 'Chợ'.normalize('NFD') }, '62070803Cho'],
    ['a no-break space as a space', { ...ACCOUNT, content: 'A\u00A0B' }, '62070803A B'],
    ['content of 25 characters after folding', { ...ACCOUNT, content: 'ế'.normalize('NFD').repeat(25) }, '0825eeeee'],
    [
      'the objects in their fixed order',
      { ...MERCHANT, amount: 5n, postalCode: '49000' },
      '5802VN5905HKD A6003HUE610549000',
    ],
    [
      'labels of a merchant',
      { ...MERCHANT, storeLabel: 'S1', terminalLabel: 'T1', content: 'C' },
      '62170302S10702T10801C',
    ],
    [
      'letters with accents only in 64',
      { ...ACCOUNT, language: { code: 'vi', name: 'HKD Nguyễn Thị Á', city: 'Huế' } },
      '64330002vi0116HKD Nguyễn Thị Á0203Huế6304',
    ],
    ['letters beyond U+FFFF in 64', { ...ACCOUNT, language: { code: 'vi', name: '𠀀' } }, '64110002vi0101𠀀6304'],
  ])('writes %s', (_name, input, part) => {
    expect(encodeVietQr(input)).toContain(part);
  });

  it.each<[string, VietQrInput, string]>([
    ['a BIN of five digits', { ...ACCOUNT, bin: '97043' }, 'bad_bin'],
    ['an account with an accent', { ...ACCOUNT, account: '123Đ' }, 'bad_account'],
    ['an account with a line break', { ...ACCOUNT, account: '123\n' }, 'bad_account'],
    ['an account that was a number', { ...ACCOUNT, account: 11001234567 as unknown as string }, 'bad_account'],
    ['a card with letters', { ...ACCOUNT, account: '97040A', service: 'QRIBFTTC' }, 'bad_account'],
    ['a service that we do not issue', { ...ACCOUNT, service: 'QRCASH' as 'QRPUSH' }, 'bad_service'],
    ['an amount below one', { ...ACCOUNT, amount: -5n }, 'amount_out_of_range'],
    ['an amount of 14 digits', { ...ACCOUNT, amount: 10_000_000_000_000n }, 'amount_out_of_range'],
    ['an amount that is a float', { ...ACCOUNT, amount: 74.5 as unknown as bigint }, 'amount_out_of_range'],
    ['empty content', { ...ACCOUNT, content: '' }, 'empty_field'],
    ['blank content', { ...ACCOUNT, content: ' \u00A0' }, 'empty_field'],
    ['content of 26 characters', { ...ACCOUNT, content: 'x'.repeat(26) }, 'too_long_62_08'],
    [
      'content of 100 characters, whose length would read 00',
      { ...ACCOUNT, content: 'x'.repeat(100) },
      'too_long_62_08',
    ],
    ['an emoji', { ...ACCOUNT, content: 'RAU 🥬' }, 'charset_62_08'],
    ['a line break', { ...ACCOUNT, content: 'A\nB' }, 'charset_62_08'],
    ['a NUL', { ...ACCOUNT, content: 'A\0B' }, 'charset_62_08'],
    ['half a character', { ...ACCOUNT, content: 'A\uD800' }, 'charset_62_08'],
    ['a merchant code without MCC', { ...MERCHANT, mcc: undefined }, 'missing_52_for_qrpush'],
    ['a merchant code without a name', { ...MERCHANT, merchantName: undefined }, 'missing_59_for_qrpush'],
    ['an MCC of letters', { ...ACCOUNT, mcc: '54A1' }, 'bad_52'],
    ['a name of 26 characters', { ...MERCHANT, merchantName: 'x'.repeat(26) }, 'too_long_59'],
    ['a store label in a transfer code', { ...ACCOUNT, storeLabel: 'S1' }, 'label_needs_qrpush'],
    ['labels over 99 characters together', fullLabels(), 'too_long_62'],
    ['a language of three letters', { ...ACCOUNT, language: { code: 'vie', name: 'A' } }, 'too_long_64_00'],
    ['a control character in 64', { ...ACCOUNT, language: { code: 'vi', name: 'A\u0007' } }, 'charset_64_01'],
    ['an empty name in 64', { ...ACCOUNT, language: { code: 'vi', name: ' ' } }, 'empty_field'],
    ['an empty language in 64', { ...ACCOUNT, language: { code: '', name: 'A' } }, 'empty_field'],
  ])('refuses %s', (_name, input, code) => {
    expect(() => encodeVietQr(input)).toThrow(expect.objectContaining({ code }));
  });

  it.each<VietQrInput>([
    ACCOUNT,
    { ...ACCOUNT, content: 'CHO7K2M9QX1' },
    { ...ACCOUNT, amount: 79_000n },
    { bin: '970454', account: '99ZP24009M07248267', amount: 9_999_999_999_999n, content: 'tra tien ca' },
    { bin: '970403', account: '9704031101234567', service: 'QRIBFTTC', content: 'x'.repeat(25) },
  ])('writes the same bytes as vietnam-qr-pay: %j', (input) => {
    const peer = QRPay.initVietQR({
      bankBin: input.bin,
      bankNumber: input.account,
      amount: input.amount?.toString(),
      purpose: input.content,
      service: input.service as never,
    });
    expect(encodeVietQr(input)).toBe(peer.build());
    expect(new QRPay(encodeVietQr(input))).toMatchObject({ isValid: true, consumer: { bankNumber: input.account } });
  });

  it('keeps an account’s leading zeros and says what it was asked', () => {
    expect(decodeVietQr(encodeVietQr({ ...ACCOUNT, account: '000' })).account).toBe('000');
  });
});

function fullLabels(): VietQrInput {
  const label = 'x'.repeat(25);
  return { ...MERCHANT, storeLabel: label, referenceLabel: label, terminalLabel: label, content: label };
}
