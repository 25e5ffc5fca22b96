import type { SubmissionLine } from './submission.types';

/** Where the figures of a line are counted (bank-contract §4). Stored as these numbers. */
export const BUCKETS = { attributed: 1, market_only: 2, suspense: 3 } as const;
export type Bucket = keyof typeof BUCKETS;

/** Why a line is not attributed to a stall. Stored as these numbers; 11 and above are suspense. */
export const REASONS = {
  none: 0,
  no_consent: 1,
  shared_account: 2,
  market_granularity: 3,
  unknown_stall: 11,
  unknown_account: 12,
  ambiguous_account: 13,
  stall_not_open: 14,
  unknown_market: 15,
} as const;
export type Reason = keyof typeof REASONS;

/** What a line names. Stored as these numbers. */
export const TARGET_KINDS = { stallCode: 1, account: 2, marketCode: 3 } as const;

/** A stall as it stood on the business date of a submission. */
export interface StallOnDay {
  readonly stallNo: number;
  readonly marketNo: number;
  /** Open and let to somebody on that day. */
  readonly occupied: boolean;
  /** Whether the vendor of that day consents, now, to stall-level figures (Decree 117/2018). */
  readonly consents: boolean;
}

/** What the register knows that can place the lines of one bank and day. */
export interface AttributionDirectory {
  readonly stallsByCode: ReadonlyMap<string, StallOnDay>;
  /** Stalls whose customers pay into the account, at the reporting bank, on that day; letter case counts. */
  readonly stallsByAccount: Pick<ReadonlyMap<string, readonly StallOnDay[]>, 'get'>;
  /** The same by the account's blind index, in hexadecimal. */
  readonly stallsByAccountIndex: ReadonlyMap<string, readonly StallOnDay[]>;
  readonly marketNosByCode: ReadonlyMap<string, number>;
}

export interface Placement {
  readonly bucket: Bucket;
  readonly reason: Reason;
  /** 0 in suspense. */
  readonly marketNo: number;
  /** 0 unless attributed: without consent the stall is not recorded. */
  readonly stallNo: number;
}

type Target = Pick<SubmissionLine, 'stallCode' | 'account' | 'marketCode'>;
type IndexedTarget = Omit<Target, 'account'> & { readonly accountIndex: string | null };

/** Places one well-formed line. Every line has exactly one place, so that declared = attributed + market-only + suspense. */
export function placeLine(line: Target, directory: AttributionDirectory): Placement {
  if (line.marketCode !== null) return placeByMarket(directory.marketNosByCode.get(line.marketCode));
  if (line.stallCode !== null) return placeByCode(directory.stallsByCode.get(line.stallCode));
  return placeByAccount(directory.stallsByAccount.get(line.account ?? '') ?? []);
}

/** Places a line of which only the blind index of its account is known; says what {@link placeLine} would. */
export function placeKnown(line: IndexedTarget, directory: AttributionDirectory): Placement {
  const { accountIndex, ...named } = line;
  if (accountIndex === null) return placeLine({ ...named, account: null }, directory);
  return placeByAccount(directory.stallsByAccountIndex.get(accountIndex) ?? []);
}

function placeByMarket(marketNo: number | undefined): Placement {
  if (marketNo === undefined) return suspense('unknown_market');
  return { bucket: 'market_only', reason: 'market_granularity', marketNo, stallNo: 0 };
}

function placeByCode(stall: StallOnDay | undefined): Placement {
  if (!stall) return suspense('unknown_stall');
  return stall.occupied ? placeAt(stall) : suspense('stall_not_open');
}

/** Stalls that were closed or empty on the day do not make an account ambiguous. */
function placeByAccount(stalls: readonly StallOnDay[]): Placement {
  if (stalls.length === 0) return suspense('unknown_account');
  const [stall, ...others] = stalls.filter(({ occupied }) => occupied);
  if (!stall) return suspense('stall_not_open');
  if (others.length === 0) return placeAt(stall);
  if (others.some(({ marketNo }) => marketNo !== stall.marketNo)) return suspense('ambiguous_account');
  return { bucket: 'market_only', reason: 'shared_account', marketNo: stall.marketNo, stallNo: 0 };
}

function placeAt({ stallNo, marketNo, consents }: StallOnDay): Placement {
  if (consents) return { bucket: 'attributed', reason: 'none', marketNo, stallNo };
  return { bucket: 'market_only', reason: 'no_consent', marketNo, stallNo: 0 };
}

function suspense(reason: Reason): Placement {
  return { bucket: 'suspense', reason, marketNo: 0, stallNo: 0 };
}

const NAME_OF_BUCKET = new Map<number, Bucket>(Object.entries(BUCKETS).map(([name, no]) => [no, name as Bucket]));
const NAME_OF_REASON = new Map<number, Reason>(Object.entries(REASONS).map(([name, no]) => [no, name as Reason]));

/** @throws RangeError for a number that no row can hold: the table checks it */
export function bucketOf(no: number): Bucket {
  const name = NAME_OF_BUCKET.get(no);
  if (!name) throw new RangeError(`no bucket ${no}`);
  return name;
}

/** @throws RangeError for a number that no row can hold */
export function reasonOf(no: number): Reason {
  const name = NAME_OF_REASON.get(no);
  if (!name) throw new RangeError(`no reason ${no}`);
  return name;
}
