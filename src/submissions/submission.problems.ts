import type { Bilingual } from '../kernel/errors';
import type { SubmissionProblem } from './submission.types';

/**
 * Every code a submission can be refused with, and what it says. Codes are a public promise (bank-contract §4–5) and
 * never change meaning; the sentences may. `{name}` stands for a detail of the case.
 */
const PROBLEM_TEXTS = {
  // The file as a whole
  empty_file: t('Tệp không có dữ liệu.', 'The file is empty.'),
  invalid_utf8: t('Không phải UTF-8 hợp lệ (byte thứ {byte} của dòng).', 'Not valid UTF-8 (byte {byte} of the line).'),
  line_break_invalid: t(
    'Ký tự CR đứng một mình không phải là dấu xuống dòng; dùng LF hoặc CRLF.',
    'CR alone is no line break; use LF or CRLF.',
  ),
  delimiter_invalid: t('Các trường phải cách nhau bằng dấu phẩy.', 'Fields must be separated by commas.'),
  header_missing: t('Tệp phải bắt đầu bằng phần đầu (H).', 'The submission must begin with its header.'),
  header_repeated: t(
    'Phần đầu chỉ được xuất hiện một lần, ở đầu tệp.',
    'The header may stand only once, at the start.',
  ),
  lines_missing: t('Thiếu danh sách dòng "lines" (ngày trống: []).', 'The list "lines" is missing (empty day: []).'),
  trailer_missing: t('Thiếu phần cuối (T): tệp có thể bị cắt.', 'The trailer is missing: the file may have been cut.'),
  data_after_trailer: t('Còn dữ liệu sau phần cuối.', 'There is data after the trailer.'),
  unknown_record: t('Bản ghi phải bắt đầu bằng H, L hoặc T.', 'A record must begin with H, L or T.'),
  blank_line: t('Không được có dòng trống.', 'Blank lines are not allowed.'),
  field_count: t(
    'Cần đúng {expected} trường, dòng có {found}.',
    'Exactly {expected} fields are needed, found {found}.',
  ),
  line_too_long: t('Dòng dài quá {limit} byte.', 'The line is longer than {limit} bytes.'),
  quote_invalid: t('Dấu nháy kép đặt sai (RFC 4180).', 'A quote is misplaced (RFC 4180).'),
  quote_not_closed: t('Dấu nháy kép mở mà không đóng.', 'A quote is opened and never closed.'),
  // JSON
  malformed_json: t('JSON sai cú pháp ở byte {byte}.', 'Malformed JSON at byte {byte}.'),
  value_too_long: t('Giá trị dài quá {limit} byte.', 'The value is longer than {limit} bytes.'),
  too_deep: t('JSON lồng nhau quá {limit} cấp.', 'JSON is nested deeper than {limit} levels.'),
  too_large: t(
    'Nội dung JSON lớn hơn {limit} byte; dùng NDJSON hoặc CSV.',
    'The JSON body exceeds {limit} bytes; use NDJSON or CSV.',
  ),
  too_many_lines: t(
    'JSON chỉ nhận tối đa {limit} dòng; dùng NDJSON hoặc CSV.',
    'JSON takes at most {limit} lines; use NDJSON or CSV.',
  ),
  duplicate_property: t('Thuộc tính bị lặp.', 'The property appears twice.'),
  unknown_property: t('Không có thuộc tính này trong hợp đồng.', 'The contract knows no such property.'),
  wrong_type: t('Sai kiểu dữ liệu: cần {expected}.', 'Wrong type: {expected} is needed.'),
  // Any field
  value_missing: t('Thiếu giá trị bắt buộc.', 'A required value is missing.'),
  text_expected: t('Phải là văn bản, không phải số hay kiểu khác.', 'Must be text, not a number or anything else.'),
  invalid_number: t(
    'Không phải số nguyên hợp lệ: chỉ chữ số 0–9, không dấu, không số 0 ở đầu, không phân cách.',
    'Not a whole number: ASCII digits only, no sign, leading zero, separator, exponent or fraction.',
  ),
  number_out_of_range: t('Số phải từ {min} đến {max}.', 'The number must be {min} to {max}.'),
  // Header
  version_unsupported: t('Chỉ có phiên bản 1.', 'Only version 1 exists.'),
  invalid_bank_bin: t('Mã BIN gồm đúng sáu chữ số.', 'A BIN has exactly six digits.'),
  bank_mismatch: t(
    'Mã BIN không phải của ngân hàng đã ký ({bank}).',
    'The BIN is not that of the signing bank ({bank}).',
  ),
  invalid_reference: t('Mã tham chiếu gồm 1–64 ký tự trong [A-Za-z0-9._-].', 'A reference is 1–64 of [A-Za-z0-9._-].'),
  invalid_business_date: t('Không phải ngày có thật dạng YYYY-MM-DD.', 'Not a calendar day as YYYY-MM-DD.'),
  business_date_in_future: t('Ngày ở tương lai (hôm nay là {today}).', 'The day is in the future (today is {today}).'),
  business_date_too_old: t(
    'Ngày cũ hơn {days} ngày (hôm nay là {today}).',
    'The day is older than {days} days (today is {today}).',
  ),
  invalid_granularity: t('Phải là "stall" hoặc "market".', 'Must be "stall" or "market".'),
  // Lines
  key_missing: t(
    'Cần stallCode hoặc account (báo cáo theo chợ: marketCode).',
    'stallCode or account is needed (by market: marketCode).',
  ),
  key_ambiguous: t('Chỉ dùng một trong stallCode và account.', 'Give either stallCode or account, not both.'),
  key_not_allowed: t(
    'Không dùng trường này với granularity "{granularity}".',
    'Not used with granularity "{granularity}".',
  ),
  invalid_stall_code: t(
    'Mã sạp sai dạng hoặc sai ký tự kiểm tra.',
    'The stall code’s form or check character is wrong.',
  ),
  invalid_account: t('Tài khoản gồm 6–19 ký tự trong [A-Za-z0-9].', 'An account is 6–19 of [A-Za-z0-9].'),
  invalid_market_code: t('Mã chợ gồm 4–16 ký tự trong [A-Z0-9].', 'A market code is 4–16 of [A-Z0-9].'),
  unknown_channel: t('Không có kênh này; phân biệt chữ hoa, chữ thường.', 'No such channel; case matters.'),
  amount_without_count: t('Có số tiền mà số giao dịch bằng 0.', 'There is an amount, but the count is zero.'),
  count_without_amount: t('Có giao dịch mà số tiền bằng 0.', 'There are transactions, but the amount is zero.'),
  duplicate_line: t(
    'Trùng mã (hoặc tài khoản) và kênh với một dòng trước.',
    'Same code (or account) and channel as an earlier line.',
  ),
  // Trailer
  control_total_mismatch: t(
    'Tổng kiểm soát không khớp: các dòng cho {actual}.',
    'The control total is wrong: the lines give {actual}.',
  ),
  // The day
  closed_period_refused: t(
    'Kỳ số liệu của ngày này đã chốt và đề nghị thay đổi không được duyệt; số liệu đã chốt giữ nguyên.',
    'The period of this day is closed and the change was not approved; the closed figures stay.',
  ),
} as const satisfies Readonly<Record<string, Bilingual>>;

export type ProblemCode = keyof typeof PROBLEM_TEXTS;

/** Where a problem is, and the details its sentence mentions. */
export interface ProblemPlace {
  readonly line?: number | null;
  readonly field?: string | null;
  readonly value?: string | null;
  readonly details?: Readonly<Record<string, string | number | bigint>>;
}

/** A problem as it is listed: sentence filled in, value shortened and made printable. */
export function problem(code: ProblemCode, place: ProblemPlace = {}): SubmissionProblem {
  const { line = null, field = null, value = null, details = {} } = place;
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '?'));
  const text: Bilingual = PROBLEM_TEXTS[code];
  return {
    line,
    field: field === null ? null : printable(field),
    value: value === null ? null : printable(value),
    code,
    message: { vi: fill(text.vi), en: fill(text.en) },
  };
}

const SHOWN_CHARACTERS = 64;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** At most 64 characters; what cannot be seen or turns text around (controls, bidi marks) as `\uXXXX`. */
function printable(value: string): string {
  const short = value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value;
  return short.replace(UNPRINTABLE, escaped);
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The problems of one submission: the first 1 000 in the order found, and how many there are (bank-contract §4). */
export class ProblemList {
  static readonly KEPT = 1_000;
  private readonly kept: SubmissionProblem[] = [];
  private count = 0;

  add(found: SubmissionProblem): void {
    this.count += 1;
    if (this.kept.length < ProblemList.KEPT) this.kept.push(found);
  }

  /** All problems found, also those beyond the kept ones. */
  get total(): number {
    return this.count;
  }

  get first(): readonly SubmissionProblem[] {
    return this.kept;
  }
}

function t(vi: string, en: string): Bilingual {
  return { vi, en };
}
