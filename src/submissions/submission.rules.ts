import { type BankBin, isBankBin } from '../kernel/bank-bin';
import { type BusinessDay, daysBetween, isBusinessDay } from '../kernel/business-day';
import { isStallCode } from '../kernel/stall-code';
import { MAX_LINE_VND, MAX_TOTAL_VND, parseVnd, WHOLE_NUMBER } from '../kernel/vnd';
import { Misfit, type RawHeader, type RawLine, type RawTrailer, type RawValue } from './readers/submission.reader';
import { problem, type ProblemCode, type ProblemList, type ProblemPlace } from './submission.problems';
import {
  CHANNELS,
  type Channel,
  type Granularity,
  GRANULARITIES,
  type SubmissionHeader,
  TOTAL_FIELDS,
  type TotalField,
} from './submission.types';

/** The largest count of one line: a 32-bit integer (bank-contract §1). */
export const MAX_COUNT = 2_147_483_647;
/** Parts and revisions run from 1 to 999. */
export const MAX_PART = 999;
const DEFAULT_HORIZON_DAYS = 400;

export const REFERENCE = /^[A-Za-z0-9._-]{1,64}$/;
export const ACCOUNT = /^[A-Za-z0-9]{6,19}$/;
export const MARKET_CODE = /^[A-Z0-9]{4,16}$/;

const MAX_LINE_AMOUNT = Number(MAX_LINE_VND);

/** What a header is judged against: the day it arrives on, and who signed it. */
export interface HeaderOptions {
  /** The present Vietnamese day. */
  readonly today: BusinessDay;
  /** How old a business date may be; 400 unless configured. */
  readonly horizonDays?: number;
  /** The bank that signed the request; without it any well-formed BIN passes. */
  readonly signedBy?: BankBin | null;
}

/** Where the rules report: into one list, at the line of the record that is being judged. */
export class Report {
  private line: number | null = null;

  constructor(private readonly list: ProblemList) {}

  /** Moves on to a record; null for one without a line, as JSON's header and trailer. */
  at(line: number | null): this {
    this.line = line;
    return this;
  }

  add(code: ProblemCode, place: Omit<ProblemPlace, 'line'> = {}): null {
    this.list.add(problem(code, { line: this.line, ...place }));
    return null;
  }
}

/**
 * The header by the rules of bank-contract §1; null when any of them fails, each failure in `report`.
 * `granularityOf` tells whether the lines can be judged all the same.
 */
export function checkHeader(raw: RawHeader, options: HeaderOptions, report: Report): SubmissionHeader | null {
  const version = checkVersion(raw.version, report);
  const bankBin = checkBankBin(raw.bankBin, options.signedBy ?? null, report);
  const reference = textOf(raw.reference, 'reference', REFERENCE, 'invalid_reference', report);
  const businessDate = checkBusinessDate(raw.businessDate, options, report);
  const part = checkOrdinal(raw.part, 'part', report);
  const revision = checkOrdinal(raw.revision, 'revision', report);
  const granularity = checkGranularity(raw.granularity, report);
  if (!version || !bankBin || !reference || !businessDate || !part || !revision || !granularity) return null;
  return { version, bankBin, reference, businessDate, part, revision, granularity };
}

/** The granularity alone, for a header that is wrong elsewhere. */
export function granularityOf(raw: RawHeader): Granularity | null {
  return GRANULARITIES.find((known) => known === raw.granularity) ?? null;
}

/** The trailer's control totals; a field that cannot be read is reported and left out. */
export function checkTrailer(raw: RawTrailer, report: Report): Partial<Record<TotalField, bigint>> {
  const totals: Partial<Record<TotalField, bigint>> = {};
  for (const field of TOTAL_FIELDS) {
    const total = integerOf(raw[field], field, 0n, MAX_TOTAL_VND, report);
    if (total !== null) totals[field] = total;
  }
  return totals;
}

/** The figures of a line as plain numbers (exact: at most 15 digits); -1 where one cannot be read. */
export interface LineFigures {
  readonly transactionCount: number;
  readonly amount: number;
  readonly reversalCount: number;
  readonly reversalAmount: number;
}

/** Reads the four figures of a line and holds each count against its amount: zero only together. */
export function checkFigures(raw: RawLine, report: Report): LineFigures {
  const transactionCount = figureOf(raw.transactionCount, 'transactionCount', MAX_COUNT, report);
  const amount = figureOf(raw.amount, 'amount', MAX_LINE_AMOUNT, report);
  const reversalCount = figureOf(raw.reversalCount ?? 0, 'reversalCount', MAX_COUNT, report);
  const reversalAmount = figureOf(raw.reversalAmount ?? 0, 'reversalAmount', MAX_LINE_AMOUNT, report);
  checkZeros(transactionCount, amount, 'amount', report);
  checkZeros(reversalCount, reversalAmount, 'reversalAmount', report);
  return { transactionCount, amount, reversalCount, reversalAmount };
}

/** The channel of a line, or null when it is none of the five. */
export function checkChannel(raw: RawLine, report: Report): Channel | null {
  const channel = raw.channel as Channel;
  if (CHANNELS.includes(channel)) return channel;
  return wrongText(raw.channel, 'channel', 'unknown_channel', report);
}

/** Which of its three names a line goes by. */
export type LineKeyKind = 'stallCode' | 'account' | 'marketCode';

/**
 * The kind of key a line has, when its one key is well formed: by stall a stall code or an account, by market a market
 * code; never two of them (bank-contract §1).
 */
export function checkKey(raw: RawLine, granularity: Granularity, report: Report): LineKeyKind | null {
  if (granularity === 'market') return checkMarketKey(raw, report);
  if (raw.marketCode !== undefined) return notAllowed(raw, 'marketCode', granularity, report);
  if (raw.stallCode === undefined) return checkAccount(raw, report);
  if (raw.account !== undefined) return report.add('key_ambiguous');
  if (typeof raw.stallCode === 'string' && isStallCode(raw.stallCode)) return 'stallCode';
  return wrongText(raw.stallCode, 'stallCode', 'invalid_stall_code', report);
}

/** What the lines give against what the trailer declares, where the lines of a field could all be read. */
export function compareTotals(
  declared: Partial<Record<TotalField, bigint>>,
  actual: Readonly<Record<TotalField, bigint>>,
  comparable: (field: TotalField) => boolean,
  report: Report,
): void {
  for (const field of TOTAL_FIELDS) {
    const total = declared[field];
    if (total === undefined || total === actual[field] || !comparable(field)) continue;
    report.add('control_total_mismatch', { field, value: total.toString(), details: { actual: actual[field] } });
  }
}

function checkVersion(value: RawValue, report: Report): 1 | null {
  const version = integerOf(value, 'version', 0n, 999n, report);
  if (version === null) return null;
  return version === 1n ? 1 : report.add('version_unsupported', { field: 'version', value: version.toString() });
}

function checkBankBin(value: RawValue, signedBy: BankBin | null, report: Report): BankBin | null {
  const field = 'bankBin';
  if (typeof value !== 'string' || !isBankBin(value)) return wrongText(value, field, 'invalid_bank_bin', report);
  if (signedBy === null || value === signedBy) return value;
  return report.add('bank_mismatch', { field, value, details: { bank: signedBy } });
}

function checkBusinessDate(value: RawValue, options: HeaderOptions, report: Report): BusinessDay | null {
  const field = 'businessDate';
  const { today, horizonDays: days = DEFAULT_HORIZON_DAYS } = options;
  if (typeof value !== 'string' || !isBusinessDay(value)) {
    return wrongText(value, field, 'invalid_business_date', report);
  }
  const age = daysBetween(value, today);
  if (age < 0) return report.add('business_date_in_future', { field, value, details: { today } });
  if (age > days) return report.add('business_date_too_old', { field, value, details: { today, days } });
  return value;
}

function checkOrdinal(value: RawValue, field: 'part' | 'revision', report: Report): number | null {
  const ordinal = integerOf(value ?? 1, field, 1n, BigInt(MAX_PART), report);
  return ordinal === null ? null : Number(ordinal);
}

function checkGranularity(value: RawValue, report: Report): Granularity | null {
  const known = GRANULARITIES.find((granularity) => granularity === value);
  return known ?? wrongText(value, 'granularity', 'invalid_granularity', report);
}

function checkMarketKey(raw: RawLine, report: Report): LineKeyKind | null {
  if (raw.account !== undefined) return notAllowed(raw, 'account', 'market', report);
  if (raw.stallCode !== undefined) return notAllowed(raw, 'stallCode', 'market', report);
  if (raw.marketCode === undefined) return report.add('key_missing');
  if (typeof raw.marketCode === 'string' && MARKET_CODE.test(raw.marketCode)) return 'marketCode';
  return wrongText(raw.marketCode, 'marketCode', 'invalid_market_code', report);
}

function checkAccount(raw: RawLine, report: Report): LineKeyKind | null {
  if (raw.account === undefined) return report.add('key_missing');
  if (typeof raw.account === 'string' && ACCOUNT.test(raw.account)) return 'account';
  return wrongText(raw.account, 'account', 'invalid_account', report);
}

function notAllowed(raw: RawLine, field: LineKeyKind, granularity: Granularity, report: Report): null {
  return report.add('key_not_allowed', { field, value: spelling(raw[field]), details: { granularity } });
}

/** A count and its amount are zero only together; nothing is said about figures that could not be read. */
function checkZeros(count: number, amount: number, field: 'amount' | 'reversalAmount', report: Report): void {
  if ((count === 0) === (amount === 0) || count < 0 || amount < 0) return;
  report.add(count === 0 ? 'amount_without_count' : 'count_without_amount', { field, value: String(amount) });
}

/** A figure of a line as an exact number; the reader's own number on the usual way, its text on the other. */
function figureOf(value: RawValue, field: string, max: number, report: Report): number {
  if (typeof value === 'number' && value <= max) return value;
  const figure = integerOf(value, field, 0n, BigInt(max), report);
  return figure === null ? -1 : Number(figure);
}

function integerOf(value: RawValue, field: string, min: bigint, max: bigint, report: Report): bigint | null {
  if (value === undefined) return report.add('value_missing', { field });
  const text = typeof value === 'number' ? value.toString() : value;
  if (text instanceof Misfit || !WHOLE_NUMBER.test(text)) {
    return report.add('invalid_number', { field, value: spelling(value) });
  }
  const number = parseVnd(text, max);
  if (number !== null && number >= min) return number;
  return report.add('number_out_of_range', { field, value: text, details: { min, max } });
}

function textOf(value: RawValue, field: string, shape: RegExp, code: ProblemCode, report: Report): string | null {
  if (typeof value === 'string' && shape.test(value)) return value;
  return wrongText(value, field, code, report);
}

/** Says why a value is no good text: left out, not text at all, or of the wrong form. */
function wrongText(value: RawValue, field: string, code: ProblemCode, report: Report): null {
  if (value === undefined) return report.add('value_missing', { field });
  return report.add(typeof value === 'string' ? code : 'text_expected', { field, value: spelling(value) });
}

function spelling(value: RawValue): string | null {
  if (value === undefined) return null;
  return value instanceof Misfit ? value.spelling : String(value);
}
