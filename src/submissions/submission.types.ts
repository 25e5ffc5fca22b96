import type { BankBin } from '../kernel/bank-bin';
import type { BusinessDay } from '../kernel/business-day';
import type { Bilingual } from '../kernel/errors';
import type { StallCode } from '../kernel/stall-code';
import type { Vnd } from '../kernel/vnd';

/** How a credit reached the stall (bank-contract §1). The order is ours and may be stored as an index. */
export const CHANNELS = ['VIETQR_TRANSFER', 'VIETQR_PAY', 'CARD', 'WALLET', 'MOBILE_MONEY'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a line is about: one stall (or the account that serves it), or a whole market. */
export const GRANULARITIES = ['stall', 'market'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** The contract's field names, in the order of its tables and of the CSV columns; problems name fields by these. */
export const HEADER_FIELDS = [
  'version',
  'bankBin',
  'reference',
  'businessDate',
  'part',
  'revision',
  'granularity',
] as const;
export type HeaderField = (typeof HEADER_FIELDS)[number];

export const LINE_FIELDS = [
  'stallCode',
  'account',
  'marketCode',
  'channel',
  'transactionCount',
  'amount',
  'reversalCount',
  'reversalAmount',
] as const;
export type LineField = (typeof LINE_FIELDS)[number];

export const TOTAL_FIELDS = ['lineCount', 'transactionCount', 'amount', 'reversalCount', 'reversalAmount'] as const;
export type TotalField = (typeof TOTAL_FIELDS)[number];

/** Who reports which day. Values are checked; see `checkHeader` for the rules. */
export interface SubmissionHeader {
  readonly version: 1;
  readonly bankBin: BankBin;
  /** The bank's own id of this file, unique per bank for ever. */
  readonly reference: string;
  readonly businessDate: BusinessDay;
  /** 1–999: branch or province, where a bank splits its day. */
  readonly part: number;
  /** 1–999: a higher one replaces the lower one of the same bank, day and part. */
  readonly revision: number;
  readonly granularity: Granularity;
}

/** One checked line. Exactly one of `stallCode`, `account`, `marketCode` is given. */
export interface SubmissionLine {
  /** Physical line of a text file, row of a sheet, index of a JSON line; from 1. */
  readonly line: number;
  readonly stallCode: StallCode | null;
  /** 6–19 of `[A-Za-z0-9]`, matched with its case, at the BIN of the header. */
  readonly account: string | null;
  readonly marketCode: string | null;
  readonly channel: Channel;
  /** Successful credits, 0 … 2³¹−1. */
  readonly transactionCount: number;
  /** Đồng of those credits; zero exactly when the count is. Reversals are not subtracted. */
  readonly amount: Vnd;
  readonly reversalCount: number;
  readonly reversalAmount: Vnd;
}

/** Control totals: what the trailer declares, or what the lines give. Exact, up to 18 digits on the wire. */
export type ControlTotals = Readonly<Record<TotalField, bigint>>;

/** One thing that is wrong with a submission. Listed to the bank, so `value` is shown short and without control characters. */
export interface SubmissionProblem {
  /** Physical line, row or index from 1; null where no single line is wrong. */
  readonly line: number | null;
  /** The contract's field name; null where no single field is wrong. */
  readonly field: string | null;
  readonly value: string | null;
  /** Stable for ever, snake_case; see `PROBLEM_TEXTS`. */
  readonly code: string;
  readonly message: Bilingual;
}

export type Verdict = 'ACCEPTED' | 'REJECTED';
