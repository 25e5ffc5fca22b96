import { parse, CsvError } from 'csv-parse/sync';
import { type ListCell, textCell } from './list-cell';
import {
  ListEmpty,
  ListEncodingWrong,
  ListFormatUnknown,
  ListHasNul,
  ListQuoteBroken,
  ListRowIncomplete,
  ListTooLarge,
  ListTooManyRows,
} from './list-file.errors';

/** One data row: its line in the file from 1, and a cell for each title. */
export interface ListRow {
  readonly row: number;
  readonly cells: readonly ListCell[];
}

export interface ListTable {
  readonly titles: readonly string[];
  readonly rows: readonly ListRow[];
}

/** A province's list of 60 000 stalls has some 12 MB. */
export const MAX_LIST_BYTES = 20 * 1_048_576;
const MAX_ROWS = 100_000;
const ZIP = Buffer.from('PK');
const UTF16 = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/**
 * Reads a list saved as CSV: UTF-8 with or without BOM, comma or semicolon (whichever the first line has more of),
 * LF or CRLF, RFC 4180 quotes. Every row has as many cells as the first line; rows of nothing but spaces are left out.
 * @throws DomainError `list_…` for a file that is something else or damaged
 */
export function readCsvList(bytes: Buffer): ListTable {
  const text = decode(bytes);
  const records = parseRecords(text);
  const [header, ...rest] = records;
  if (!header) throw new ListEmpty();
  if (rest.length > MAX_ROWS) throw new ListTooManyRows(MAX_ROWS);
  const width = header.record.length;
  const rows = rest
    .filter(({ record }) => record.some((field) => field.trim() !== ''))
    .map(({ record, line }) => {
      if (record.length !== width) throw new ListRowIncomplete(line, record.length, width);
      return { row: line, cells: record.map(textCell) };
    });
  return { titles: header.record, rows };
}

function decode(bytes: Buffer): string {
  if (bytes.length > MAX_LIST_BYTES) throw new ListTooLarge(MAX_LIST_BYTES);
  if (bytes.length === 0) throw new ListEmpty();
  if (bytes.subarray(0, 2).equals(ZIP)) throw new ListFormatUnknown();
  if (UTF16.some((mark) => bytes.subarray(0, 2).equals(mark))) throw new ListEncodingWrong();
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw new ListHasNul(lineAt(bytes, nul));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ListEncodingWrong();
  }
}

interface ReadRecord {
  readonly record: string[];
  /** The line on which it begins. */
  readonly line: number;
}

function parseRecords(text: string): ReadRecord[] {
  try {
    const parsed = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    let endsBefore = 0;
    return parsed.map(({ record, info }) => {
      const line = endsBefore + 1;
      endsBefore = info.lines;
      return { record, line };
    });
  } catch (error) {
    if (error instanceof CsvError) throw new ListQuoteBroken(Number(error.lines ?? 1));
    throw error;
  }
}

function delimiterOf(text: string): ',' | ';' {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const count = (mark: string): number => first.split(mark).length;
  return count(';') > count(',') ? ';' : ',';
}

function lineAt(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) line += 1;
  return line;
}
