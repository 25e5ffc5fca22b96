import { LineKeys } from './line-keys';
import type { RawLine, ReaderEvent, Spoils, SubmissionReader } from './readers/submission.reader';
import { ProblemList } from './submission.problems';
import {
  checkChannel,
  checkFigures,
  checkHeader,
  checkKey,
  checkTrailer,
  compareTotals,
  granularityOf,
  type HeaderOptions,
  type LineFigures,
  Report,
} from './submission.rules';
import {
  CHANNELS,
  type ControlTotals,
  type Granularity,
  type SubmissionHeader,
  type SubmissionLine,
  type SubmissionProblem,
  type TotalField,
  type Verdict,
} from './submission.types';

export type CheckOptions = HeaderOptions;

/** What was found over a whole submission. */
export interface CheckResult {
  readonly verdict: Verdict;
  /** Null when the header is missing or any of its fields is wrong. */
  readonly header: SubmissionHeader | null;
  /** What the readable lines give; equal to what was declared when the verdict is ACCEPTED. */
  readonly totals: ControlTotals;
  /** The first 1 000, in the order of the file. */
  readonly problems: readonly SubmissionProblem[];
  readonly problemCount: number;
}

/** One step of judging a submission while it streams; `verdict` is always the last one. */
export type CheckStep =
  /** At most once, before any lines. `header` is null when it breaks a rule: see `problems`. */
  | {
      readonly kind: 'header';
      readonly header: SubmissionHeader | null;
      readonly problems: readonly SubmissionProblem[];
    }
  /** The lines of one batch that break no rule. Keep none of the objects: millions may follow. */
  | { readonly kind: 'lines'; readonly lines: readonly SubmissionLine[]; readonly problemCount: number }
  | ({ readonly kind: 'verdict' } & CheckResult);

/**
 * Judges a submission by bank-contract §1–2 as its bytes arrive. When the header cannot be understood (no record, or no
 * granularity) the rest is not read. The steps never depend on how the bytes are cut into chunks.
 */
export async function* checkSteps(
  reader: SubmissionReader,
  bytes: AsyncIterable<Uint8Array>,
  options: CheckOptions,
): AsyncGenerator<CheckStep, void, undefined> {
  const check = new SubmissionCheck(options);
  for await (const event of reader.read(bytes)) {
    const step = check.accept(event);
    if (step !== null) yield step;
    if (check.hopeless) break;
  }
  yield { kind: 'verdict', ...check.result() };
}

/** {@link checkSteps} to the end, for callers that want the verdict alone. */
export async function checkSubmission(
  reader: SubmissionReader,
  bytes: AsyncIterable<Uint8Array>,
  options: CheckOptions,
): Promise<CheckResult> {
  for await (const step of checkSteps(reader, bytes, options)) {
    if (step.kind !== 'verdict') continue;
    const { verdict, header, totals, problems, problemCount } = step;
    return { verdict, header, totals, problems, problemCount };
  }
  throw new Error('a check always ends with its verdict');
}

/** The state of one check. Fed with a reader's events in order; holds sums, keys and problems, never lines. */
class SubmissionCheck {
  private readonly problems = new ProblemList();
  private readonly report = new Report(this.problems);
  private readonly keys = new LineKeys();
  private readonly sums = new LineSums();
  private header: SubmissionHeader | null = null;
  private granularity: Granularity | null = null;
  private trailerSeen = false;

  constructor(private readonly options: CheckOptions) {}

  /** True once nothing further can be judged: a header came, and its granularity is unknown. */
  get hopeless(): boolean {
    return this.granularity === null && this.problems.total > 0;
  }

  accept(event: ReaderEvent): CheckStep | null {
    switch (event.kind) {
      case 'header':
        return this.acceptHeader(event);
      case 'lines':
        return this.acceptLines(event.lines);
      case 'trailer':
        this.trailerSeen = true;
        this.compare(event);
        return null;
      case 'problem':
        this.problems.add(event.problem);
        this.sums.spoil(event.spoils);
        return null;
    }
  }

  result(): CheckResult {
    const { header, problems } = this;
    const accepted = header !== null && this.trailerSeen && problems.total === 0;
    return {
      verdict: accepted ? 'ACCEPTED' : 'REJECTED',
      header,
      totals: this.sums.totals(),
      problems: problems.first,
      problemCount: problems.total,
    };
  }

  private acceptHeader({ header: raw, line, problems }: Extract<ReaderEvent, { kind: 'header' }>): CheckStep {
    const before = this.problems.total;
    for (const found of problems) this.problems.add(found);
    const header = checkHeader(raw, this.options, this.report.at(line));
    if (problems.length === 0) this.header = header;
    this.granularity = granularityOf(raw);
    return { kind: 'header', header: this.header, problems: this.problems.first.slice(before) };
  }

  private acceptLines(batch: readonly RawLine[]): CheckStep {
    const lines: SubmissionLine[] = [];
    for (const raw of batch) {
      const line = this.acceptLine(raw);
      if (line !== null) lines.push(line);
    }
    return { kind: 'lines', lines, problemCount: this.problems.total };
  }

  private acceptLine(raw: RawLine): SubmissionLine | null {
    const report = this.report.at(raw.line);
    const before = this.problems.total;
    const kind = this.granularity === null ? null : checkKey(raw, this.granularity, report);
    const channel = checkChannel(raw, report);
    const figures = checkFigures(raw, report);
    this.sums.add(figures);
    if (kind === null || channel === null) return null;
    const key = raw[kind] as string;
    if (!this.keys.add(kind, key, CHANNELS.indexOf(channel)))
      report.add('duplicate_line', { value: `${key} ${channel}` });
    if (this.problems.total > before) return null;
    return {
      line: raw.line,
      stallCode: kind === 'stallCode' ? (key as SubmissionLine['stallCode']) : null,
      account: kind === 'account' ? key : null,
      marketCode: kind === 'marketCode' ? key : null,
      channel,
      transactionCount: figures.transactionCount,
      amount: BigInt(figures.amount),
      reversalCount: figures.reversalCount,
      reversalAmount: figures.reversalAmount === 0 ? 0n : BigInt(figures.reversalAmount),
    };
  }

  private compare({ trailer, line }: Extract<ReaderEvent, { kind: 'trailer' }>): void {
    const report = this.report.at(line);
    const declared = checkTrailer(trailer, report);
    compareTotals(declared, this.sums.totals(), (field) => this.sums.isWhole(field), report);
  }
}

/** The totals of the lines so far, and of which fields a value could not be read. */
class LineSums {
  private lineCount = 0;
  private readonly transactionCount = new ExactSum();
  private readonly amount = new ExactSum();
  private readonly reversalCount = new ExactSum();
  private readonly reversalAmount = new ExactSum();
  private spoilt: Spoils = 'nothing';

  add(figures: LineFigures): void {
    this.lineCount += 1;
    this.transactionCount.add(figures.transactionCount);
    this.amount.add(figures.amount);
    this.reversalCount.add(figures.reversalCount);
    this.reversalAmount.add(figures.reversalAmount);
  }

  spoil(how: Spoils): void {
    if (how === 'sums') this.lineCount += 1;
    if (how === 'totals' || (how === 'sums' && this.spoilt === 'nothing')) this.spoilt = how;
  }

  /** False when comparing the field would only repeat, as a wrong total, what was reported at a line. */
  isWhole(field: TotalField): boolean {
    if (field === 'lineCount') return this.spoilt !== 'totals';
    return this.spoilt === 'nothing' && this[field].whole;
  }

  totals(): ControlTotals {
    return {
      lineCount: BigInt(this.lineCount),
      transactionCount: this.transactionCount.value,
      amount: this.amount.value,
      reversalCount: this.reversalCount.value,
      reversalAmount: this.reversalAmount.value,
    };
  }
}

/** An exact sum of whole numbers below 2^51: a double that spills into a bigint before it could round. */
class ExactSum {
  whole = true;
  private low = 0;
  private high = 0n;

  /** Adds a figure; a negative one stands for a figure that could not be read. */
  add(figure: number): void {
    if (figure < 0) {
      this.whole = false;
      return;
    }
    this.low += figure;
    if (this.low < SPILL) return;
    this.high += BigInt(this.low);
    this.low = 0;
  }

  get value(): bigint {
    return this.high + BigInt(this.low);
  }
}

/** 2^52 plus one more figure (below 2^50) is still below 2^53. */
const SPILL = 2 ** 52;
