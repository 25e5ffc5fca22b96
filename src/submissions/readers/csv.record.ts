/**
 * One CSV record by RFC 4180, taken apart byte by byte: the careful way, for records that hold quotes or anything else
 * the quick way of `csv.reader` does not know. Works on bytes, so that a record is bounded before it is decoded.
 */

const LF = 0x0a;
const CR = 0x0d;
const COMMA = 0x2c;
const QUOTE = 0x22;

/** The longest record of a correct file is below 200 bytes; this leaves room to show what is wrong with a longer one. */
export const MAX_RECORD_BYTES = 8_192;

/** A field's bytes without the quotes around it; `escaped` when doubled quotes inside stand for one. */
interface FieldRange {
  readonly from: number;
  readonly to: number;
  readonly escaped: boolean;
}

export type RecordScan =
  /** `next` is where the following record begins; `breaks` counts line breaks inside quotes. */
  | { readonly kind: 'record'; readonly next: number; readonly breaks: number; readonly fields: readonly FieldRange[] }
  /** More bytes are needed to tell. */
  | { readonly kind: 'incomplete' }
  /** The record does not follow RFC 4180, or its quote is still open at the limit or at the end of the file. */
  | { readonly kind: 'fault'; readonly code: 'quote_invalid' | 'quote_not_closed' }
  /** Over {@link MAX_RECORD_BYTES}; `fieldIndex` is the field in which the limit fell. */
  | { readonly kind: 'too_long'; readonly fieldIndex: number; readonly field: FieldRange };

/**
 * Scans the record that begins at `from` in `bytes`; `final` says that no more bytes will come. The answer for a record
 * is the same however the file was cut into chunks, because the limit counts from the record's first byte.
 */
export function scanRecord(bytes: Uint8Array, from: number, final: boolean): RecordScan {
  return new RecordScanner(bytes, from, final).scan();
}

/** The text of a field; its bytes must be known to be valid UTF-8. */
export function fieldText(bytes: Buffer, { from, to, escaped }: FieldRange): string {
  const text = bytes.toString('utf8', from, to);
  return escaped ? text.replaceAll('""', '"') : text;
}

class RecordScanner {
  private readonly limit: number;
  private readonly fields: FieldRange[] = [];
  private at: number;
  private breaks = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly from: number,
    private readonly final: boolean,
  ) {
    this.at = from;
    this.limit = Math.min(bytes.length, from + MAX_RECORD_BYTES + 1);
  }

  scan(): RecordScan {
    for (;;) {
      const stopped = this.bytes[this.at] === QUOTE && this.at < this.limit ? this.quotedField() : this.plainField();
      if (stopped !== null) return stopped;
    }
  }

  /** Reads up to the comma; the scan's result when the record ends here or cannot go on. */
  private plainField(): RecordScan | null {
    const { bytes, limit } = this;
    const from = this.at;
    let at = from;
    for (; at < limit; at += 1) {
      const byte = bytes[at];
      if (byte === COMMA) {
        this.fields.push({ from, to: at, escaped: false });
        this.at = at + 1;
        return null;
      }
      if (byte === LF) return this.end(from, withoutCr(bytes, from, at), at + 1, false);
      if (byte === QUOTE) return { kind: 'fault', code: 'quote_invalid' };
    }
    if (this.isTooLong())
      return { kind: 'too_long', fieldIndex: this.fields.length, field: { from, to: at, escaped: false } };
    return this.final ? this.end(from, at, at, false) : { kind: 'incomplete' };
  }

  private quotedField(): RecordScan | null {
    const from = this.at + 1;
    let escaped = false;
    for (let at = from; at < this.limit; at += 1) {
      const byte = this.bytes[at];
      if (byte === LF) this.breaks += 1;
      if (byte !== QUOTE) continue;
      if (this.bytes[at + 1] !== QUOTE) return this.afterQuote(from, at, escaped);
      escaped = true;
      at += 1;
    }
    if (this.isTooLong()) return this.openQuote(from);
    return this.final ? { kind: 'fault', code: 'quote_not_closed' } : { kind: 'incomplete' };
  }

  /** What follows a closing quote at `to`: a comma, a line break or the end; nothing else. */
  private afterQuote(from: number, to: number, escaped: boolean): RecordScan | null {
    const { bytes } = this;
    const after = to + 1;
    if (after >= bytes.length || (bytes[after] === CR && after + 1 >= bytes.length && !this.final)) {
      return this.final ? this.end(from, to, after, escaped) : { kind: 'incomplete' };
    }
    if (bytes[after] === LF) return this.end(from, to, after + 1, escaped);
    if (bytes[after] === CR && bytes[after + 1] === LF) return this.end(from, to, after + 2, escaped);
    if (bytes[after] !== COMMA) return { kind: 'fault', code: 'quote_invalid' };
    this.fields.push({ from, to, escaped });
    this.at = after + 1;
    return null;
  }

  /** A quote still open at the limit: forgotten when it ran over line breaks, else one over-long value. */
  private openQuote(from: number): RecordScan {
    if (this.breaks > 0) return { kind: 'fault', code: 'quote_not_closed' };
    const field = { from, to: this.limit, escaped: false };
    return { kind: 'too_long', fieldIndex: this.fields.length, field };
  }

  private end(from: number, to: number, next: number, escaped: boolean): RecordScan {
    this.fields.push({ from, to, escaped });
    return { kind: 'record', next, breaks: this.breaks, fields: this.fields };
  }

  private isTooLong(): boolean {
    return this.bytes.length - this.from > MAX_RECORD_BYTES;
  }
}

/** Where the field ends before its line break at `lf`: LF or CRLF. */
function withoutCr(bytes: Uint8Array, from: number, lf: number): number {
  return lf > from && bytes[lf - 1] === CR ? lf - 1 : lf;
}
