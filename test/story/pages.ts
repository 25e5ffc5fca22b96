import { MARKET, type Province } from './province';

/** A page of the console: where it is, what it must show when it has loaded, and what one comes here to do. */
export interface ConsolePlace {
  readonly name: string;
  readonly path: (province: Province) => string;
  /** The heading of the page. */
  readonly heading: string;
  /** A text that is there only when everything has arrived. */
  readonly shows: string;
  /** The link, button or field that the keyboard must reach. */
  readonly action?: { readonly role: 'link' | 'button' | 'textbox'; readonly name: string };
}

const market = (tab: string): string => `/markets/${MARKET}${tab}`;

/** Every page behind the sign-in, some of them empty too. */
export const PLACES: readonly ConsolePlace[] = [
  {
    name: 'overview',
    path: () => '/',
    heading: 'Thành phố Cần Thơ',
    shows: 'Chợ Nhu Gia',
    action: { role: 'link', name: 'dòng ngân hàng gửi đang chờ xác định điểm kinh doanh' },
  },
  {
    name: 'inbox',
    path: () => '/inbox',
    heading: 'Việc cần làm',
    shows: 'UBND tỉnh yêu cầu ra mắt trong ngày Chuyển đổi số',
    action: { role: 'button', name: 'Duyệt' },
  },
  {
    name: 'markets',
    path: () => '/markets',
    heading: 'Chợ',
    shows: '124 chợ trong sổ',
    action: { role: 'link', name: 'Nhập danh sách' },
  },
  { name: 'markets-none', path: () => '/markets?q=zzzz', heading: 'Chợ', shows: 'Không có kết quả phù hợp' },
  {
    name: 'market-new',
    path: () => '/markets/new',
    heading: 'Thêm chợ',
    shows: 'Số điểm kinh doanh thiết kế',
    action: { role: 'button', name: 'Lưu chợ' },
  },
  {
    name: 'markets-import',
    path: () => '/markets/import',
    heading: 'Nhập danh sách chợ',
    shows: 'Chọn tệp CSV hoặc kéo thả vào đây',
    action: { role: 'button', name: 'Chọn tệp CSV hoặc kéo thả vào đây' },
  },
  {
    name: 'market',
    path: () => market(''),
    heading: 'Chợ Nhu Gia',
    shows: 'Thông tin chợ',
    action: { role: 'link', name: 'Thẻ QR' },
  },
  {
    name: 'market-edit',
    path: () => market('/edit'),
    heading: 'Sửa Chợ Nhu Gia',
    shows: 'Xã Nhu Gia (31708)',
    action: { role: 'button', name: 'Lưu thay đổi' },
  },
  {
    name: 'market-stalls',
    path: () => market('/stalls'),
    heading: 'Chợ Nhu Gia',
    shows: '45 điểm kinh doanh',
    action: { role: 'link', name: 'Nhập danh sách tiểu thương' },
  },
  {
    name: 'market-stalls-empty',
    path: () => '/markets/92ST002/stalls',
    heading: 'Chợ Tâm Trung',
    shows: 'Chợ này chưa có điểm kinh doanh trong sổ',
    action: { role: 'link', name: 'Nhập danh sách tiểu thương' },
  },
  {
    name: 'vendors-import',
    path: () => market('/stalls/import'),
    heading: 'Chợ Nhu Gia',
    shows: 'Chọn tệp CSV hoặc kéo thả vào đây',
  },
  {
    name: 'stall',
    path: ({ stallCode }) => market(`/stalls/${stallCode}`),
    heading: 'Chợ Nhu Gia',
    shows: 'Tài khoản thụ hưởng qua các thời kỳ',
    action: { role: 'button', name: 'Cấp lại mã' },
  },
  {
    name: 'stall-new',
    path: () => market('/stalls/new'),
    heading: 'Chợ Nhu Gia',
    shows: 'Điểm mở từ hôm nay',
    action: { role: 'button', name: 'Lưu điểm kinh doanh' },
  },
  {
    name: 'stall-edit',
    path: ({ stallCode }) => market(`/stalls/${stallCode}/edit`),
    heading: 'Chợ Nhu Gia',
    shows: 'Sửa Ô 1A',
    action: { role: 'button', name: 'Lưu thay đổi' },
  },
  { name: 'market-vendors', path: () => market('/vendors'), heading: 'Chợ Nhu Gia', shows: 'Quách Kim Sen' },
  {
    name: 'market-cards',
    path: () => market('/cards'),
    heading: 'Chợ Nhu Gia',
    shows: 'Mọi mã đã được đọc lại và khớp.',
    action: { role: 'button', name: 'Tạo tệp in' },
  },
  {
    name: 'market-cards-empty',
    path: () => '/markets/92ST002/cards',
    heading: 'Chợ Tâm Trung',
    shows: 'Chợ này chưa có mã QR nào',
  },
  { name: 'market-takings', path: () => market('/takings'), heading: 'Chợ Nhu Gia', shows: 'Tổng cộng' },
  {
    name: 'market-launch',
    path: () => market('/launch'),
    heading: 'Chợ Nhu Gia',
    shows: 'QĐ 2145/QĐ-UBND',
    action: { role: 'button', name: 'Ghi bước này' },
  },
  { name: 'vendors', path: () => '/vendors', heading: 'Tiểu thương', shows: 'Quách Kim Sen' },
  {
    name: 'vendor',
    path: ({ vendorId }) => `/vendors/${vendorId}`,
    heading: 'Quách Kim Sen',
    shows: 'Số liệu theo điểm từ ngân hàng',
    action: { role: 'button', name: 'Rút lại' },
  },
  {
    name: 'vendor-edit',
    path: ({ vendorId }) => `/vendors/${vendorId}/edit`,
    heading: 'Sửa Quách Kim Sen',
    shows: 'Để trống nếu không đổi',
    action: { role: 'button', name: 'Lưu thay đổi' },
  },
  {
    name: 'submissions',
    path: () => '/submissions',
    heading: 'Đợt gửi',
    shows: 'VCB-20261121-R2',
    action: { role: 'link', name: 'VCB-20261121-R2' },
  },
  { name: 'submissions-calendar', path: () => '/submissions/calendar', heading: 'Lịch báo cáo', shows: 'Vietcombank' },
  {
    name: 'submissions-suspense',
    path: () => '/submissions/suspense',
    heading: 'Chờ xác định',
    shows: 'tài khoản không có trong sổ',
  },
  {
    name: 'submission-accepted',
    path: ({ accepted }) => `/submissions/${accepted}`,
    heading: 'VCB-20261121-R2',
    shows: '****4385',
  },
  {
    name: 'submission-superseded',
    path: ({ superseded }) => `/submissions/${superseded}`,
    heading: 'VCB-20261121',
    shows: 'Mở lần gửi thay thế',
    action: { role: 'link', name: 'Mở lần gửi thay thế' },
  },
  {
    name: 'submission-rejected',
    path: ({ rejected }) => `/submissions/${rejected}`,
    heading: 'VCB-20261112-SAI',
    shows: 'Những chỗ sai trong tệp',
  },
  {
    name: 'launches',
    path: () => '/launches',
    heading: 'Ra mắt',
    shows: 'Chợ Nhu Gia',
    action: { role: 'link', name: 'Chợ Nhu Gia' },
  },
  {
    name: 'account',
    path: () => '/account',
    heading: 'Tài khoản của tôi',
    shows: 'Đang dùng',
    action: { role: 'button', name: 'Bật ứng dụng tạo mã' },
  },
  {
    name: 'not-found',
    path: () => '/khong-co-trang-nay',
    heading: 'Không có trang này',
    shows: 'Địa chỉ có thể đã gõ sai hoặc đã cũ.',
    action: { role: 'link', name: 'Về trang tổng quan' },
  },
];

/** The pages before the sign-in. */
export const DOORS: readonly ConsolePlace[] = [
  {
    name: 'sign-in',
    path: () => '/sign-in',
    heading: 'Đăng nhập',
    shows: 'Chưa có tài khoản?',
    action: { role: 'button', name: 'Đăng nhập' },
  },
  {
    name: 'activate',
    path: () => '/activate#abc',
    heading: 'Kích hoạt tài khoản',
    shows: 'Nhập lại mật khẩu',
    action: { role: 'button', name: 'Đặt mật khẩu và vào hệ thống' },
  },
  {
    name: 'activate-no-token',
    path: () => '/activate',
    heading: 'Kích hoạt tài khoản',
    shows: 'Liên kết không đầy đủ',
    action: { role: 'link', name: 'Đến trang đăng nhập' },
  },
];
