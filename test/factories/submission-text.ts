import { businessDay } from '../../src/kernel/business-day';
import { type ReaderEvent, type SubmissionReader } from '../../src/submissions/readers/submission.reader';
import { type CheckOptions, type CheckResult, checkSubmission } from '../../src/submissions/submission.check';
import type { SubmissionProblem } from '../../src/submissions/submission.types';

/** The day all sample submissions are judged on. */
export const TODAY = businessDay('2026-11-22');

export const GOOD_HEADER = 'H,1,970436,VCB-1,2026-10-10,1,1,stall';

/** A small correct submission; its trailer fits the default lines. */
export function makeCsv({
  header = GOOD_HEADER,
  lines = ['L,CHO7K2M9QX1,,VIETQR_TRANSFER,12,1850000,0,0', 'L,,0011004411223,CARD,1,45000,0,0'],
  trailer = trailerFor(lines),
}: { header?: string; lines?: readonly string[]; trailer?: string } = {}): string {
  return [header, ...lines, trailer].join('\n') + '\n';
}

/** The trailer that a plain `split` would compute: right for every line whose figures are digits. */
export function trailerFor(lines: readonly string[]): string {
  const sums = [4, 5, 6, 7].map((column) =>
    lines.reduce((sum, line) => {
      const text = line.split(',')[column] ?? '';
      return /^[0-9]+$/.test(text) ? sum + BigInt(text) : sum;
    }, 0n),
  );
  return ['T', lines.length, ...sums].join(',');
}

/** The bytes in chunks: all at once, or cut by the given lengths, repeated until the bytes are used up. */
export async function* chunksOf(content: string | Uint8Array, lengths: readonly number[] = []): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content);
  if (lengths.length === 0) return void (yield bytes);
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const length = Math.max(1, lengths[i % lengths.length] ?? 1);
    // One buffer is reused on purpose: a reader must not keep what it was given.
    const chunk = Buffer.from(bytes.subarray(at, at + length));
    yield chunk;
    chunk.fill(0xff);
    at += length;
  }
}

/** Judges text or bytes as on {@link TODAY}, without a signing bank unless one is given. */
export function check(
  reader: SubmissionReader,
  content: string | Uint8Array,
  options: Partial<CheckOptions> = {},
  lengths: readonly number[] = [],
): Promise<CheckResult> {
  return checkSubmission(reader, chunksOf(content, lengths), { today: TODAY, ...options });
}

/** `line/field/code` of each problem: what a table of cases states. */
export function brief(problems: readonly SubmissionProblem[]): string[] {
  return problems.map(({ line, field, code }) => `${line ?? '-'}/${field ?? '-'}/${code}`);
}

/** Everything a reader says about some bytes. */
export async function eventsOf(
  reader: SubmissionReader,
  content: string | Uint8Array,
  lengths: readonly number[] = [],
): Promise<ReaderEvent[]> {
  const events: ReaderEvent[] = [];
  for await (const event of reader.read(chunksOf(content, lengths))) events.push(event);
  return events;
}
