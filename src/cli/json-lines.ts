import { once } from 'node:events';
import { LineRefused } from './cli.errors';

const NEWLINE = 0x0a;
/** Far beyond any payload; a longer line is cut here and refused, so that memory does not grow with it. */
export const MAX_LINE_BYTES = 65_536;
/** Valid JSON taken apart: strings, punctuation, other literals. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** One JSON object as it stands in a line: values as `JSON.parse` reads them, and the text they were read from. */
export interface JsonObjectLine {
  readonly values: Readonly<Record<string, unknown>>;
  /** The literal of each property: `1e3` and `1000` are one number and two spellings. */
  readonly literals: ReadonlyMap<string, string>;
}

/** Writes one line of JSON to stdout and waits while the reader is slower than we are. */
export async function printJson(value: unknown): Promise<void> {
  await printText(`${JSON.stringify(value)}\n`);
}

/** Writes to stdout with back-pressure, so that a large answer never piles up in memory. */
export async function printText(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await once(process.stdout, 'drain');
}

/**
 * Answers every line of a byte stream with one JSON line, in order, without holding more than a chunk. Lines end in
 * LF; a missing last line break is forgiven and a blank end is no line.
 */
export async function answerLines(
  input: AsyncIterable<Buffer>,
  answer: (line: Buffer) => object,
  print: (text: string) => Promise<void> = printText,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of input) {
    let answers = '';
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      answers += `${JSON.stringify(answer(joined(rest, chunk.subarray(start, end))))}\n`;
      rest = rest.subarray(0, 0);
      start = end + 1;
    }
    rest = joined(rest, chunk.subarray(start));
    if (answers !== '') await print(answers);
  }
  if (!isBlank(rest)) await print(`${JSON.stringify(answer(rest))}\n`);
}

/**
 * Reads one line. JSON itself forgives a property that stands twice, and each reader then trusts another one.
 * @throws LineRefused
 */
export function readObjectLine(line: Buffer): JsonObjectLine {
  if (line.length > MAX_LINE_BYTES) throw new LineRefused('line_too_long');
  const text = decodeUtf8(line);
  const values = parseJson(text);
  if (typeof values !== 'object' || values === null || Array.isArray(values)) throw new LineRefused('line_not_object');
  return { values: values as Record<string, unknown>, literals: topLevelLiterals(text) };
}

function joined(before: Buffer, after: Buffer): Buffer {
  if (before.length === 0) return after;
  if (before.length > MAX_LINE_BYTES) return before;
  return Buffer.concat([before, after]);
}

function decodeUtf8(line: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(line);
  } catch {
    throw new LineRefused('line_not_utf8');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new LineRefused('line_not_json');
  }
}

/** Each property of the outermost object with the first token of its value. */
function topLevelLiterals(json: string): Map<string, string> {
  const tokens = json.match(TOKEN) ?? [];
  const literals = new Map<string, string>();
  let depth = 0;
  tokens.forEach((token, i) => {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (token !== ':' || depth !== 1) return;
    const key = JSON.parse(tokens[i - 1]!) as string;
    if (literals.has(key)) throw new LineRefused('duplicate_property', key);
    literals.set(key, tokens[i + 1]!);
  });
  return literals;
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
