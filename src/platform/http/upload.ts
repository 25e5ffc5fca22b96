import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { cleanText } from '../../kernel/text';
import { DomainError } from '../../kernel/errors';

/** A file as it was sent. */
export interface Upload {
  /** For reports only, never a path. */
  readonly fileName: string;
  readonly bytes: Buffer;
}

export class UploadMissing extends DomainError {
  constructor() {
    super('invalid', 'file_missing', {
      vi: 'Chưa có tệp nào được gửi: hãy gửi multipart/form-data với một tệp, hoặc text/csv.',
      en: 'No file was sent: send multipart/form-data with one file, or text/csv.',
    });
  }
}

export class UploadTooLarge extends DomainError {
  constructor(limitBytes: number) {
    const limit = Math.floor(limitBytes / 1_048_576);
    super('too_large', 'file_too_large', {
      vi: `Tệp lớn hơn ${limit} MB.`,
      en: `The file is larger than ${limit} MB.`,
    });
  }
}

export class FormInvalid extends DomainError {
  constructor(cause: unknown) {
    super('malformed', 'form_invalid', {
      vi: 'Không đọc được biểu mẫu multipart/form-data.',
      en: 'The multipart/form-data form cannot be read.',
    });
    this.cause = cause;
  }
}

/** The one file of a multipart form, or the body of a `text/csv` request. @throws UploadMissing, UploadTooLarge, FormInvalid */
export async function readUpload(request: FastifyRequest, limitBytes: number): Promise<Upload> {
  if (!request.isMultipart()) return { fileName: 'list.csv', bytes: await readBody(request.body, limitBytes) };
  const part = await readForm(request, limitBytes);
  if (!part) throw new UploadMissing();
  if (part.truncated) throw new UploadTooLarge(limitBytes);
  return { fileName: cleanText(part.fileName).slice(0, 200) || 'list.csv', bytes: part.bytes };
}

/** Whatever the reader of forms does not like is a fault of the form: no boundary, no end, parts without names. */
async function readForm(
  request: FastifyRequest,
  fileSize: number,
): Promise<(Upload & { readonly truncated: boolean }) | null> {
  try {
    const part = await request.file({ limits: { fileSize, files: 1 }, throwFileSizeLimit: false });
    if (!part) return null;
    const bytes = await part.toBuffer();
    return { fileName: part.filename, bytes, truncated: part.file.truncated };
  } catch (error) {
    throw new FormInvalid(error);
  }
}

async function readBody(body: unknown, limitBytes: number): Promise<Buffer> {
  if (body === null || typeof body !== 'object' || !(Symbol.asyncIterator in body)) throw new UploadMissing();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) throw new UploadTooLarge(limitBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
