import { problem, type ProblemCode, type ProblemPlace } from '../submission.problems';
import { HEADER_FIELDS, LINE_FIELDS, type SubmissionProblem, TOTAL_FIELDS } from '../submission.types';
import { JsonFault, type JsonToken, JsonTokens } from './json.tokens';
import {
  Misfit,
  type RawLine,
  type RawTrailer,
  type RawValue,
  type ReaderEvent,
  type Spoils,
  type SubmissionReader,
} from './submission.reader';

/** More lines, or a bigger body, belong into NDJSON or CSV (bank-contract §2). */
export const MAX_JSON_LINES = 1_000;
export const MAX_JSON_BYTES = 4_194_304;
/** The contract needs three levels; what is deeper is refused at its field, and this deep not read at all. */
const MAX_DEPTH = 16;

/**
 * `application/json` (bank-contract §2): `{ "header": {…}, "lines": […], "trailer": {…} }`, keys in any order. Strict where
 * JSON.parse is not: duplicate and unknown properties, and numbers judged by their spelling. The header is handed on as
 * soon as it is complete; lines that stand before it wait for it. Problems of lines name their index, from 1.
 */
export const jsonReader: SubmissionReader = {
  async *read(bytes) {
    const reading = new JsonReading();
    for await (const chunk of bytes) {
      for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
        yield* reading.feed(chunk.subarray(from, from + SLICE_BYTES));
        if (reading.stopped) return;
      }
    }
    yield* reading.finish();
  },
};

const SLICE_BYTES = 65_536;
const SAFE_INTEGER = /^(?:0|[1-9][0-9]{0,14})$/;

/** A part of the parser: gives control back whenever the bytes that have arrived are used up. */
type Parsing<Result = void> = Generator<undefined, Result, undefined>;

/** Leaves the parser after a problem behind which nothing is read. */
class Stop extends Error {}

class JsonReading {
  stopped = false;
  private readonly tokens = new JsonTokens();
  private readonly parsing = this.document();
  private size = 0;
  /** What can be handed on, and what waits until the header is there. */
  private events: ReaderEvent[] = [];
  private waiting: ReaderEvent[] | null = [];
  private lines: RawLine[] = [];
  /** Problems of the header while it is being read: they go with it. */
  private headerProblems: SubmissionProblem[] | null = null;
  private trailer: RawTrailer | null = null;
  /** Where the parser is: index of the line (null in header and trailer) and property. */
  private line: number | null = null;
  private field: string | null = null;

  feed(slice: Uint8Array): readonly ReaderEvent[] {
    const room = MAX_JSON_BYTES - this.size;
    this.size += slice.length;
    this.tokens.push(slice.subarray(0, room));
    return this.advance(slice.length > room);
  }

  finish(): readonly ReaderEvent[] {
    this.tokens.close();
    return this.advance(false);
  }

  /** Parses as far as the bytes reach; a fault of syntax becomes the last problem. */
  private advance(tooLarge: boolean): readonly ReaderEvent[] {
    try {
      this.stopped = this.parsing.next().done === true;
      if (tooLarge) throw new JsonFault('too_large', MAX_JSON_BYTES + 1, MAX_JSON_BYTES);
    } catch (error) {
      this.stopped = true;
      if (error instanceof JsonFault) this.fault(error);
      else if (!(error instanceof Stop)) throw error;
    }
    this.flushLines();
    if (this.stopped) this.releaseWaiting();
    const { events } = this;
    this.events = [];
    return events;
  }

  private *document(): Parsing {
    const first = yield* this.firstToken();
    if (!isMark(first, '{')) throw this.tokens.fault('malformed_json');
    const sections = yield* this.members((name) => this.section(name));
    yield* this.end();
    if (!sections.has('header')) this.stop('header_missing');
    if (!sections.has('lines')) this.problem('lines_missing', {}, 'totals');
    if (!sections.has('trailer')) this.stop('trailer_missing');
    if (this.trailer !== null) this.emit({ kind: 'trailer', line: null, trailer: this.trailer });
  }

  private *section(name: string): Parsing {
    const first = yield* this.token();
    const opening = name === 'lines' ? '[' : '{';
    if (name !== 'header' && name !== 'lines' && name !== 'trailer') {
      this.problem('unknown_property', { field: name });
      return void (yield* this.value(first, 1));
    }
    if (!isMark(first, opening)) {
      yield* this.value(first, 1);
      const details = { expected: opening === '[' ? 'array' : 'object' };
      return this.problem('wrong_type', { field: name, details }, 'totals');
    }
    if (name === 'header') return yield* this.header();
    if (name === 'trailer') return void (this.trailer = yield* this.record(TOTAL_FIELDS));
    yield* this.lineArray();
  }

  private *header(): Parsing {
    this.headerProblems = [];
    const header = yield* this.record(HEADER_FIELDS);
    this.events.push({ kind: 'header', line: null, header, problems: this.headerProblems });
    this.headerProblems = null;
    this.releaseWaiting();
  }

  private *lineArray(): Parsing {
    let index = 0;
    yield* this.elements((first) => this.lineFrom(first, (index += 1)));
    this.line = null;
  }

  private *lineFrom(first: JsonToken, index: number): Parsing {
    this.line = index;
    if (index > MAX_JSON_LINES) this.stop('too_many_lines', { details: { limit: MAX_JSON_LINES } });
    if (isMark(first, '{')) {
      // Read first: `this.lines` may be handed on while the record waits for bytes.
      const values = yield* this.record(LINE_FIELDS);
      return void this.lines.push(asLine(index, values));
    }
    yield* this.value(first, 2);
    this.problem('wrong_type', { details: { expected: 'object' } }, 'sums');
  }

  /** The properties of header, line or trailer; an object's opening brace has been read. */
  private *record<Name extends string>(names: readonly Name[]): Parsing<Partial<Record<Name, RawValue>>> {
    const record: Partial<Record<Name, RawValue>> = {};
    yield* this.members((name) => this.property(record, names, name));
    return record;
  }

  private *property<Name extends string>(
    record: Partial<Record<Name, RawValue>>,
    names: readonly Name[],
    name: string,
  ): Parsing {
    const known = names.find((candidate) => candidate === name);
    if (known === undefined) this.problem('unknown_property', { field: name });
    this.field = known ?? null;
    const value = yield* this.value(yield* this.token(), 3);
    this.field = null;
    if (known !== undefined) record[known] = value;
  }

  /** A value that should be text or a number; anything nested is read for its syntax and forgotten. */
  private *value(first: JsonToken, depth: number): Parsing<RawValue> {
    if (depth > MAX_DEPTH) throw this.tokens.fault('too_deep', 0, MAX_DEPTH);
    if (first.kind === 'string') return first.text;
    if (first.kind === 'number') return numberOf(first.literal);
    if (first.kind === 'word') return new Misfit(first.word, 'other');
    if (first.mark === '{') {
      yield* this.members(() => this.nested(depth));
      return new Misfit('{…}', 'other');
    }
    if (first.mark !== '[') throw this.tokens.fault('malformed_json');
    yield* this.elements((element) => this.value(element, depth + 1));
    return new Misfit('[…]', 'other');
  }

  private *nested(depth: number): Parsing<RawValue> {
    return yield* this.value(yield* this.token(), depth + 1);
  }

  /** The rest of an object: calls `visit` before each value. The first of equal names counts. */
  private *members(visit: (name: string) => Parsing<unknown>): Parsing<ReadonlySet<string>> {
    const names = new Set<string>();
    let token = yield* this.token();
    if (isMark(token, '}')) return names;
    for (;;) {
      if (token.kind !== 'string') throw this.tokens.fault('malformed_json');
      const name = token.text;
      if (!isMark(yield* this.token(), ':')) throw this.tokens.fault('malformed_json');
      if (names.has(name)) {
        this.problem('duplicate_property', { field: name });
        yield* this.value(yield* this.token(), 3);
      } else yield* visit(name);
      names.add(name);
      token = yield* this.token();
      if (isMark(token, '}')) return names;
      if (!isMark(token, ',')) throw this.tokens.fault('malformed_json');
      token = yield* this.token();
    }
  }

  /** The rest of an array: calls `visit` with the first token of each element. */
  private *elements(visit: (first: JsonToken) => Parsing<unknown>): Parsing {
    let token = yield* this.token();
    if (isMark(token, ']')) return;
    for (;;) {
      yield* visit(token);
      token = yield* this.token();
      if (isMark(token, ']')) return;
      if (!isMark(token, ',')) throw this.tokens.fault('malformed_json');
      token = yield* this.token();
    }
  }

  private *token(): Parsing<JsonToken> {
    for (;;) {
      const token = this.tokens.next();
      if (token !== null) return token;
      if (this.tokens.isClosed) throw this.tokens.fault('malformed_json');
      yield;
    }
  }

  private *firstToken(): Parsing<JsonToken> {
    for (;;) {
      const token = this.tokens.next();
      if (token !== null) return token;
      if (this.tokens.isClosed) this.stop('empty_file');
      yield;
    }
  }

  /** Nothing but spaces may follow. */
  private *end(): Parsing {
    for (;;) {
      if (this.tokens.next() !== null) throw this.tokens.fault('malformed_json');
      if (this.tokens.isClosed) return;
      yield;
    }
  }

  private fault({ code, byte, limit }: JsonFault): void {
    const halfHeader = this.headerProblems ?? [];
    this.headerProblems = null;
    for (const found of halfHeader) this.emit({ kind: 'problem', problem: found, spoils: 'totals' });
    this.problem(code, { field: this.field, details: { byte, limit } }, 'totals');
  }

  private stop(code: ProblemCode, place: ProblemPlace = {}): never {
    this.problem(code, place, 'totals');
    throw new Stop();
  }

  private problem(code: ProblemCode, place: ProblemPlace, spoils: Spoils = 'nothing'): void {
    const found = problem(code, { line: this.line, ...place });
    if (this.headerProblems !== null) return void this.headerProblems.push(found);
    this.flushLines();
    this.emit({ kind: 'problem', problem: found, spoils });
  }

  private flushLines(): void {
    if (this.lines.length === 0) return;
    this.emit({ kind: 'lines', lines: this.lines });
    this.lines = [];
  }

  private emit(event: ReaderEvent): void {
    (this.waiting ?? this.events).push(event);
  }

  /** From here on nothing waits: the header has been handed on, or will never come. */
  private releaseWaiting(): void {
    this.events.push(...(this.waiting ?? []));
    this.waiting = null;
  }
}

/** A number by its spelling: `1`, never `1.0`, `1e0`, `-0` or `007`; at most 15 digits, which every reader keeps exact. */
function numberOf(literal: string): RawValue {
  return SAFE_INTEGER.test(literal) ? Number(literal) : new Misfit(literal, 'number');
}

function asLine(line: number, values: Partial<Record<(typeof LINE_FIELDS)[number], RawValue>>): RawLine {
  const { stallCode, account, marketCode, channel, transactionCount, amount, reversalCount, reversalAmount } = values;
  const figures = { transactionCount, amount, reversalCount, reversalAmount };
  return { line, stallCode, account, marketCode, channel, ...figures };
}

function isMark(token: JsonToken, mark: string): boolean {
  return token.kind === 'mark' && token.mark === mark;
}
