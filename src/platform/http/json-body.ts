import type { IncomingMessage } from 'node:http';
import { type Bilingual, DomainError } from '../../kernel/errors';
import { RequestInvalid } from './http.errors';
import { jsonContents, jsonOutline } from './json-text.rules';

/** Nothing of ours nests deeper than six. */
const MAX_DEPTH = 32;

const FAULTS = {
  json_invalid: {
    vi: 'Nội dung không phải JSON hợp lệ (UTF-8, không lồng quá sâu).',
    en: 'The body is not valid JSON (UTF-8, not nested too deeply).',
  },
  json_duplicate_key: {
    vi: 'Một đối tượng trong nội dung JSON có khoá lặp lại.',
    en: 'An object of the JSON body repeats a key.',
  },
} satisfies Record<string, Bilingual>;

class JsonBodyInvalid extends DomainError {
  constructor(code: keyof typeof FAULTS = 'json_invalid') {
    super('malformed', code, FAULTS[code]);
  }
}

class JsonBodyTooLarge extends DomainError {
  constructor(limit: number) {
    super('too_large', 'body_too_large', {
      vi: `Nội dung gửi lên vượt quá ${limit} byte.`,
      en: `The body is larger than ${limit} bytes.`,
    });
  }
}

/**
 * Reads a JSON body into memory; undefined for an empty one.
 * @throws DomainError for size, encoding, syntax, depth, repeated keys and keys that reach prototypes
 * @throws RequestInvalid naming texts that cannot be stored
 */
export async function parseJsonBody(payload: IncomingMessage, limit: number): Promise<unknown> {
  const bytes = await readBytes(payload, limit);
  return bytes.length === 0 ? undefined : parseJson(bytes);
}

/** As {@link parseJsonBody}, of bytes that are there. */
export function parseJson(bytes: Buffer): unknown {
  const outline = jsonOutline(bytes);
  if (outline.depth > MAX_DEPTH) throw new JsonBodyInvalid();
  const value = parsed(bytes);
  const { members, reservedKey, problems } = jsonContents(value);
  if (reservedKey) throw new JsonBodyInvalid();
  if (members !== outline.members) throw new JsonBodyInvalid('json_duplicate_key');
  if (problems.length > 0) throw new RequestInvalid(problems);
  return value;
}

async function readBytes(payload: IncomingMessage, limit: number): Promise<Buffer> {
  const declared = Number(payload.headers['content-length'] ?? 0);
  if (declared > limit) throw new JsonBodyTooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  // A stream left early is destroyed, and the connection with it: the refusal could not be sent.
  for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new JsonBodyTooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parsed(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return JSON.parse(text) as unknown;
  } catch {
    throw new JsonBodyInvalid();
  }
}
