import { businessDay } from '../../src/kernel/business-day';
import { stallCodeFromNumber } from '../../src/kernel/stall-code';
import { maskAccount } from '../../src/kernel/masking';
import type { CardFace } from '../../src/qr/card-face';
import { encodeVietQr } from '../../src/vietqr/encode';

const BINS = ['970436', '970405', '970415', '970403', '970422', '970418', '970449', '970407'];
const BANKS = ['Vietcombank', 'Agribank', 'VietinBank', 'Sacombank', 'MB', 'BIDV', 'LPBank', 'Techcombank'];
const VENDORS = [
  ['Nguyễn Thị Yến', 'NGUYEN THI YEN'],
  ['Trần Mỹ Phượng', 'TRAN MY PHUONG'],
  ['Quách Kim Đẹp', 'QUACH KIM DEP'],
  ['Huỳnh Thị Bích Ngọc', 'HUYNH THI BICH NGOC'],
  ['Thạch Hữu Nghĩa', 'THACH HUU NGHIA'],
] as const;

/** The n-th transfer code of a stall: other banks, account lengths, stall codes; the same in every run. */
export function makePayload(n: number): string {
  const account = `000${String(1_234_567_890_123n + BigInt(n) * 7_919n).slice(0, 3 + (n % 11))}`;
  return encodeVietQr({ bin: BINS[n % BINS.length] ?? '', account, content: stallCodeOf(n) });
}

/** The n-th card of a market. */
export function makeCardFace(n = 0, overrides: Partial<CardFace> = {}): CardFace {
  const [vendorName, holderName] = VENDORS[n % VENDORS.length] ?? VENDORS[0];
  const stallCode = stallCodeOf(n);
  return {
    marketName: 'Chợ Bông Sen',
    zone: 'Nhà lồng A',
    stallNumber: `Ô ${n + 1}A`,
    stallCode,
    vendorName: `Hộ kinh doanh ${vendorName}`,
    bankName: BANKS[n % BANKS.length] ?? '',
    accountMasked: maskAccount(`000${1_000_000 + n}`),
    holderName,
    serial: `92-${1_000_000 + n}`,
    issueNumber: 1,
    issuedDay: businessDay('2026-10-10'),
    payload: makePayload(n),
    verifyUrl: `https://cho40.example.gov.vn/k/${stallCode}`,
    demo: false,
    ...overrides,
  };
}

function stallCodeOf(n: number) {
  return stallCodeFromNumber(BigInt(n) * 100_003n + 777n);
}
