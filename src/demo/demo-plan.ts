import type { StaffRole } from '../kernel/permissions';
import type { AreaScope } from '../kernel/scope';
import type { LaunchState } from '../launches/launch.rules';

/** The demo's province: which lists are brought in, who reports, and where markets stand. Days count back from today. */
export const DEMO_DAYS = 60;
export const REGISTERED_DAYS_AGO = 155;

/** Lists of stalls and vendors; every person, account and figure in them is invented (demo/README.md). */
export const VENDOR_LISTS = [
  { marketCode: '92ST001', file: 'vendors-92ST001.csv', consents: true },
  { marketCode: '92ST041', file: 'vendors-92ST041.csv', consents: true },
  { marketCode: '92ST006', file: 'vendors-92ST006.csv', consents: false },
] as const;

export interface DemoBank {
  readonly bin: string;
  readonly code: string;
  readonly alg: 'hmac-sha256' | 'ed25519';
  readonly format: 'csv' | 'json';
  /** Accounts that no stall of the register has: their lines wait in suspense. */
  readonly strangers: readonly string[];
  /** Days ago on which nothing came. */
  readonly missing: readonly number[];
  /** Days ago that came in the afternoon, after the time they were due. */
  readonly late: readonly number[];
  /** Days ago that were corrected two days later. */
  readonly corrected: readonly number[];
}

export const DEMO_BANKS: readonly DemoBank[] = [
  {
    bin: '970436',
    code: 'VCB',
    alg: 'hmac-sha256',
    format: 'csv',
    strangers: ['0009224385', '0009835202', 'mkT56943zQ'],
    missing: [],
    late: [23],
    corrected: [9],
  },
  {
    bin: '970405',
    code: 'AGR',
    alg: 'ed25519',
    format: 'csv',
    strangers: ['0009977424041'],
    missing: [],
    late: [4, 31],
    corrected: [],
  },
  {
    bin: '970418',
    code: 'BIDV',
    alg: 'hmac-sha256',
    format: 'json',
    strangers: [],
    missing: [12],
    late: [],
    corrected: [],
  },
];

/** The way of a market up to where it stands: each state with the days ago on which it was reached. */
export type LaunchWay = readonly (readonly [LaunchState, number])[];

const TO_OPERATING: LaunchWay = [
  ['surveyed', 150],
  ['planned', 135],
  ['preparing', 110],
  ['eligible', 80],
  ['scheduled', 70],
  ['launched', 62],
  ['operating', 48],
];

/** The first `steps` of the way, `later` days later than the pilots. */
const way = (steps: number, later: number): LaunchWay =>
  TO_OPERATING.slice(0, steps).map(([state, daysAgo]) => [state, Math.max(0, daysAgo - later)] as const);

export const LAUNCH_WAYS: Readonly<Record<string, LaunchWay>> = {
  '92ST001': TO_OPERATING,
  '92ST041': TO_OPERATING,
  '92ST006': way(6, 2),
  '92ST002': way(7, 5),
  '92ST003': way(6, 20),
  '92ST004': way(5, 40),
  '92ST005': way(5, 45),
  '92ST007': way(4, 30),
  '92ST008': way(4, 33),
  '92ST009': way(3, 20),
  '92ST010': way(3, 24),
  '92ST011': way(3, 25),
  '92ST012': way(2, 30),
  '92ST013': way(2, 31),
  '92ST014': way(2, 32),
  '92ST015': way(1, 60),
  '92ST016': way(1, 62),
  '92ST017': way(1, 64),
  '92ST018': way(1, 66),
  '92ST020': [...TO_OPERATING, ['suspended', 20]],
  '92ST021': [...way(2, 0), ['withdrawn', 40]],
};

interface DemoSignIn {
  readonly email: string;
  readonly fullName: string;
  readonly role: StaffRole;
  /** Default: the province. */
  readonly area?: AreaScope;
  /** Who it is, in both languages. */
  readonly title: string;
}

/** Shown by `npm run demo`; they exist in demo data only, and every page says that it is demo data. */
export const DEMO_SIGN_INS: readonly DemoSignIn[] = [
  { email: 'quantri@demo.cho40.vn', fullName: 'Lê Minh Quân', role: 'system_admin', title: 'quản trị / administrator' },
  {
    email: 'chuyenvien@demo.cho40.vn',
    fullName: 'Nguyễn Thị Lan',
    role: 'department_officer',
    title: 'chuyên viên Sở / officer',
  },
  {
    email: 'chuyenvien2@demo.cho40.vn',
    fullName: 'Trần Quốc Bảo',
    role: 'department_officer',
    title: 'chuyên viên thứ hai, để duyệt / second officer, who approves',
  },
  {
    email: 'lanhdao@demo.cho40.vn',
    fullName: 'Phạm Thị Hồng Nhung',
    role: 'department_leader',
    title: 'lãnh đạo Sở / leader',
  },
  {
    email: 'phuong@demo.cho40.vn',
    fullName: 'Lý Văn Thành',
    role: 'commune_officer',
    area: { kind: 'communes', codes: ['31510'] },
    title: 'cán bộ phường Phú Lợi / commune officer',
  },
  {
    email: 'banquanly@demo.cho40.vn',
    fullName: 'Thạch Thị Sa Rây',
    role: 'market_board',
    area: { kind: 'markets', codes: ['92ST001'] },
    title: 'ban quản lý Chợ Bông Sen / market board',
  },
  { email: 'kiemtra@demo.cho40.vn', fullName: 'Võ Hoàng Anh', role: 'auditor', title: 'kiểm tra / auditor' },
];
export const DEMO_PASSWORD = 'cho-bong-sen-2026';
