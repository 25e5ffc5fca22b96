import type { FieldProblem } from '../../kernel/errors';

/** What the bytes of a JSON text say before anything recursive looks at them. */
export interface JsonOutline {
  /** The deepest nesting of objects and arrays. */
  readonly depth: number;
  /** Members of all objects, as they are written: a repeated key counts each time. */
  readonly members: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPENING = new Set([0x7b, 0x5b]);
const CLOSING = new Set([0x7d, 0x5d]);

/** One pass over the bytes outside strings; right for valid JSON, harmless for anything else. */
export function jsonOutline(bytes: Uint8Array): JsonOutline {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === COLON) members += 1;
    else if (OPENING.has(byte)) deepest = Math.max(deepest, (depth += 1));
    else if (CLOSING.has(byte)) depth -= 1;
  }
  return { depth: deepest, members };
}

function endOfString(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** What a parsed value holds that its schema cannot judge. */
export interface JsonContents {
  /** Members that were kept; fewer than were written when a key was repeated. */
  readonly members: number;
  /** A key that reaches prototypes in careless code. */
  readonly reservedKey: boolean;
  /** Texts that are no Unicode text, or hold NUL, which PostgreSQL does not store. */
  readonly problems: readonly FieldProblem[];
}

const RESERVED = new Set(['__proto__', 'constructor']);
const NO_TEXT = /\0|\p{Surrogate}/u;
const PROBLEMS_TOLD = 20;

/** Walks a parsed value of bounded depth. */
export function jsonContents(value: unknown): JsonContents {
  const contents = { members: 0, reservedKey: false, problems: [] as FieldProblem[] };
  const look = (part: unknown, pointer: string): void => {
    if (typeof part === 'string') return judge(part, pointer);
    if (typeof part !== 'object' || part === null) return;
    const entries = Object.entries(part);
    if (!Array.isArray(part)) contents.members += entries.length;
    for (const [key, inner] of entries) {
      if (RESERVED.has(key)) contents.reservedKey = true;
      const place = `${pointer}/${escapePointer(key)}`;
      judge(key, place);
      look(inner, place);
    }
  };
  const judge = (text: string, pointer: string): void => {
    if (contents.problems.length >= PROBLEMS_TOLD || !NO_TEXT.test(text)) return;
    contents.problems.push({ pointer: pointer.replace(/\p{Surrogate}/gu, '\uFFFD'), ...NOT_TEXT });
  };
  look(value, '');
  return contents;
}

const NOT_TEXT = {
  code: 'invalid_text',
  message: {
    vi: 'Có ký tự không lưu được (NUL hoặc nửa ký tự).',
    en: 'This holds a character that cannot be kept (NUL or half of a character).',
  },
};

/** RFC 6901 §3; keys of outsiders are told up to a length. */
export function escapePointer(key: string): string {
  return key.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
}
