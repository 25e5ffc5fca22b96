import { once } from 'node:events';

const NEWLINE = 0x0a;

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
  let rest: Buffer[] = [];
  for await (const chunk of input) {
    const { lines, tail } = splitLines(chunk, rest);
    if (lines.length > 0) await print(lines.map((line) => `${JSON.stringify(answer(line))}\n`).join(''));
    rest = tail;
  }
  const last = Buffer.concat(rest);
  if (!isBlank(last)) await print(`${JSON.stringify(answer(last))}\n`);
}

/** Cuts a chunk at its line breaks; `before` is what earlier chunks left of the first line. */
function splitLines(chunk: Buffer, before: Buffer[]): { lines: Buffer[]; tail: Buffer[] } {
  const lines: Buffer[] = [];
  let tail = before;
  let start = 0;
  for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
    lines.push(Buffer.concat([...tail, chunk.subarray(start, end)]));
    tail = [];
    start = end + 1;
  }
  if (start < chunk.length) tail.push(chunk.subarray(start));
  return { lines, tail };
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
