import { CHANNELS } from '../submission.types';
import { MAX_RECORD_BYTES } from './csv.record';
import type { RawLine } from './submission.reader';

const LF = 0x0a;
const CR = 0x0d;
const COMMA = 0x2c;
const LETTER_L = 0x4c;
const ZERO = 0x30;
const NINE = 0x39;

/** 1 for the bytes of codes, accounts and channels: `[0-9A-Za-z_]`. */
const WORD = new Uint8Array(256);
for (const byte of Buffer.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_')) WORD[byte] = 1;

/** The five channels differ in length, so the length picks the only one a field can be. */
const CHANNEL_OF_LENGTH = new Map(
  CHANNELS.map((channel) => [channel.length, { channel, bytes: Buffer.from(channel) }]),
);

const NOT_PLAIN = -1;
const MAX_DIGITS = 15;

/**
 * Reads the CSV line as nearly every line is spelled – `L,code,account,CHANNEL,n,n,n,n`, ASCII, no quotes, numbers as the
 * contract writes them – in one pass over its bytes. It knows no rule beyond spelling and gives up (null) at the first
 * byte it does not expect; the careful way of `csv.reader` then reads the same line from its start. Whatever both can
 * read, both read alike.
 */
export class PlainLineReader {
  /** Where the line after the one just read begins. */
  next = 0;
  private bytes: Uint8Array = new Uint8Array();
  private text = '';
  private at = 0;

  /** Takes the bytes that lines will be read from. */
  open(bytes: Buffer): void {
    this.bytes = bytes;
    this.text = bytes.toString('latin1');
  }

  /** The line that begins at `from`. A line break must follow somewhere in the bytes: nothing here looks for their end. */
  read(from: number, line: number, byMarket: boolean): RawLine | null {
    const { bytes } = this;
    if (bytes[from] !== LETTER_L || bytes[from + 1] !== COMMA) return null;
    const codeAt = from + 2;
    const accountAt = this.wordEnd(codeAt) + 1;
    if (bytes[accountAt - 1] !== COMMA) return null;
    const channelAt = this.wordEnd(accountAt) + 1;
    if (bytes[channelAt - 1] !== COMMA) return null;
    const channel = this.channel(channelAt);
    if (channel === undefined) return null;
    const transactionCount = this.number(COMMA);
    const amount = transactionCount === NOT_PLAIN ? NOT_PLAIN : this.number(COMMA);
    const reversalCount = amount === NOT_PLAIN ? NOT_PLAIN : this.numberOrDefault(COMMA);
    const reversalAmount = reversalCount === NOT_PLAIN ? NOT_PLAIN : this.lastNumber();
    if (reversalAmount === NOT_PLAIN || this.at - 1 - from > MAX_RECORD_BYTES) return null;
    this.next = this.at;
    const code = this.word(codeAt, accountAt - 1);
    const account = this.word(accountAt, channelAt - 1);
    const stallCode = byMarket ? undefined : code;
    const marketCode = byMarket ? code : undefined;
    return { line, stallCode, account, marketCode, channel, transactionCount, amount, reversalCount, reversalAmount };
  }

  private wordEnd(from: number): number {
    const { bytes } = this;
    let at = from;
    while (WORD[bytes[at] ?? 0] === 1) at += 1;
    return at;
  }

  private word(from: number, to: number): string | undefined {
    return from === to ? undefined : this.text.slice(from, to);
  }

  /** The channel that fills the field at `from`, as the one string all lines share; `at` moves behind its comma. */
  private channel(from: number): string | undefined {
    const to = this.wordEnd(from);
    const known = CHANNEL_OF_LENGTH.get(to - from);
    if (known === undefined || this.bytes[to] !== COMMA) return undefined;
    for (let i = 0; i < known.bytes.length; i += 1) if (this.bytes[from + i] !== known.bytes[i]) return undefined;
    this.at = to + 1;
    return known.channel;
  }

  /** `0` or up to fifteen digits without a leading zero, exact in a double; `at` moves behind the delimiter. */
  private number(delimiter: number): number {
    const { bytes } = this;
    const from = this.at;
    let at = from;
    let value = 0;
    for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[at] ?? 0) {
      value = value * 10 + (byte - ZERO);
      at += 1;
    }
    const digits = at - from;
    if (bytes[at] !== delimiter || digits === 0 || digits > MAX_DIGITS) return NOT_PLAIN;
    if (digits > 1 && bytes[from] === ZERO) return NOT_PLAIN;
    this.at = at + 1;
    return value;
  }

  /** A reversal figure: an empty field stands for 0. */
  private numberOrDefault(delimiter: number): number {
    if (this.bytes[this.at] !== delimiter) return this.number(delimiter);
    this.at += 1;
    return 0;
  }

  /** The figure that ends the line, before LF or CRLF. */
  private lastNumber(): number {
    const beforeLf = this.numberOrDefault(LF);
    if (beforeLf !== NOT_PLAIN) return beforeLf;
    const beforeCr = this.numberOrDefault(CR);
    if (beforeCr === NOT_PLAIN || this.bytes[this.at] !== LF) return NOT_PLAIN;
    this.at += 1;
    return beforeCr;
  }
}
