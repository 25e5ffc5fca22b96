import { stallCodeFromNumber } from '../kernel/stall-code';
import { type AttributionDirectory, placeKnown, placeLine, type StallOnDay } from './attribution.rules';

const stall = (stallNo: number, change: Partial<StallOnDay> = {}): StallOnDay => ({
  stallNo,
  marketNo: 7,
  occupied: true,
  consents: true,
  ...change,
});
const OPEN = stallCodeFromNumber(1n);
const CLOSED = stallCodeFromNumber(2n);
const SILENT = stallCodeFromNumber(3n);

/** Stands for the blind index. */
const indexOf = (account: string): string => `index of ${account}`;
const BY_ACCOUNT = new Map([
  ['0011004411223', [stall(1)]],
  ['KioT662A', [stall(4)]],
  ['kIOt662a', [stall(5)]],
  ['SILENT001', [stall(3, { consents: false })]],
  ['CLOSED001', [stall(2, { occupied: false })]],
  ['SHARED001', [stall(1), stall(6)]],
  ['SHARED002', [stall(1), stall(6, { marketNo: 8 })]],
  ['MOVED0001', [stall(2, { occupied: false, marketNo: 8 }), stall(6)]],
]);

const directory: AttributionDirectory = {
  stallsByCode: new Map([
    [OPEN, stall(1)],
    [CLOSED, stall(2, { occupied: false })],
    [SILENT, stall(3, { consents: false })],
  ]),
  stallsByAccount: BY_ACCOUNT,
  stallsByAccountIndex: new Map([...BY_ACCOUNT].map(([account, stalls]) => [indexOf(account), stalls])),
  marketNosByCode: new Map([['92ST041', 7]]),
};

const byCode = (stallCode: string) => ({ stallCode: stallCode as typeof OPEN, account: null, marketCode: null });
const byAccount = (account: string) => ({ stallCode: null, account, marketCode: null });
const byMarket = (marketCode: string) => ({ stallCode: null, account: null, marketCode });

describe('placeLine', () => {
  it.each([
    ['a known code', byCode(OPEN), ['attributed', 'none', 7, 1]],
    ['a code of a stall that was not open', byCode(CLOSED), ['suspense', 'stall_not_open', 0, 0]],
    ['a code without consent', byCode(SILENT), ['market_only', 'no_consent', 7, 0]],
    ['an unknown code', byCode(stallCodeFromNumber(99n)), ['suspense', 'unknown_stall', 0, 0]],
    ['a known account', byAccount('0011004411223'), ['attributed', 'none', 7, 1]],
    ['letter case counts', byAccount('kIOt662a'), ['attributed', 'none', 7, 5]],
    ['letter case counts, unknown', byAccount('KIOT662A'), ['suspense', 'unknown_account', 0, 0]],
    ['an account without consent', byAccount('SILENT001'), ['market_only', 'no_consent', 7, 0]],
    ['an account of a closed stall', byAccount('CLOSED001'), ['suspense', 'stall_not_open', 0, 0]],
    ['an account of two stalls of one market', byAccount('SHARED001'), ['market_only', 'shared_account', 7, 0]],
    ['an account of stalls of two markets', byAccount('SHARED002'), ['suspense', 'ambiguous_account', 0, 0]],
    ['an account whose other stall was empty', byAccount('MOVED0001'), ['attributed', 'none', 7, 6]],
    ['a market', byMarket('92ST041'), ['market_only', 'market_granularity', 7, 0]],
    ['an unknown market', byMarket('92ST999'), ['suspense', 'unknown_market', 0, 0]],
  ])('%s', (_name, line, [bucket, reason, marketNo, stallNo]) => {
    const place = { bucket, reason, marketNo, stallNo };
    expect(placeLine(line, directory)).toEqual(place);
    const { account, ...named } = line;
    expect(placeKnown({ ...named, accountIndex: account && indexOf(account) }, directory)).toEqual(place);
  });
});
