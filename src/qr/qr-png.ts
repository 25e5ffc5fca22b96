import { crc32 } from 'node:zlib';
import { PictureDeflate } from './png-deflate';
import { drawSymbol, QUIET_ZONE, type QrLevel, type QrSymbol } from './symbol';

export interface QrPngOptions {
  readonly level?: QrLevel;
  /** Pixels per module: whole bytes of eight pixels. */
  readonly scale?: 8 | 16 | 24 | 32;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const FRAME = 12;
const HEADER = 13;
const FILTER_UP = 2;
const ADLER_PRIME = 65_521;

/**
 * A code as PNG of 1 bit per pixel, greyscale, quiet zone included: about 600 bytes, the same on every machine.
 *
 * @throws PayloadNotDrawable
 */
export function qrPng(payload: string, options: QrPngOptions = {}): Buffer {
  const symbol = drawSymbol(payload, options.level);
  const bytesPerModule = (options.scale ?? 8) / 8;
  const data = pixels(symbol, bytesPerModule);
  const png = Buffer.allocUnsafe(SIGNATURE.length + 3 * FRAME + HEADER + data.length);
  png.set(SIGNATURE);
  const side = (symbol.size + 2 * QUIET_ZONE) * bytesPerModule * 8;
  let at = writeChunk(png, SIGNATURE.length, 'IHDR', header(side));
  at = writeChunk(png, at, 'IDAT', data);
  writeChunk(png, at, 'IEND', new Uint8Array(0));
  return png;
}

/** Width, height, bit depth 1; colour type 0 (greyscale), deflate, filter by row, no interlace. */
function header(side: number): Uint8Array {
  const bytes = new Uint8Array(HEADER);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, side);
  view.setUint32(4, side);
  view.setUint8(8, 1);
  return bytes;
}

/**
 * The packed pixels. A row of modules is one line of bytes under the filter "none" and then lines that are the same
 * as the one above; these repeat what stood one row of modules earlier.
 */
function pixels(symbol: QrSymbol, bytesPerModule: number): Uint8Array {
  const { size } = symbol;
  const line = (size + 2 * QUIET_ZONE) * bytesPerModule + 1;
  const band = line * bytesPerModule * 8;
  const stream = new PictureDeflate(band, 512 + (size + 2 * QUIET_ZONE) * (line + 16));
  const sum = new Adler();
  for (let row = -QUIET_ZONE; row < size + QUIET_ZONE; row += 1) {
    putLine(stream, symbol, row, bytesPerModule);
    if (row === -QUIET_ZONE) putSameLines(stream, bytesPerModule * 8 - 1, line);
    else stream.repeatFar(band - line);
    sum.addLine(symbol, row, bytesPerModule);
    sum.addSameLines(bytesPerModule * 8 - 1, line);
  }
  return stream.finish(sum.value());
}

function putLine(stream: PictureDeflate, { size, modules }: QrSymbol, row: number, bytesPerModule: number): void {
  stream.putZero();
  if (row < 0 || row >= size) {
    stream.putWhite();
    stream.repeatLast((size + 2 * QUIET_ZONE) * bytesPerModule - 1);
    return;
  }
  for (let i = 0; i < QUIET_ZONE * bytesPerModule; i += 1) stream.putWhite();
  stream.putModules(modules, row * size, (row + 1) * size, bytesPerModule);
  for (let i = 0; i < QUIET_ZONE * bytesPerModule; i += 1) stream.putWhite();
}

function putSameLines(stream: PictureDeflate, lines: number, line: number): void {
  for (let i = 0; i < lines; i += 1) {
    stream.putUp();
    stream.putZero();
    stream.repeatLast(line - 2);
  }
}

/** Adler-32 (RFC 1950) of the lines as they unpack. */
class Adler {
  private low = 1;
  private high = 0;

  /** A white byte adds 255 to the low sum, and to the high one for itself and every byte after it in the line. */
  addLine({ size, modules }: QrSymbol, row: number, bytesPerModule: number): void {
    const line = (size + 2 * QUIET_ZONE) * bytesPerModule;
    let [whites, weight] = [line, (line * (line + 1)) / 2];
    if (row >= 0 && row < size) {
      // Beginning with the module furthest to the left; `left` is its first byte's distance from the end.
      let left = line - QUIET_ZONE * bytesPerModule;
      for (let at = row * size, end = at + size; at < end; at += 1, left -= bytesPerModule) {
        const dark = modules[at] as number;
        whites -= dark * bytesPerModule;
        weight -= dark * (bytesPerModule * left - (bytesPerModule * (bytesPerModule - 1)) / 2);
      }
    }
    this.high += this.low * (line + 1) + 0xff * weight;
    this.low += 0xff * whites;
    this.fold();
  }

  /** Lines of one filter byte 2 and zeros. */
  addSameLines(lines: number, line: number): void {
    for (let i = 0; i < lines; i += 1) {
      this.low += FILTER_UP;
      this.high += this.low * line;
    }
    this.fold();
  }

  value(): number {
    return ((this.high << 16) | this.low) >>> 0;
  }

  private fold(): void {
    this.low %= ADLER_PRIME;
    this.high %= ADLER_PRIME;
  }
}

function writeChunk(png: Buffer, at: number, type: string, data: Uint8Array): number {
  png.writeUInt32BE(data.length, at);
  png.write(type, at + 4, 'latin1');
  png.set(data, at + 8);
  const end = at + 8 + data.length;
  png.writeUInt32BE(crc32(png.subarray(at + 4, end)), end);
  return end + 4;
}
