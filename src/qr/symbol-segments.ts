import type { QRCodeSegment } from 'qrcode';

const NUMERIC = 0;
const ALPHANUMERIC = 1;
const BYTE = 2;

/** The narrowest mode of each byte of UTF-8 (ISO/IEC 18004 table 5). */
const NARROWEST = new Uint8Array(256).fill(BYTE);
for (const symbol of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:') NARROWEST[symbol.charCodeAt(0)] = ALPHANUMERIC;
for (const digit of '0123456789') NARROWEST[digit.charCodeAt(0)] = NUMERIC;

/** Sixths of a bit per byte of text, so that 3⅓ and 5½ bits stay whole. */
const PER_BYTE = [20, 33, 48] as const;
const IMPOSSIBLE = 0x3fffffff;

/** Sixths of a bit for mode indicator and character count; the count grows with versions 10 and 27. */
function headers(version: number): readonly [number, number, number] {
  if (version < 10) return [84, 78, 72];
  return version < 27 ? [96, 90, 120] : [108, 102, 120];
}

/**
 * The cheapest split of a text into numeric, alphanumeric and byte segments (dynamic programming over its UTF-8
 * bytes, linear in their number): a VietQR payload fits version 6-Q, where alphanumeric alone needs 7-Q.
 */
export function splitSegments(text: string, version = 9): QRCodeSegment[] {
  const bytes = Buffer.from(text);
  const cameFrom = new Uint8Array(bytes.length * 3);
  const last = fillCosts(bytes, cameFrom, headers(version));
  return mergeRuns(bytes, modesOf(cameFrom, bytes.length, last));
}

/** Notes, for each byte and mode, the mode of the byte before on the cheapest way; returns the cheapest last mode. */
function fillCosts(bytes: Uint8Array, cameFrom: Uint8Array, header: readonly [number, number, number]): number {
  let [numeric, alphanumeric, byte] = [IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE];
  for (let i = 0, leave = 0; i < bytes.length; i += 1) {
    const narrowest = NARROWEST[bytes[i] as number] as number;
    const best = numeric <= alphanumeric && numeric <= byte ? NUMERIC : alphanumeric <= byte ? ALPHANUMERIC : BYTE;
    cameFrom[i * 3] = numeric <= leave + header[0] ? NUMERIC : best;
    cameFrom[i * 3 + 1] = alphanumeric <= leave + header[1] ? ALPHANUMERIC : best;
    cameFrom[i * 3 + 2] = byte <= leave + header[2] ? BYTE : best;
    numeric = narrowest === NUMERIC ? Math.min(numeric, leave + header[0]) + PER_BYTE[0] : IMPOSSIBLE;
    alphanumeric = narrowest === BYTE ? IMPOSSIBLE : Math.min(alphanumeric, leave + header[1]) + PER_BYTE[1];
    byte = Math.min(byte, leave + header[2]) + PER_BYTE[2];
    // A segment ends on a whole bit.
    leave = Math.ceil(Math.min(numeric, alphanumeric, byte) / 6) * 6;
  }
  return numeric <= alphanumeric && numeric <= byte ? NUMERIC : alphanumeric <= byte ? ALPHANUMERIC : BYTE;
}

function modesOf(cameFrom: Uint8Array, length: number, last: number): Uint8Array {
  const modes = new Uint8Array(length);
  for (let i = length - 1, mode = last; i >= 0; i -= 1) {
    modes[i] = mode;
    mode = cameFrom[i * 3 + mode] as number;
  }
  return modes;
}

function mergeRuns(bytes: Buffer, modes: Uint8Array): QRCodeSegment[] {
  const segments: QRCodeSegment[] = [];
  for (let start = 0, end = 1; start < bytes.length; start = end, end += 1) {
    while (end < bytes.length && modes[end] === modes[start]) end += 1;
    segments.push(segmentOf(bytes, start, end, modes[start] as number));
  }
  return segments;
}

function segmentOf(bytes: Buffer, start: number, end: number, mode: number): QRCodeSegment {
  if (mode === BYTE) return { mode: 'byte', data: bytes.subarray(start, end) };
  return { mode: mode === NUMERIC ? 'numeric' : 'alphanumeric', data: bytes.toString('latin1', start, end) };
}
