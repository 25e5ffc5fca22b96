import { type BusinessDay, businessDay } from '../kernel/business-day';
import { type StallCode, STALL_CODE_CAPACITY, stallCodeFromNumber } from '../kernel/stall-code';

/** Whatever day a bank tests with, the sandbox was there. */
export const SANDBOX_SINCE: BusinessDay = businessDay('2020-01-01');

export const SANDBOX_MARKETS = [
  { code: '00CHOTHU1', name: 'Chợ thử nghiệm 1' },
  { code: '00CHOTHU2', name: 'Chợ thử nghiệm 2' },
] as const;
export type SandboxMarket = (typeof SANDBOX_MARKETS)[number]['code'];

export interface SandboxStall {
  readonly code: StallCode;
  readonly market: SandboxMarket;
  readonly number: string;
}

/** Who holds stalls, all paying into one account; together they make every outcome of bank-contract §4 testable. */
export interface SandboxHolder {
  readonly name: string;
  /** To stall-level figures. */
  readonly consents: boolean;
  readonly account: string | null;
  readonly stalls: readonly SandboxStall[];
}

const [FIRST, SECOND] = SANDBOX_MARKETS;

/** The last codes there are, `CHOZZZZ…`: plain to see, and in nobody's way. */
function sandboxCode(place: number): StallCode {
  return stallCodeFromNumber(STALL_CODE_CAPACITY - 1n - BigInt(place));
}

const stall = (place: number, number: string, market: SandboxMarket = FIRST.code): SandboxStall => ({
  code: sandboxCode(place),
  market,
  number,
});

/** Stalls that any bank may report by code. */
export const COMMON_HOLDERS: readonly SandboxHolder[] = [
  { name: 'Người bán thử A', consents: true, account: null, stalls: [stall(0, 'T 1')] },
  { name: 'Người bán thử B', consents: false, account: null, stalls: [stall(1, 'T 2')] },
];

/** Let to nobody: `stall_not_open`. */
export const VACANT_STALL: SandboxStall = stall(2, 'T 3');

const COMMON_PLACES = 16;
const PLACES_PER_BANK = 8;

/** The accounts of every bank's sandbox, the same for all. */
export const SANDBOX_ACCOUNTS = {
  attributed: '0070000001',
  withoutConsent: '0070000002',
  shared: '0070000003',
  ambiguous: '0070000004',
} as const;

/** The holders whose customers pay into accounts at this bank. */
export function holdersAt(bin: string): SandboxHolder[] {
  const place = (index: number): number => COMMON_PLACES + Number(bin) * PLACES_PER_BANK + index;
  const own = (index: number, market?: SandboxMarket) => stall(place(index), `${bin}-${index + 1}`, market);
  const { attributed, withoutConsent, shared, ambiguous } = SANDBOX_ACCOUNTS;
  return [
    { name: `Người bán thử ${bin} A`, consents: true, account: attributed, stalls: [own(0)] },
    { name: `Người bán thử ${bin} B`, consents: false, account: withoutConsent, stalls: [own(1)] },
    { name: `Người bán thử ${bin} C`, consents: true, account: shared, stalls: [own(2), own(3)] },
    { name: `Người bán thử ${bin} D`, consents: true, account: ambiguous, stalls: [own(4), own(5, SECOND.code)] },
  ];
}
