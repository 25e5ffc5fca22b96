import type { ProblemCode } from '../submission.problems';
import { validUtf8Length } from './utf8';

/** A piece of JSON as it is spelled: numbers stay text, because `1e6` and `1.0` are not what `1` is (bank-contract §2). */
export type JsonToken =
  | { readonly kind: 'mark'; readonly mark: '{' | '}' | '[' | ']' | ':' | ',' }
  | { readonly kind: 'string'; readonly text: string }
  /** Any run of digits, signs, points and exponents; whether it is a number at all is for the reader of the field. */
  | { readonly kind: 'number'; readonly literal: string }
  | { readonly kind: 'word'; readonly word: 'true' | 'false' | 'null' };

/** Reading cannot go on. `byte` counts from 1 over the whole body. */
export class JsonFault extends Error {
  constructor(
    readonly code: Extract<
      ProblemCode,
      'malformed_json' | 'invalid_utf8' | 'value_too_long' | 'too_deep' | 'too_large'
    >,
    readonly byte: number,
    readonly limit = 0,
  ) {
    super(`${code} at byte ${byte}`);
  }
}

/** The longest string or number token; values of the contract stay below 100. */
const MAX_TOKEN_BYTES = 8_192;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NUMBER_BYTES = new Set(Buffer.from('-+.0123456789eE'));
const LONE_SURROGATE = /\p{Surrogate}/u;
const WORDS = ['true', 'false', 'null'] as const;
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);
const MARKS = new Map([...'{}[]:,'].map((mark) => [mark.charCodeAt(0), mark as '{' | '}' | '[' | ']' | ':' | ',']));

/** Splits a JSON body into tokens as its bytes arrive, by RFC 8259 to the letter: no BOM, no comments, strict UTF-8. */
export class JsonTokens {
  private bytes: Buffer = Buffer.alloc(0);
  private at = 0;
  /** Bytes dropped from the front, and where the last token began, from the start of the body. */
  private passed = 0;
  private began = 0;
  /** How much of a token that is not complete yet has been looked at. */
  private seen = 0;
  private closed = false;

  /** Adds bytes; they are copied. */
  push(chunk: Uint8Array): void {
    this.passed += this.at;
    this.bytes = Buffer.concat([this.bytes.subarray(this.at), chunk]);
    this.at = 0;
  }

  /** No more bytes will come. */
  close(): void {
    this.closed = true;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** The next token; null when the bytes so far do not hold a whole one. @throws JsonFault */
  next(): JsonToken | null {
    while (SPACES.has(this.bytes[this.at] ?? -1)) this.at += 1;
    const first = this.bytes[this.at];
    this.began = this.passed + this.at;
    if (first === undefined) return null;
    const mark = MARKS.get(first);
    if (mark !== undefined) {
      this.at += 1;
      return { kind: 'mark', mark };
    }
    if (first === QUOTE) return this.string();
    return NUMBER_BYTES.has(first) ? this.number() : this.word();
  }

  /** A fault at the last token, or some bytes after its start. */
  fault(code: JsonFault['code'], ahead = 0, limit = 0): JsonFault {
    return new JsonFault(code, this.began + ahead + 1, limit);
  }

  private string(): JsonToken | null {
    const from = this.at + 1;
    let at = from + this.seen;
    for (; at < this.bytes.length; at += 1) {
      if (at - from > MAX_TOKEN_BYTES) throw this.fault('value_too_long', 0, MAX_TOKEN_BYTES);
      const byte = this.bytes[at] ?? 0;
      if (byte === BACKSLASH) at += 1;
      else if (byte < 0x20) throw this.fault('malformed_json', at - this.at);
      else if (byte === QUOTE) return this.stringBetween(from, at);
    }
    if (this.closed) throw this.fault('malformed_json', this.bytes.length - this.at);
    this.seen = at - from;
    return null;
  }

  private stringBetween(from: number, to: number): JsonToken {
    const raw = this.bytes.subarray(from, to);
    const valid = validUtf8Length(raw);
    if (valid < raw.length) throw this.fault('invalid_utf8', valid + 1);
    const text = unescaped(raw.toString('utf8'));
    if (text === null || LONE_SURROGATE.test(text)) throw this.fault('malformed_json');
    this.at = to + 1;
    this.seen = 0;
    return { kind: 'string', text };
  }

  private number(): JsonToken | null {
    let at = this.at + this.seen;
    while (NUMBER_BYTES.has(this.bytes[at] ?? -1)) at += 1;
    this.seen = at - this.at;
    if (this.seen > MAX_TOKEN_BYTES) throw this.fault('value_too_long', 0, MAX_TOKEN_BYTES);
    if (at === this.bytes.length && !this.closed) return null;
    const literal = this.bytes.toString('latin1', this.at, at);
    this.at = at;
    this.seen = 0;
    return { kind: 'number', literal };
  }

  private word(): JsonToken | null {
    const ahead = this.bytes.toString('latin1', this.at, this.at + 5);
    const word = WORDS.find((known) => ahead.startsWith(known));
    if (word !== undefined) {
      this.at += word.length;
      return { kind: 'word', word };
    }
    if (!this.closed && WORDS.some((known) => known.startsWith(ahead))) return null;
    throw this.fault('malformed_json');
  }
}

/** The text of a JSON string; null for an escape that does not exist. Its grammar is small enough for JSON.parse alone. */
function unescaped(raw: string): string | null {
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return null;
  }
}
