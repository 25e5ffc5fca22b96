import { decodeScannedCode } from './decode-scan-back';
import { decodeVietQr } from './decode-strict';
import { writeObject } from './tlv';
import { ForeignCode, VietQrRefused } from './vietqr.errors';
import { writeAccountTemplate, writeChecksum } from './write';

const HEAD = '000201010211';
const ACCOUNT = writeObject('38', writeAccountTemplate('970436', '0011001234567', 'QRIBFTTA'));
const TAIL = '53037045802VN';

function sealed(...objects: string[]): string {
  return writeChecksum(objects.join(''));
}

function warningsOf(payload: string): string[] {
  return decodeScannedCode(payload).warnings.map(({ code }) => code);
}

function schemeOf(read: () => unknown): string | undefined {
  try {
    read();
  } catch (error) {
    if (error instanceof ForeignCode) return error.scheme.name;
    throw error;
  }
  return undefined;
}

describe('decodeScannedCode', () => {
  it.each([
    ['nothing', sealed(HEAD, ACCOUNT, TAIL), []],
    ['lower case', sealed(HEAD, ACCOUNT, TAIL).replace(/.{4}$/, (crc) => crc.toLowerCase()), ['CRC_LOWERCASE']],
    ['another order', sealed(HEAD, TAIL, ACCOUNT), ['OTHER_ORDER']],
    ['a second scheme', sealed(HEAD, '26180010A0000007750100', ACCOUNT, TAIL), undefined],
    ['VNPAY beside us', sealed(HEAD, '26280010A00000077501100102154778', ACCOUNT, TAIL), ['UNEXPECTED_26']],
    ['no initiation', sealed('000201', ACCOUNT, TAIL), ['MISSING_01']],
    ['no currency', sealed(HEAD, ACCOUNT, '5802VN'), ['BAD_53']],
    ['accents in the content', sealed(HEAD, ACCOUNT, TAIL, '62070803Rếu'), ['CHARSET_62_08']],
    ['a fraction of a đồng', sealed(HEAD, ACCOUNT, '5303704540474.05802VN'), ['AMOUNT_DECIMALS']],
    ['leading zeros', sealed(HEAD, ACCOUNT, '5303704', '540500100', '5802VN'), ['AMOUNT_LEADING_ZERO']],
    ['signs in the account', account('0881-0004'), ['CHARSET_38_01_01']],
  ])('warns of %s', (_name, payload, warnings) => {
    if (warnings) expect(warningsOf(payload)).toEqual(warnings);
    else expect(() => decodeScannedCode(payload)).toThrow(VietQrRefused);
  });

  it.each([
    [
      'the account once more under another tag',
      sealed(HEAD, ACCOUNT, ACCOUNT.replace(/^38/, '39'), TAIL),
      'account_twice',
    ],
    ['an account once more before 38', sealed(HEAD, ACCOUNT.replace(/^38/, '26'), ACCOUNT, TAIL), 'account_twice'],
    ['the amount twice', sealed(HEAD, ACCOUNT, TAIL, '54011', '54012'), 'tlv_duplicate'],
    ['a format that is not ours', sealed('000202010211', ACCOUNT, TAIL), 'bad_payload_format'],
    ['an account nobody can read', account('Số 1'), 'bad_account'],
    ['a broken second scheme', sealed(HEAD, '2604001x', ACCOUNT, TAIL), 'tlv_bad_length'],
  ])('refuses %s even on a wall', (_name, payload, code) => {
    expect(() => decodeScannedCode(payload)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['VNPAY-QR', sealed(HEAD, '26280010A00000077501100102154778', TAIL)],
    ['VNPAY-QR', sealed(HEAD, '38280010A00000077501100102154778', TAIL)],
    [
      'Lao QR',
      sealed(HEAD, '38670016A00526628466257701082771041802030020324CCHRJZRJZWUDWNQVHEXUHNOQ', '53034185802LA'),
    ],
    ['PromptPay', sealed(HEAD, '29370016A000000677010111011300668123456785802TH5303764')],
    ['KHQR', sealed(HEAD, '29190015sok_dara@aclbkh', '520459995303116', '5802KH')],
    [
      'EVN',
      sealed(HEAD, '26240002000114', '0100101114-019', '5204490053037045802VN', '5931EVN CONG TY DIEN LUC THANH XUAN'),
    ],
    ['MoMo', sealed(HEAD, writeObject('26', writeObject('00', 'vn.momo')), TAIL)],
    ['ZaloPay', sealed(HEAD, writeObject('26', writeObject('00', 'vn.zalopay')), TAIL)],
    ['AirPay/ShopeePay', sealed(HEAD, writeObject('26', writeObject('00', 'vn.shopeepay')), TAIL)],
    ['Visa', sealed(HEAD, '02164111111111111111', TAIL)],
    ['VietQR outside tag 38', sealed(HEAD, ACCOUNT.replace(/^38/, '30'), TAIL)],
    ['unknown (VN)', sealed(HEAD, '26070003abc', TAIL)],
    ['unknown (VN)', sealed(HEAD, '2603abc', TAIL)],
  ])('names %s in both modes and shows no account', (name, payload) => {
    expect(schemeOf(() => decodeScannedCode(payload))).toBe(name);
    expect(schemeOf(() => decodeVietQr(payload))).toBe(name);
  });

  it.each([
    ['MoMo', '2|99|0901234567|NGUYEN VAN A||0|0|0'],
    ['MoMo', 'momo://?action=pay'],
    ['ZaloPay', 'https://social.zalopay.vn/qr/abc'],
    ['web address', 'https://example.vn/menu'],
  ])('names %s by its text', (name, text) => {
    expect(schemeOf(() => decodeScannedCode(text))).toBe(name);
  });

  it('finds a foreign identifier that stands last in its template', () => {
    expect(schemeOf(() => decodeVietQr(sealed(HEAD, '38180104ABCD0006A00052', TAIL)))).toBe('unknown (VN)');
  });
});

function account(text: string): string {
  return sealed(HEAD, writeObject('38', writeAccountTemplate('970436', text, 'QRIBFTTA')), TAIL);
}
