import { decodeVietQr } from './decode-strict';
import { writeObject } from './tlv';
import { ForeignCode, VietQrRefused } from './vietqr.errors';
import { writeAccountTemplate, writeChecksum } from './write';

const ACCOUNT = writeObject('38', writeAccountTemplate('970436', '0011001234567', 'QRIBFTTA'));
const HEAD = '000201010211';
const TAIL = '53037045802VN';

/** A payload with the right checksum around any middle. */
function sealed(...objects: string[]): string {
  return writeChecksum(objects.join(''));
}

/** The usual transfer code with one more object. */
function withObject(id: string, value: string): string {
  return sealed(HEAD, ACCOUNT, TAIL, writeObject(id, value, [...value].length));
}

function withAccount(template: string): string {
  return sealed(HEAD, writeObject('38', template), TAIL);
}

function refusedWith(payload: string): string {
  try {
    decodeVietQr(payload);
  } catch (error) {
    if (error instanceof VietQrRefused || error instanceof ForeignCode) return error.code;
    throw error;
  }
  return 'accepted';
}

const GUID = '0010A000000727';
const BENEFICIARY = '0127000697043601130011001234567';
const SERVICE = '0208QRIBFTTA';

describe('decodeVietQr', () => {
  it.each([
    ['12 without an amount', sealed('000201010212', ACCOUNT, TAIL)],
    ['11 with an amount', sealed(HEAD, ACCOUNT, TAIL, '540550000')],
    ['an amount of thirteen nines', withObject('54', '9999999999999')],
    ['objects of 38 in another order', withAccount(SERVICE + BENEFICIARY + GUID)],
    ['a prompt for a tip', withObject('55', '01')],
    ['a percentage of 00.01', sealed(HEAD, ACCOUNT, TAIL, '550203', '570500.01')],
    ['a percentage of 99.99', sealed(HEAD, ACCOUNT, TAIL, '550203', '570599.99')],
    ['a consumer data request', withObject('62', '0903AME')],
    ['a tax number of the merchant', withObject('62', '10100312345678')],
    ['a channel of the merchant', withObject('62', '1103100')],
    ['a template of its own inside 62', withObject('62', '50160012vn.gov.cho40')],
    ['four labels that fill 62', withObject('62', `0125${'a'.repeat(25)}0225${'b'.repeat(25)}0825${'c'.repeat(25)}`)],
    ['EMVCo’s reserved tags', withObject('65', 'x')],
    ['letters beyond U+FFFF in 64', withObject('64', '0002vi0103Q𠀀B')],
    ['the shortest account', withAccount(`${GUID}011500069704360101A${SERVICE}`)],
  ])('accepts %s', (_name, payload) => {
    expect(refusedWith(payload)).toBe('accepted');
  });

  it('reads a legal decimal point without decimals as whole đồng', () => {
    expect(decodeVietQr(withObject('54', '50000.')).amount).toBe('50000');
  });

  it('takes a code without 38.02 for a merchant’s, with all that such a code must carry', () => {
    const merchant = withAccount(GUID + BENEFICIARY).slice(0, -8);
    expect(refusedWith(withAccount(GUID + BENEFICIARY))).toBe('missing_52_for_qrpush');
    expect(decodeVietQr(sealed(merchant, '520454115903ABC6003HUE'))).toMatchObject({
      service: 'QRPUSH',
      serviceExplicit: false,
    });
  });

  it.each([
    ['a lone high surrogate', withObject('64', '0002vi0101A').replace('A', '\uD800'), 'not_unicode'],
    ['a lone low surrogate', '\uDC00', 'not_unicode'],
    ['a byte order mark first', `\uFEFF${sealed(HEAD, ACCOUNT, TAIL)}`, 'first_not_00'],
    ['a line break last', `${sealed(HEAD, ACCOUNT, TAIL)}\n`, 'tlv_trailing'],
    ['a whole object after the checksum', `${sealed(HEAD, ACCOUNT, TAIL)}6104ABCD`, 'crc_missing_or_not_last'],
    ['a checksum in lower case', sealed(HEAD, ACCOUNT, TAIL).replace(/.{4}$/, (c) => c.toLowerCase()), 'crc_lowercase'],
    ['a checksum that is none', sealed(HEAD, ACCOUNT, TAIL).replace(/.{4}$/, 'ZZZZ'), 'crc_missing_or_not_last'],
    ['a checksum hidden in another object', hiddenChecksum(), 'crc_missing_or_not_last'],
    ['a length of 00', sealed(HEAD, ACCOUNT, TAIL, '6200'), 'tlv_empty'],
    ['a length with a sign', sealed(HEAD, ACCOUNT, '53+3704', '5802VN'), 'tlv_bad_length'],
    ['a length with a space', sealed(HEAD, ACCOUNT, '53 3704', '5802VN'), 'tlv_bad_length'],
    ['a length in hexadecimal', sealed(HEAD, ACCOUNT, '530x704', '5802VN'), 'tlv_bad_length'],
    ['an ID in letters', sealed(HEAD, ACCOUNT, TAIL, 'AB01x'), 'tlv_bad_tag'],
    ['an account twice', sealed(HEAD, ACCOUNT, ACCOUNT, TAIL), 'tlv_duplicate'],
    ['an account twice, not side by side', sealed(HEAD, ACCOUNT, TAIL, ACCOUNT), 'tlv_duplicate'],
    ['an amount twice', sealed(HEAD, ACCOUNT, '540510000', TAIL, '540520000'), 'tlv_duplicate'],
    ['00 twice', sealed(HEAD, '000201', ACCOUNT, TAIL), 'tlv_duplicate'],
    ['63 twice', sealed(HEAD, ACCOUNT, TAIL, '6304ABCD'), 'tlv_duplicate'],
    ['a GUID twice', withAccount(GUID + BENEFICIARY + GUID + SERVICE), 'tlv_duplicate'],
    ['a bank twice', withAccount(`${GUID}01370006970436000697041501130011001234567${SERVICE}`), 'tlv_duplicate'],
    ['a doubled object in 64', withObject('64', '0002vi0101A0101B'), 'tlv_duplicate'],
    ['a doubled object in 80', withObject('80', '0003abc0101x0101y'), 'tlv_duplicate'],
    ['a doubled object in 62.50', withObject('62', '50170003abc0101x0101y'), 'tlv_duplicate'],
    ['no initiation', sealed('000201', ACCOUNT, TAIL), 'missing_01'],
    ['an unknown initiation', sealed('000201010213', ACCOUNT, TAIL), 'bad_01'],
    ['no account template at all', sealed(HEAD, TAIL), 'missing_38'],
    ['38 without a GUID', withAccount(BENEFICIARY + SERVICE), 'bad_guid'],
    ['a GUID in lower case', withAccount(`0010a000000727${BENEFICIARY}${SERVICE}`), 'foreign_code'],
    ['a BIN of seven digits', withAccount(`${GUID}01280007970436101130011001234567${SERVICE}`), 'bad_bin'],
    ['38 without 01', withAccount(GUID + SERVICE), 'bad_bin'],
    ['an account of 20 characters', withAccount(`${GUID}013400069704360120${'1'.repeat(20)}${SERVICE}`), 'bad_account'],
    ['no account', withAccount(`${GUID}01100006970436${SERVICE}`), 'bad_account'],
    ['an account with a space', withAccount(`${GUID}0117000697043601031 2${SERVICE}`), 'charset_38_01_01'],
    ['an account with an accent', withAccount(`${GUID}0117000697043601031Đ2${SERVICE}`), 'bad_account'],
    ['a fourth object in 38', withAccount(`${GUID}${BENEFICIARY}${SERVICE}0301x`), 'unexpected_38_subtag'],
    ['an unknown service', withAccount(`${GUID}${BENEFICIARY}0207QRIBFTT`), 'bad_service'],
    ['another scheme beside ours', withObject('26', '0010A00000077501100102154778'), 'unexpected_26'],
    ['a card scheme beside ours', withObject('02', '4111111111111111'), 'unexpected_02'],
    [
      'the account once more under 39',
      withObject('39', writeAccountTemplate('970415', '1', 'QRIBFTTA')),
      'unexpected_39',
    ],
    ['an amount with leading zeros', withObject('54', '00100'), 'amount_leading_zero'],
    ['an amount of zeros', withObject('54', '000'), 'amount_zero'],
    ['an amount of 0.', withObject('54', '0.'), 'amount_zero'],
    ['an amount that starts with a point', withObject('54', '.5'), 'amount_format'],
    ['an amount with a fraction of zero', withObject('54', '74.0'), 'amount_decimals'],
    ['an amount with a plus', withObject('54', '+5'), 'amount_format'],
    ['an amount of 1e+21', withObject('54', '1e+21'), 'amount_format'],
    ['an amount with a space', withObject('54', '5 0'), 'amount_format'],
    ['an amount in full-width digits', withObject('54', '１００'), 'amount_format'],
    ['an amount of NaN', withObject('54', 'NaN'), 'amount_format'],
    ['fourteen characters of amount', withObject('54', '1000000000000.'), 'amount_too_long'],
    ['an MCC of three digits', withObject('52', '541'), 'bad_52'],
    ['a tip indicator of 04', withObject('55', '04'), 'bad_55'],
    ['a fixed fee that is announced and absent', withObject('55', '02'), 'missing_56'],
    ['a percentage that is announced and absent', withObject('55', '03'), 'missing_57'],
    ['a fixed fee that nobody announced', withObject('56', '5000'), 'unexpected_56'],
    ['a percentage that nobody announced', withObject('57', '5'), 'unexpected_57'],
    ['both fees', sealed(HEAD, ACCOUNT, TAIL, '5502025604500057015'), 'unexpected_57'],
    ['a fee with a fraction', sealed(HEAD, ACCOUNT, TAIL, '550202', '56045.00'), 'amount_decimals'],
    ['a percentage of zero', sealed(HEAD, ACCOUNT, TAIL, '550203', '570500.00'), 'bad_57'],
    ['a city of 16 characters', withObject('60', 'x'.repeat(16)), 'too_long_60'],
    ['a name with a tab', withObject('59', 'A\tB'), 'charset_59'],
    ['a name with DEL', withObject('59', 'A\x7fB'), 'charset_59'],
    ['26 characters of content', withObject('62', `0826${'x'.repeat(26)}`), 'too_long_62_08'],
    ['62.00', withObject('62', '0001x'), 'unexpected_62_00'],
    ['62.12', withObject('62', '1201x'), 'unexpected_62_12'],
    ['bare text in 62.50', withObject('62', '5003abc'), 'unreserved_62_50_not_template'],
    ['a control character in 64', withObject('64', '0002vi0103A\u0007B'), 'charset_64_01'],
    ['text direction turned in 64', withObject('64', '0002vi0103A\u202EB'), 'charset_64_01'],
    ['a name of 26 characters in 64', withObject('64', `0002vi0126${'ế'.repeat(26)}`), 'too_long_64_01'],
    ['a language of three letters', withObject('64', '0003vie0101A'), 'bad_64_00'],
    ['64.03', withObject('64', '0002vi0101A0301x'), 'unexpected_64_03'],
    ['accents in 80', withObject('80', '0003abc0102Đô'), 'charset_80'],
    ['accents in 65', withObject('65', 'Đ'), 'charset_65'],
    ['more than 512 characters', tooLong(), 'payload_too_long'],
  ])('refuses %s', (_name, payload, code) => {
    expect(refusedWith(payload)).toBe(code);
  });
});

/** Ends in `6304` and a right checksum, but both stand inside the value of 80. */
function hiddenChecksum(): string {
  return writeChecksum(`${HEAD}${ACCOUNT}${TAIL}80200004test0108`);
}

function tooLong(): string {
  const template = `0003abc0188${'x'.repeat(88)}`;
  return sealed(HEAD, ACCOUNT, TAIL, ...['80', '81', '82', '83', '84'].map((id) => `${id}99${template}`));
}
