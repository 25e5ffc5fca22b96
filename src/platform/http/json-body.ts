import type { IncomingMessage } from 'node:http';
import { DomainError } from '../../kernel/errors';

const MAX_DEPTH = 32;

class JsonBodyInvalid extends DomainError {
  constructor() {
    super('malformed', 'json_invalid', {
      vi: 'Nội dung không phải JSON hợp lệ (UTF-8, không lồng quá sâu).',
      en: 'The body is not valid JSON (UTF-8, not nested too deeply).',
    });
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

/** Reads a JSON body into memory. @throws DomainError for size, encoding, syntax, depth, and keys that reach prototypes. */
export async function parseJsonBody(payload: IncomingMessage, limit: number): Promise<unknown> {
  const declared = Number(payload.headers['content-length'] ?? 0);
  if (declared > limit) throw new JsonBodyTooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new JsonBodyTooLarge(limit);
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  const text = decodeUtf8(Buffer.concat(chunks));
  if (depthOf(text) > MAX_DEPTH) throw new JsonBodyInvalid();
  try {
    return JSON.parse(text, refusePrototypeKeys) as unknown;
  } catch {
    throw new JsonBodyInvalid();
  }
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new JsonBodyInvalid();
  }
}

/** The deepest nesting of brackets outside strings, before anything recursive looks at the text. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '[' || char === '{') deepest = Math.max(deepest, (depth += 1));
    else if (char === ']' || char === '}') depth -= 1;
  }
  return deepest;
}

function refusePrototypeKeys(key: string, value: unknown): unknown {
  if (key === '__proto__' || key === 'constructor') throw new JsonBodyInvalid();
  return value;
}
