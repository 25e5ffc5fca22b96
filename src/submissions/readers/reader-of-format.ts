import { csvReader } from './csv.reader';
import { jsonReader } from './json.reader';
import type { SubmissionReader } from './submission.reader';

export const FORMATS = ['json', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

const READERS: Record<Format, SubmissionReader> = { json: jsonReader, csv: csvReader };

export function readerOf(format: Format): SubmissionReader {
  return READERS[format];
}

const MEDIA_TYPES: Readonly<Record<string, Format>> = { 'application/json': 'json', 'text/csv': 'csv' };

/** The format of a `Content-Type`; null for one that is not ours or whose charset is not UTF-8. */
export function formatOf(contentType: string | undefined): Format | null {
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.map((parameter) => /^charset="?([^"]+)"?$/.exec(parameter)?.[1]).find(Boolean);
  if (charset !== undefined && charset !== 'utf-8') return null;
  return MEDIA_TYPES[type] ?? null;
}
