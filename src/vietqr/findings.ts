import { type Bilingual } from '../kernel/errors';

/**
 * One thing that is wrong with a payload. `code` is stable, named as in the published vectors: `TOO_LONG_62_08`,
 * `CRC_LOWERCASE`. The strict reader refuses with it (in lower case, like every error code of the system), the
 * scan-back reader lists it as a warning.
 */
export interface Finding {
  readonly code: string;
  readonly text: Bilingual;
}

/** What a reader does with a finding that leaves the account readable: throw it or note it. */
export type Report = (finding: Finding) => void;

function finding(code: string, vi: string, en: string): Finding {
  return { code, text: { vi, en } };
}

/** `62_08` as people write it: `62.08`. */
function dotted(at: string): string {
  return at.replaceAll('_', '.');
}

/** Where an object stands, for a sentence: inside template `38.01`, or at the root. */
function within(at: string): { vi: string; en: string } {
  return at === ''
    ? { vi: 'ở cấp ngoài cùng', en: 'at the root' }
    : { vi: `trong ${dotted(at)}`, en: `in ${dotted(at)}` };
}

// What every reader refuses, in every mode.

export const firstNot00 = (): Finding =>
  finding(
    'FIRST_NOT_00',
    'Mã không bắt đầu bằng đối tượng 00, không phải mã thanh toán theo EMVCo.',
    'The payload does not begin with object 00; it is no EMVCo payment code.',
  );

export const notUnicode = (): Finding =>
  finding('NOT_UNICODE', 'Mã chứa nửa ký tự Unicode.', 'The payload holds half of a Unicode character.');

export const tlvBadTag = (at: string, tag: string): Finding =>
  finding(
    'TLV_BAD_TAG',
    `${JSON.stringify(tag)} ${within(at).vi} không phải mã đối tượng gồm hai chữ số.`,
    `${JSON.stringify(tag)} ${within(at).en} is no object ID of two digits.`,
  );

export const tlvBadLength = (at: string, id: string): Finding =>
  finding(
    'TLV_BAD_LENGTH',
    `Độ dài của đối tượng ${id} ${within(at).vi} không phải hai chữ số.`,
    `The length of object ${id} ${within(at).en} is not two digits.`,
  );

export const tlvEmpty = (at: string, id: string): Finding =>
  finding('TLV_EMPTY', `Đối tượng ${id} ${within(at).vi} rỗng.`, `Object ${id} ${within(at).en} is empty.`);

export const tlvTruncated = (at: string, id: string): Finding =>
  finding(
    'TLV_TRUNCATED',
    `Đối tượng ${id} ${within(at).vi} ngắn hơn độ dài đã ghi.`,
    `Object ${id} ${within(at).en} is shorter than its length says.`,
  );

export const tlvTrailing = (at: string): Finding =>
  finding('TLV_TRAILING', `Còn ký tự thừa ${within(at).vi}.`, `Characters are left over ${within(at).en}.`);

export const tlvDuplicate = (at: string, id: string): Finding =>
  finding(
    'TLV_DUPLICATE',
    `Đối tượng ${id} ${within(at).vi} xuất hiện hai lần; mỗi ứng dụng có thể tin một bản khác nhau.`,
    `Object ${id} ${within(at).en} stands twice; each app may trust another one.`,
  );

export const crcMissing = (): Finding =>
  finding(
    'CRC_MISSING_OR_NOT_LAST',
    'Thiếu mã kiểm tra 63 gồm bốn ký tự ở cuối.',
    'The checksum 63 of four characters is missing at the end.',
  );

export const crcMismatch = (): Finding =>
  finding(
    'CRC_MISMATCH',
    'Mã kiểm tra không khớp: mã bị hỏng hoặc bị sửa.',
    'The checksum does not fit: the code is damaged or altered.',
  );

export const accountTwice = (id: string): Finding =>
  finding(
    'ACCOUNT_TWICE',
    `Mã có tài khoản VietQR thứ hai ở đối tượng ${id}.`,
    `The code holds a second VietQR account in object ${id}.`,
  );

// What breaks the VietQR profile.

export const missing = (at: string): Finding =>
  finding(`MISSING_${at}`, `Thiếu trường ${dotted(at)}.`, `Field ${dotted(at)} is missing.`);

export const missingForService = (at: string, service: string): Finding =>
  finding(
    `MISSING_${at}_FOR_${service}`,
    `Dịch vụ ${service} phải có trường ${at}.`,
    `Service ${service} requires field ${at}.`,
  );

export const bad = (at: string): Finding =>
  finding(
    `BAD_${at}`,
    `Giá trị của trường ${dotted(at)} không hợp lệ.`,
    `The value of field ${dotted(at)} is not valid.`,
  );

export const badPayloadFormat = (): Finding =>
  finding('BAD_PAYLOAD_FORMAT', 'Phiên bản mã (trường 00) phải là 01.', 'The payload format (field 00) must be 01.');

export const badGuid = (): Finding =>
  finding('BAD_GUID', 'Trường 38 không phải của VietQR (A000000727).', 'Field 38 is not VietQR’s (A000000727).');

export const badBin = (): Finding =>
  finding('BAD_BIN', 'Mã ngân hàng (BIN) phải gồm đúng sáu chữ số.', 'The bank’s BIN must be six digits.');

export const badAccount = (): Finding =>
  finding(
    'BAD_ACCOUNT',
    'Số tài khoản phải gồm 1–19 chữ cái không dấu hoặc chữ số.',
    'The account must be 1 to 19 ASCII letters or digits.',
  );

export const badService = (): Finding =>
  finding(
    'BAD_SERVICE',
    'Mã dịch vụ phải là QRIBFTTA, QRIBFTTC, QRPUSH hoặc QRCASH.',
    'The service must be QRIBFTTA, QRIBFTTC, QRPUSH or QRCASH.',
  );

export const tooLong = (at: string, limit: number): Finding =>
  finding(
    `TOO_LONG_${at}`,
    `Trường ${dotted(at)} dài hơn ${limit} ký tự.`,
    `Field ${dotted(at)} is longer than ${limit} characters.`,
  );

export const charset = (at: string): Finding =>
  finding(
    `CHARSET_${at}`,
    `Trường ${dotted(at)} có ký tự không được phép.`,
    `Field ${dotted(at)} holds a character that is not allowed there.`,
  );

export const unexpected = (at: string): Finding =>
  finding(
    `UNEXPECTED_${at}`,
    `Đối tượng ${dotted(at)} không thuộc VietQR.`,
    `Object ${dotted(at)} is no part of VietQR.`,
  );

export const unexpectedSubtag = (at: string): Finding =>
  finding(
    `UNEXPECTED_${at}_SUBTAG`,
    `Trường ${dotted(at)} có đối tượng con không thuộc VietQR.`,
    `Field ${dotted(at)} holds an object that is no part of VietQR.`,
  );

export const notTemplate = (at: string): Finding =>
  finding(
    `UNRESERVED_${at}_NOT_TEMPLATE`,
    `Trường ${dotted(at)} không phải khuôn mẫu có mã định danh 00.`,
    `Field ${dotted(at)} is no template with an identifier 00.`,
  );

export const crcLowerCase = (): Finding =>
  finding('CRC_LOWERCASE', 'Mã kiểm tra viết bằng chữ thường.', 'The checksum is written in lower case.');

export const payloadTooLong = (limit: number): Finding =>
  finding('PAYLOAD_TOO_LONG', `Mã dài hơn ${limit} ký tự.`, `The payload is longer than ${limit} characters.`);

export const otherOrder = (): Finding =>
  finding('OTHER_ORDER', 'Các trường không theo thứ tự thông thường.', 'The fields do not stand in the usual order.');

export const amountFormat = (at: string): Finding =>
  finding(
    at === '54' ? 'AMOUNT_FORMAT' : `BAD_${at}`,
    `Số tiền ở trường ${at} phải chỉ gồm chữ số.`,
    `The amount in field ${at} must be digits alone.`,
  );

export const amountDecimals = (): Finding =>
  finding('AMOUNT_DECIMALS', 'Đồng Việt Nam không có số lẻ.', 'Vietnamese đồng have no fraction.');

export const amountTooLong = (): Finding =>
  finding('AMOUNT_TOO_LONG', 'Số tiền dài hơn 13 chữ số.', 'The amount is longer than 13 digits.');

export const amountZero = (): Finding =>
  finding('AMOUNT_ZERO', 'Số tiền không được bằng 0.', 'The amount must not be zero.');

export const amountLeadingZero = (): Finding =>
  finding('AMOUNT_LEADING_ZERO', 'Số tiền bắt đầu bằng số 0.', 'The amount begins with a zero.');
