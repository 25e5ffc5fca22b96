import type { HeaderField, LineField, SubmissionProblem, TotalField } from '../submission.types';

/**
 * A value that is neither text nor a whole number of at most 15 digits: `1e6`, `true`, `null`, an object, a numeric or
 * formula cell where text belongs. Kept as it is spelled, so that the rule of its field can refuse it by name.
 */
export class Misfit {
  constructor(
    readonly spelling: string,
    readonly kind: 'number' | 'other',
  ) {}
}

/**
 * A field as the file has it: text; a number already read exactly from a spelling the contract allows (`0` or
 * `[1-9][0-9]{0,14}`); a {@link Misfit}; or undefined where it is left out and its default, if any, counts.
 */
export type RawValue = string | number | Misfit | undefined;

export type RawHeader = Readonly<Partial<Record<HeaderField, RawValue>>>;
export type RawTrailer = Readonly<Partial<Record<TotalField, RawValue>>>;
/** A line before any rule was applied; all properties present, so that millions of them share one shape. */
export type RawLine = Readonly<Record<LineField, RawValue> & { line: number }>;

/** What a problem of reading means for the control totals. */
export type Spoils =
  | 'nothing' // the lines are all known: totals are still compared
  | 'sums' // one line is there, but its figures are lost: only lineCount is still compared
  | 'totals'; // nobody can say whether it was a line

export type ReaderEvent =
  /** `problems`: what is wrong with the header's own syntax, apart from its values. */
  | {
      readonly kind: 'header';
      readonly line: number | null;
      readonly header: RawHeader;
      readonly problems: readonly SubmissionProblem[];
    }
  | { readonly kind: 'lines'; readonly lines: readonly RawLine[] }
  | { readonly kind: 'trailer'; readonly line: number | null; readonly trailer: RawTrailer }
  | { readonly kind: 'problem'; readonly problem: SubmissionProblem; readonly spoils: Spoils };

/**
 * Turns one format into the contract's stream: at most one header, first and as soon as its bytes are there; lines in
 * batches (a batch is garbage once the next is asked for); at most one trailer. Order, syntax and encoding are the
 * reader's to judge, and come as `problem` events in file order; the meaning of values is left to `submission.rules`.
 * A reader ends without trailer only after a problem. The result never depends on how the bytes are cut into chunks.
 */
export interface SubmissionReader {
  read(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReaderEvent, void, undefined>;
}
