import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Bilingual, DomainError, type ErrorKind } from '../kernel/errors';
import { csvReader } from '../submissions/readers/csv.reader';
import { jsonReader } from '../submissions/readers/json.reader';
import type { SubmissionReader } from '../submissions/readers/submission.reader';
import { type CheckOptions, checkSubmission } from '../submissions/submission.check';

/** Far beyond the largest day of the country's largest bank; a gzip bomb ends here. */
const MAX_UNZIPPED_BYTES = 2 * 1024 ** 3;

const READERS: Readonly<Record<string, SubmissionReader | undefined>> = { csv: csvReader, json: jsonReader };

/** The file cannot be read at all, so that nothing can be said about the submission in it. */
export class SubmissionFileRefused extends DomainError {
  constructor(code: keyof typeof SENTENCES, detail: string) {
    const { kind, vi, en } = SENTENCES[code];
    super(kind, code, { vi: `${vi}: ${detail}`, en: `${en}: ${detail}` });
  }
}

const SENTENCES = {
  file_not_found: { kind: 'not_found', vi: 'Không có tệp này', en: 'There is no such file' },
  file_unreadable: { kind: 'invalid', vi: 'Không đọc được tệp', en: 'The file cannot be read' },
  format_not_supported: {
    kind: 'unsupported',
    vi: 'Chỉ đọc được .csv và .json, có hoặc không nén .gz',
    en: 'Only .csv and .json can be read, plain or as .gz',
  },
  gzip_broken: { kind: 'malformed', vi: 'Tệp gzip bị hỏng hoặc bị cắt', en: 'The gzip file is broken or cut' },
  file_too_large: { kind: 'too_large', vi: 'Giải nén ra quá lớn', en: 'The file unzips to too much' },
} satisfies Record<string, Bilingual & { kind: ErrorKind }>;

/**
 * Judges the file by bank-contract §1–2, format by its extension. The answer is ready for JSON: totals and everything
 * else beyond 32 bits as digits.
 * @throws SubmissionFileRefused
 */
export async function checkSubmissionFile(path: string, options: CheckOptions): Promise<object> {
  const { reader, zipped } = formatOf(path);
  try {
    const { verdict, header, totals, problems, problemCount } = await checkSubmission(
      reader,
      open(path, zipped),
      options,
    );
    return {
      verdict,
      header,
      totals: Object.fromEntries(Object.entries(totals).map(([field, total]) => [field, total.toString()])),
      problems: problems.map(({ message, ...problem }) => ({ ...problem, message: message.vi, messageEn: message.en })),
      problemCount,
      checkedAgainst: { today: options.today, bank: options.signedBy ?? null },
    };
  } catch (error) {
    throw refused(error, path);
  }
}

function formatOf(path: string): { reader: SubmissionReader; zipped: boolean } {
  const zipped = /\.gz$/i.test(path);
  const extension = /\.([a-z0-9]+)$/i.exec(zipped ? path.slice(0, -3) : path)?.[1]?.toLowerCase() ?? '';
  const reader = READERS[extension];
  if (reader === undefined) throw new SubmissionFileRefused('format_not_supported', path);
  return { reader, zipped };
}

function open(path: string, zipped: boolean): AsyncIterable<Uint8Array> {
  const file = createReadStream(path);
  if (!zipped) return file as AsyncIterable<Buffer>;
  // A fault of the file ends the unzipping too, and reaches the reader from there.
  return bounded(pipeline(file, createGunzip(), () => undefined) as AsyncIterable<Buffer>, path);
}

async function* bounded(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MAX_UNZIPPED_BYTES) throw new SubmissionFileRefused('file_too_large', path);
    yield chunk;
  }
}

/** A fault of the file system or of zlib as a refusal; anything else is our own fault and stays what it is. */
function refused(error: unknown, path: string): unknown {
  if (error instanceof DomainError || typeof error !== 'object' || error === null || !('code' in error)) return error;
  const { code } = error;
  if (typeof code !== 'string') return error;
  if (code === 'ENOENT') return new SubmissionFileRefused('file_not_found', path);
  if (code.startsWith('Z_')) return new SubmissionFileRefused('gzip_broken', path);
  return /^E[A-Z]+$/.test(code) ? new SubmissionFileRefused('file_unreadable', `${path} (${code})`) : error;
}
