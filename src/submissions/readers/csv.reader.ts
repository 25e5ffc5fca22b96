import { isUtf8 } from 'node:buffer';
import { problem, type ProblemCode, type ProblemPlace } from '../submission.problems';
import { HEADER_FIELDS, TOTAL_FIELDS } from '../submission.types';
import { PlainLineReader } from './csv.plain-line';
import { fieldText, MAX_RECORD_BYTES, type RecordScan, scanRecord } from './csv.record';
import { validUtf8Length } from './utf8';
import type { RawLine, RawValue, ReaderEvent, Spoils, SubmissionReader } from './submission.reader';

/**
 * `text/csv` (bank-contract §2): UTF-8, a whole BOM allowed at the start, comma, RFC 4180 quoting, LF or CRLF, exactly the
 * fields shown, no blank lines. Lines of the usual spelling are read in one pass over their bytes; anything else goes
 * the careful way record by record. Memory stays flat: a slice of the file and a batch of its lines.
 */
export const csvReader: SubmissionReader = {
  async *read(bytes) {
    const reading = new CsvReading();
    for await (const chunk of bytes) {
      for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
        yield* reading.feed(chunk.subarray(from, from + SLICE_BYTES));
        if (reading.stopped) return;
      }
    }
    yield* reading.finish();
  },
};

/** Big enough that the cost per batch vanishes, small enough that a batch dies young. */
const SLICE_BYTES = 65_536;

const LF = 0x0a;
const CR = 0x0d;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const LINE_COLUMNS = ['code', 'account', 'channel', 'transactionCount', 'amount', 'reversalCount', 'reversalAmount'];

/** One file being read: what is expected next, and the bytes of the record that is not complete yet. */
class CsvReading {
  private expected: 'header' | 'lines' | 'end' | 'nothing' = 'header';
  private bytes: Buffer = Buffer.alloc(0);
  /** Where the next record begins in `bytes`, and its physical line. */
  private at = 0;
  private line = 1;
  private begun = false;
  /** True while the rest of a line that cannot be read is passed over. */
  private skipping = false;
  private byMarket = false;
  private lines: RawLine[] = [];
  private events: ReaderEvent[] = [];
  private readonly plain = new PlainLineReader();

  /** True when the rest of the file cannot or need not be read. */
  get stopped(): boolean {
    return this.expected === 'nothing';
  }

  feed(slice: Uint8Array): readonly ReaderEvent[] {
    // The rest is copied: the caller may reuse its chunk.
    this.bytes = Buffer.concat([this.bytes.subarray(this.at), slice]);
    this.at = 0;
    this.readRecords(false);
    return this.takeEvents();
  }

  finish(): readonly ReaderEvent[] {
    this.readRecords(true);
    if (this.expected === 'header') this.stop('empty_file');
    if (this.expected === 'lines') this.stop('trailer_missing');
    return this.takeEvents();
  }

  private readRecords(final: boolean): void {
    if (!this.begun && !this.begin(final)) return;
    // Before the last line break every line is whole, so that the quick way needs no bounds checks.
    const wholeUntil = this.bytes.lastIndexOf(LF);
    if (this.at < wholeUntil) this.plain.open(this.bytes);
    while (this.at < this.bytes.length && !this.stopped) {
      if (this.skipping) this.skipLine();
      else if (this.expected === 'lines' && this.at < wholeUntil && this.readPlainLine()) continue;
      else if (!this.readRecord(final)) break;
    }
  }

  /** Steps over a BOM; false while it could still be one. */
  private begin(final: boolean): boolean {
    if (this.bytes.length < BOM.length && !final) return false;
    this.begun = true;
    if (this.bytes.subarray(0, BOM.length).equals(BOM)) this.at = BOM.length;
    return true;
  }

  private readPlainLine(): boolean {
    const line = this.plain.read(this.at, this.line, this.byMarket);
    if (line === null) return false;
    this.lines.push(line);
    this.at = this.plain.next;
    this.line += 1;
    return true;
  }

  private skipLine(): void {
    const lineBreak = this.bytes.indexOf(LF, this.at);
    this.at = lineBreak < 0 ? this.bytes.length : lineBreak + 1;
    if (lineBreak < 0) return;
    this.line += 1;
    this.skipping = false;
  }

  /** The careful way; false when the record is not complete yet. */
  private readRecord(final: boolean): boolean {
    if (this.isBlank()) return this.skipWith('blank_line', {}, 'nothing');
    const scan = scanRecord(this.bytes, this.at, final);
    if (scan.kind === 'incomplete') return false;
    if (this.expected === 'end') return this.stop('data_after_trailer', { line: this.line });
    if (scan.kind === 'fault') return this.skipWith(scan.code);
    if (scan.kind === 'too_long') return this.tooLong(scan);
    if (isUtf8(this.bytes.subarray(this.at, scan.next))) {
      this.accept(scan.fields.map((range) => fieldText(this.bytes, range)));
    } else this.notUtf8(scan.next);
    this.at = scan.next;
    this.line += 1 + scan.breaks;
    return true;
  }

  private isBlank(): boolean {
    const { bytes, at } = this;
    return bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF);
  }

  private accept(fields: readonly string[]): void {
    if (this.expected === 'header') return this.acceptHeader(fields);
    if (fields[0] === 'L') return this.acceptLine(fields);
    if (fields[0] === 'T') return this.acceptTrailer(fields);
    if (fields[0] === 'H') this.problem('header_repeated', {}, 'nothing');
    else this.problem('unknown_record', { value: fields[0] ?? null }, 'totals');
  }

  private acceptHeader(fields: readonly string[]): void {
    if (fields.some((field) => field.includes('\r'))) return void this.stop('line_break_invalid', { line: this.line });
    if (fields[0] !== 'H') return this.noHeader(fields[0] ?? '');
    if (!this.hasFields(fields, HEADER_FIELDS.length + 1, 'nothing')) return void (this.expected = 'nothing');
    const header = named(HEADER_FIELDS, fields);
    this.byMarket = header.granularity === 'market';
    this.events.push({ kind: 'header', line: this.line, header, problems: [] });
    this.expected = 'lines';
  }

  private noHeader(first: string): void {
    const code = /^H[;\t|]/.test(first) ? 'delimiter_invalid' : 'header_missing';
    this.stop(code, { line: this.line, value: first });
  }

  private acceptLine(fields: readonly string[]): void {
    if (!this.hasFields(fields, LINE_COLUMNS.length + 1, 'sums')) return;
    const [, code, account, channel, transactionCount, amount, reversalCount, reversalAmount] = fields.map(given);
    const [stallCode, marketCode] = this.byMarket ? [undefined, code] : [code, undefined];
    const figures = { transactionCount, amount, reversalCount, reversalAmount };
    this.lines.push({ line: this.line, stallCode, account, marketCode, channel, ...figures });
  }

  private acceptTrailer(fields: readonly string[]): void {
    this.expected = 'end';
    if (!this.hasFields(fields, TOTAL_FIELDS.length + 1, 'nothing')) return;
    this.flush();
    this.events.push({ kind: 'trailer', line: this.line, trailer: named(TOTAL_FIELDS, fields) });
  }

  private hasFields(fields: readonly string[], expected: number, spoils: Spoils): boolean {
    if (fields.length === expected) return true;
    this.problem('field_count', { details: { expected, found: fields.length } }, spoils);
    return false;
  }

  private tooLong({ fieldIndex, field }: Extract<RecordScan, { kind: 'too_long' }>): boolean {
    const record = this.bytes.subarray(this.at, field.to);
    if (this.expected === 'header' && record.includes(CR)) return this.stop('line_break_invalid', { line: this.line });
    const value = this.bytes.toString('utf8', field.from, field.to);
    return this.skipWith('line_too_long', {
      field: this.columnAt(fieldIndex),
      value,
      details: { limit: MAX_RECORD_BYTES },
    });
  }

  /** The contract's name of a field of the current record, if the record says what it is. */
  private columnAt(index: number): string | null {
    const type = this.bytes.toString('latin1', this.at, this.at + 2);
    const code = this.byMarket ? 'marketCode' : 'stallCode';
    if (type === 'L,') return index === 1 ? code : (LINE_COLUMNS[index - 1] ?? null);
    if (type === 'H,') return HEADER_FIELDS[index - 1] ?? null;
    return type === 'T,' ? (TOTAL_FIELDS[index - 1] ?? null) : null;
  }

  /** Reports the line of the first byte that is not UTF-8; the record may have begun some lines above. */
  private notUtf8(next: number): void {
    const valid = validUtf8Length(this.bytes.subarray(this.at, next));
    const before = this.bytes.subarray(this.at, this.at + valid);
    const breaks = before.reduce((count, byte) => (byte === LF ? count + 1 : count), 0);
    const byte = valid - (before.lastIndexOf(LF) + 1) + 1;
    this.problem('invalid_utf8', { line: this.line + breaks, details: { byte } }, this.spoilsOfRecord());
    if (this.expected === 'header') this.expected = 'nothing';
  }

  /** Reports a record that cannot be read and goes on with the next physical line; without a header nothing follows. */
  private skipWith(code: ProblemCode, place: ProblemPlace = {}, spoils: Spoils = this.spoilsOfRecord()): boolean {
    this.problem(code, place, spoils);
    this.skipping = true;
    if (this.expected === 'header') this.expected = 'nothing';
    return true;
  }

  private spoilsOfRecord(): Spoils {
    return this.bytes.toString('latin1', this.at, this.at + 2) === 'L,' ? 'sums' : 'totals';
  }

  private stop(code: ProblemCode, place: ProblemPlace = {}): boolean {
    this.problem(code, { line: null, ...place }, 'nothing');
    this.expected = 'nothing';
    return true;
  }

  private problem(code: ProblemCode, place: ProblemPlace, spoils: Spoils): void {
    this.flush();
    this.events.push({ kind: 'problem', problem: problem(code, { line: this.line, ...place }), spoils });
  }

  /** Lines before problems and trailer: events keep the order of the file. */
  private flush(): void {
    if (this.lines.length === 0) return;
    this.events.push({ kind: 'lines', lines: this.lines });
    this.lines = [];
  }

  private takeEvents(): readonly ReaderEvent[] {
    this.flush();
    const { events } = this;
    this.events = [];
    return events;
  }
}

/** An empty field stands for the default where there is one, and for nothing where there is none. */
function given(field: string): RawValue {
  return field === '' ? undefined : field;
}

/** The fields after the record's type, under their names. */
function named<Name extends string>(
  names: readonly Name[],
  fields: readonly string[],
): Partial<Record<Name, RawValue>> {
  const record: Partial<Record<Name, RawValue>> = {};
  names.forEach((name, index) => (record[name] = given(fields[index + 1] ?? '')));
  return record;
}
