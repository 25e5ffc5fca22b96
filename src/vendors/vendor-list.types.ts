import type { BusinessDay } from '../kernel/business-day';
import type { ListCell } from '../platform/lists/list-cell';
import type { ColumnTitles } from '../platform/lists/list-header';
import type { IssueTexts, ListIssue } from '../platform/lists/import-report';

/** The columns of a board's list and the titles they go by. */
export const VENDOR_COLUMNS = {
  no: { titles: ['STT', 'TT', 'Số thứ tự'] },
  name: { titles: ['Họ và tên', 'Họ tên', 'Tên hộ kinh doanh cá thể', 'Tên tiểu thương'], required: true },
  id: { titles: ['Số CCCD', 'CCCD', 'Số định danh cá nhân', 'Số định danh', 'CMND/CCCD'], required: true },
  taxCode: { titles: ['Mã số thuế', 'MST'] },
  household: { titles: ['Tên hộ kinh doanh', 'Hộ kinh doanh'] },
  phone: { titles: ['Điện thoại', 'Số điện thoại', 'SĐT'] },
  zone: { titles: ['Khu vực', 'Khu'] },
  stallNo: { titles: ['Số sạp', 'Điểm kinh doanh', 'Số điểm kinh doanh', 'Sạp', 'Số quầy'], required: true },
  tradeLine: { titles: ['Ngành hàng', 'Mặt hàng'] },
  areaM2: { titles: ['Diện tích (m2)', 'Diện tích', 'Diện tích m²'] },
  bank: { titles: ['Ngân hàng', 'Tên ngân hàng'], required: true },
  account: { titles: ['Số tài khoản', 'STK', 'Tài khoản'], required: true },
  holder: { titles: ['Chủ tài khoản', 'Tên chủ tài khoản'] },
  leaseFrom: { titles: ['Ngày thuê', 'Ngày hợp đồng', 'Thuê từ ngày'] },
  note: { titles: ['Ghi chú'] },
} as const satisfies Record<string, ColumnTitles>;

export type VendorColumn = keyof typeof VENDOR_COLUMNS;

/** A data row before it is judged, whatever file it came from. */
export interface VendorListRow {
  readonly row: number;
  readonly cell: (column: VendorColumn) => ListCell;
  /** The address of a column's cell in this row: `C13`. */
  readonly address: (column: VendorColumn) => string;
  /** A workbook's row that is not shown. */
  readonly hidden?: boolean;
  /** The nearest sub-heading above, without its Roman number. */
  readonly zoneHeading?: string | null;
}

/** What a row says, normalised; null where it says nothing or nothing usable. */
export interface VendorRowValues {
  readonly name: string | null;
  readonly id: string | null;
  readonly taxCode: string | null;
  readonly household: string | null;
  readonly phone: string | null;
  readonly zone: string | null;
  readonly stallNo: string | null;
  readonly tradeLine: string | null;
  readonly areaM2: string | null;
  readonly bin: string | null;
  readonly account: string | null;
  readonly holder: string | null;
  readonly leaseFrom: BusinessDay | null;
  readonly note: string | null;
}

/** Every code of samples/README.md, then those that come from comparing with the register. */
export const VENDOR_ISSUES = {
  name_missing: ['error', { vi: 'Thiếu họ tên.', en: 'The name is missing.' }],
  stall_missing: ['error', { vi: 'Thiếu số sạp.', en: 'The stall number is missing.' }],
  id_numeric: [
    'error',
    {
      vi: 'Số định danh là ô số nên có thể đã mất số 0; hãy nhập dạng chữ.',
      en: 'The ID is a number cell; zeros may be lost. Enter it as text.',
    },
  ],
  id_length: ['error', { vi: 'Số định danh phải có đúng 12 chữ số.', en: 'The ID must have exactly 12 digits.' }],
  id_format: ['error', { vi: 'Số định danh chỉ gồm chữ số.', en: 'The ID has characters other than digits.' }],
  id_two_people: [
    'error',
    { vi: 'Một số định danh đứng với hai tên khác nhau.', en: 'One ID stands with two different names.' },
  ],
  stall_duplicate: ['error', { vi: 'Số sạp xuất hiện ở nhiều dòng.', en: 'The stall stands on more than one row.' }],
  account_numeric: [
    'error',
    {
      vi: 'Số tài khoản là ô số nên có thể đã sai; hãy nhập dạng chữ.',
      en: 'The account is a number cell and may be wrong. Enter it as text.',
    },
  ],
  account_rounded: [
    'error',
    { vi: 'Số tài khoản đã bị làm tròn (dạng 9,2E+10).', en: 'The account was rounded (written like 9.2E+10).' },
  ],
  account_format: [
    'error',
    { vi: 'Số tài khoản phải có 6–19 chữ cái, chữ số.', en: 'The account must have 6–19 letters and digits.' },
  ],
  date_ambiguous: [
    'error',
    { vi: 'Ngày có thể hiểu hai cách (ngày/tháng hay tháng/ngày).', en: 'The date can be read two ways (d/m or m/d).' },
  ],
  date_invalid: ['error', { vi: 'Không phải ngày có thật.', en: 'This is no calendar day.' }],
  formula_in_identifier: [
    'error',
    {
      vi: 'Số định danh, số sạp, số tài khoản không được là công thức.',
      en: 'ID, stall and account must not be formulas.',
    },
  ],
  cell_error: ['error', { vi: 'Ô bị lỗi công thức (#N/A …).', en: 'The cell holds an error value (#N/A …).' }],
  id_missing: ['attention', { vi: 'Thiếu số định danh.', en: 'The ID is missing.' }],
  phone_missing: ['attention', { vi: 'Thiếu số điện thoại.', en: 'The phone number is missing.' }],
  date_missing: [
    'attention',
    { vi: 'Thiếu ngày thuê; lấy ngày đăng ký.', en: 'The lease date is missing; the day of registration stands in.' },
  ],
  account_missing: ['attention', { vi: 'Thiếu số tài khoản.', en: 'The account is missing.' }],
  bank_missing: [
    'attention',
    { vi: 'Có số tài khoản nhưng thiếu ngân hàng.', en: 'There is an account, but no bank.' },
  ],
  phone_numeric: [
    'attention',
    { vi: 'Số điện thoại là ô số; để trống.', en: 'The phone is a number cell; left empty.' },
  ],
  phone_invalid: [
    'attention',
    { vi: 'Số điện thoại không đúng; để trống.', en: 'The phone cannot be read; left empty.' },
  ],
  tax_code_invalid: [
    'attention',
    { vi: 'Mã số thuế không đúng; để trống.', en: 'The tax code cannot be read; left empty.' },
  ],
  area_invalid: [
    'attention',
    { vi: 'Diện tích không đọc được; để trống.', en: 'The area cannot be read; left empty.' },
  ],
  bank_unknown: [
    'attention',
    { vi: 'Không nhận ra ngân hàng; chưa ghi tài khoản.', en: 'No such bank; the account is not registered.' },
  ],
  bank_ambiguous: [
    'attention',
    {
      vi: 'Tên này chỉ hai ngân hàng; chưa ghi tài khoản.',
      en: 'Two banks go by this name; the account is not registered.',
    },
  ],
  account_on_two_stalls: [
    'attention',
    {
      vi: 'Một tài khoản cho nhiều sạp: không phân biệt được tiền của sạp nào.',
      en: 'One account for several stalls: payments cannot be told apart.',
    },
  ],
  holder_other_person: [
    'attention',
    {
      vi: 'Chủ tài khoản là người khác; cần giấy ủy quyền.',
      en: 'The holder is another person; a written authority is needed.',
    },
  ],
  holder_lacks_registered_name: [
    'attention',
    {
      vi: 'Tên tài khoản chưa có tên hộ kinh doanh (Thông tư 25/2025).',
      en: 'The holder lacks the registered name (Circular 25/2025).',
    },
  ],
  name_spelling_differs: [
    'attention',
    { vi: 'Cùng số định danh nhưng tên viết khác.', en: 'The same ID with another spelling of the name.' },
  ],
  name_unusual: [
    'attention',
    {
      vi: 'Tên dài hoặc có ký tự lạ; ghi nguyên như đã cho.',
      en: 'The name is long or has unusual characters; stored as given.',
    },
  ],
  legacy_encoding: [
    'attention',
    {
      vi: 'Tên ở bảng mã cũ (TCVN3, VNI) đã được chuyển; hãy xác nhận.',
      en: 'The name was in a legacy font and was converted; please confirm.',
    },
  ],
  hidden_row: [
    'attention',
    { vi: 'Dòng bị ẩn trong bảng tính; hãy xác nhận.', en: 'The row is hidden in the sheet; please confirm.' },
  ],
  text_too_long: ['error', { vi: 'Nội dung dài quá giới hạn.', en: 'The text is longer than allowed.' }],
  stall_occupied: [
    'error',
    {
      vi: 'Sổ đăng ký ghi sạp này đang có người khác thuê.',
      en: 'The register has the stall leased to somebody else.',
    },
  ],
  stall_closed: ['error', { vi: 'Sổ đăng ký ghi sạp này đã đóng.', en: 'The register has the stall closed.' }],
  lease_overlap: [
    'error',
    { vi: 'Ngày thuê trùng với hợp đồng trước của sạp.', en: 'The lease overlaps an earlier one of the stall.' },
  ],
  id_known_by_other_name: [
    'error',
    { vi: 'Sổ đăng ký ghi số định danh này với tên khác.', en: 'The register has this ID with another name.' },
  ],
  vendor_not_active: [
    'error',
    { vi: 'Sổ đăng ký ghi người này đã nghỉ hoặc bị từ chối.', en: 'The register has this person ceased or rejected.' },
  ],
  differs_from_register: [
    'attention',
    { vi: 'Khác với sổ đăng ký; sổ đăng ký giữ nguyên.', en: 'Differs from the register, which stays as it is.' },
  ],
  account_differs_from_register: [
    'attention',
    {
      vi: 'Sạp đang nhận tiền vào tài khoản khác; đổi tài khoản phải làm riêng.',
      en: 'The stall pays into another account; a change is made on its own.',
    },
  ],
  account_change_takes_two: [
    'attention',
    {
      vi: 'Sạp đã từng nhận tiền vào tài khoản khác: tài khoản này được ghi cho tiểu thương, chưa gán cho sạp; đổi tài khoản cần người thứ hai duyệt.',
      en: 'The stall has paid into another account before: this one is registered for the vendor, not yet for the stall; a change takes a second person.',
    },
  ],
} as const satisfies IssueTexts<string>;

export type VendorIssueCode = keyof typeof VENDOR_ISSUES;
export type VendorIssue = ListIssue<VendorIssueCode>;

export interface JudgedVendorRow {
  readonly row: number;
  readonly issues: readonly VendorIssue[];
  readonly values: VendorRowValues;
  readonly address: VendorListRow['address'];
}
