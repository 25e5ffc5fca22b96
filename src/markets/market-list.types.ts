import type { BusinessDay } from '../kernel/business-day';
import type { ListCell } from '../platform/lists/list-cell';
import type { IssueTexts, ListIssue } from '../platform/lists/import-report';
import type { ColumnTitles } from '../platform/lists/list-header';
import type { MARKET_KINDS, OPERATOR_KINDS } from './market.schema';
import type { Build } from './market.rules';

/** The columns of a department's list of markets and the titles they go by. */
export const MARKET_COLUMNS = {
  no: { titles: ['STT', 'TT'] },
  code: { titles: ['Mã chợ'], required: true },
  name: { titles: ['Tên chợ'], required: true },
  aliases: { titles: ['Tên gọi khác'] },
  marketKind: { titles: ['Loại chợ'] },
  communeCode: { titles: ['Mã xã/phường', 'Mã xã'], required: true },
  communeName: { titles: ['Xã/phường hiện nay', 'Xã/phường'] },
  formerDistrict: { titles: ['Huyện/thị xã/thành phố trước 01/7/2025'] },
  formerCommune: { titles: ['Xã/phường/thị trấn trước 01/7/2025'] },
  build: { titles: ['Kết cấu'], required: true },
  inPlan: { titles: ['Theo quy hoạch'], required: true },
  plannedPoints: { titles: ['Số điểm KD thiết kế'], required: true },
  operatingPoints: { titles: ['Số điểm KD đang hoạt động'], required: true },
  areaM2: { titles: ['Diện tích (m2)', 'Diện tích'] },
  officialClass: { titles: ['Hạng chợ theo quyết định', 'Hạng chợ'] },
  classDecision: { titles: ['Số quyết định'] },
  classDecisionOn: { titles: ['Ngày quyết định'] },
  operatorName: { titles: ['Đơn vị quản lý'] },
  operatorKind: { titles: ['Loại đơn vị quản lý'] },
  latitude: { titles: ['Vĩ độ'] },
  longitude: { titles: ['Kinh độ'] },
  hours: { titles: ['Giờ hoạt động'] },
} as const satisfies Record<string, ColumnTitles>;

export type MarketColumn = keyof typeof MARKET_COLUMNS;

export interface MarketListRow {
  readonly row: number;
  readonly cell: (column: MarketColumn) => ListCell;
  readonly address: (column: MarketColumn) => string;
}

export const MARKET_ISSUES = {
  name_missing: ['error', { vi: 'Thiếu tên chợ.', en: 'The name is missing.' }],
  text_too_long: ['error', { vi: 'Nội dung dài quá giới hạn.', en: 'The text is longer than allowed.' }],
  code_missing: ['error', { vi: 'Thiếu mã chợ.', en: 'The market code is missing.' }],
  code_format: [
    'error',
    { vi: 'Mã chợ gồm 4–16 chữ in hoa, chữ số.', en: 'A market code has 4–16 capitals and digits.' },
  ],
  code_duplicate: [
    'error',
    { vi: 'Mã chợ xuất hiện ở nhiều dòng.', en: 'The market code stands on more than one row.' },
  ],
  commune_missing: ['error', { vi: 'Thiếu mã xã/phường.', en: 'The commune code is missing.' }],
  commune_unknown: ['error', { vi: 'Không có xã/phường mang mã này hiện nay.', en: 'No commune has this code today.' }],
  commune_ambiguous: [
    'error',
    {
      vi: 'Xã/phường cũ đã chia về nhiều nơi; cần mã hiện nay.',
      en: 'The former commune went to several; the present code is needed.',
    },
  ],
  choice_unknown: ['error', { vi: 'Giá trị ngoài danh mục.', en: 'The value is none of the known ones.' }],
  number_invalid: ['error', { vi: 'Không phải số nguyên hợp lệ.', en: 'This is no valid whole number.' }],
  date_ambiguous: ['error', { vi: 'Ngày có thể hiểu hai cách.', en: 'The date can be read two ways.' }],
  date_invalid: ['error', { vi: 'Không phải ngày có thật.', en: 'This is no calendar day.' }],
  class_decision_incomplete: [
    'error',
    { vi: 'Hạng chợ cần số và ngày quyết định.', en: 'A class needs the number and day of its decision.' },
  ],
  cell_error: ['error', { vi: 'Ô bị lỗi công thức (#N/A …).', en: 'The cell holds an error value (#N/A …).' }],
  area_invalid: [
    'attention',
    { vi: 'Diện tích không đọc được; để trống.', en: 'The area cannot be read; left empty.' },
  ],
  coordinate_invalid: [
    'attention',
    { vi: 'Tọa độ không đúng; để trống.', en: 'The position cannot be read; left empty.' },
  ],
  hours_invalid: [
    'attention',
    { vi: 'Giờ hoạt động không đúng; để trống.', en: 'The hours cannot be read; left empty.' },
  ],
  commune_name_differs: [
    'attention',
    {
      vi: 'Tên xã/phường không khớp mã; lấy theo mã.',
      en: 'The commune’s name does not fit its code; the code counts.',
    },
  ],
  commune_from_former: [
    'attention',
    {
      vi: 'Mã xã/phường lấy theo đơn vị cũ; hãy xác nhận.',
      en: 'The commune was taken from the former one; please confirm.',
    },
  ],
  former_commune_unknown: [
    'attention',
    { vi: 'Không tìm thấy xã/phường cũ này trong nơi đã sáp nhập.', en: 'No such former commune went into this one.' },
  ],
  differs_from_register: [
    'attention',
    { vi: 'Khác với sổ đăng ký; sổ đăng ký giữ nguyên.', en: 'Differs from the register, which stays as it is.' },
  ],
} as const satisfies IssueTexts<string>;

export type MarketIssueCode = keyof typeof MARKET_ISSUES;
export type MarketIssue = ListIssue<MarketIssueCode>;

/** What a row says, normalised; the units are looked up by the caller's {@link CommuneFinder}. */
export interface MarketRowValues {
  readonly code: string | null;
  readonly name: string | null;
  readonly aliases: string[];
  readonly marketKind: (typeof MARKET_KINDS)[number] | null;
  readonly communeCode: string | null;
  readonly communeName: string | null;
  readonly provinceCode: string | null;
  readonly formerCommuneCode: string | null;
  readonly formerProvince: string | null;
  readonly formerDistrict: string | null;
  readonly formerCommune: string | null;
  readonly build: Build | null;
  readonly inPlan: boolean | null;
  readonly plannedPoints: number | null;
  readonly operatingPoints: number | null;
  readonly areaM2: string | null;
  readonly officialClass: 1 | 2 | 3 | null;
  readonly classDecision: string | null;
  readonly classDecisionOn: BusinessDay | null;
  readonly operatorName: string | null;
  readonly operatorKind: (typeof OPERATOR_KINDS)[number] | null;
  readonly latitude: string | null;
  readonly longitude: string | null;
  readonly opens: string | null;
  readonly closes: string | null;
}

export interface JudgedMarketRow {
  readonly row: number;
  readonly issues: readonly MarketIssue[];
  readonly values: MarketRowValues;
  readonly address: MarketListRow['address'];
}

/** Units as of today and what became of the former ones. */
export interface CommuneFinder {
  commune(code: string): { readonly name: string; readonly provinceCode: string } | undefined;
  /** Where a former commune of that name went; several rows for a split one, or where two had the same names. */
  successors(district: string, commune: string): readonly FormerCommune[];
}

export interface FormerCommune {
  readonly formerCode: string | null;
  readonly formerProvince: string;
  readonly successorCode: string;
}
