/**
 * The checksum of tag 63: CRC-16 with polynomial 1021, start FFFF, nothing reflected, nothing inverted
 * (EMVCo QRCPS-MPM §4.7.3, "CRC-16/IBM-3740"), over the UTF-8 bytes of the text.
 * @param end how many code units of the text to read
 */
export function crc16(text: string, end = text.length): number {
  let crc = 0xffff;
  let i = 0;
  for (; i + 4 <= end; i += 4) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = text.charCodeAt(i + 2);
    const d = text.charCodeAt(i + 3);
    if ((a | b | c | d) > 0x7f) break;
    crc = afterFour(crc, a, b, c, d);
  }
  for (; i < end; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return crc16OfBytes(new TextEncoder().encode(text.slice(i, end)), crc);
    crc = afterOne(crc, unit);
  }
  return crc;
}

/** The same over bytes; `start` is the checksum of what stands before them. */
function crc16OfBytes(bytes: Uint8Array, start: number): number {
  let crc = start;
  for (const byte of bytes) crc = afterOne(crc, byte);
  return crc;
}

/** Four upper-case hexadecimal digits: one code in sixteen begins with 0, which must not be lost. */
export function crcText(crc: number): string {
  return HEX[crc >> 8]! + HEX[crc & 0xff]!;
}

function afterOne(crc: number, byte: number): number {
  return ((crc << 8) & 0xffff) ^ LAST[(crc >> 8) ^ byte]!;
}

/** Four bytes at a time, one table for each place: a step waits for one look-up instead of four. */
function afterFour(crc: number, a: number, b: number, c: number, d: number): number {
  return FIRST[(crc >> 8) ^ a]! ^ SECOND[(crc & 0xff) ^ b]! ^ THIRD[c]! ^ LAST[d]!;
}

/** What each byte adds to the checksum when it is the last one … */
const LAST = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc & 0xffff;
});
/** … and when one, two or three bytes follow. */
const THIRD = LAST.map(oneByteLater);
const SECOND = THIRD.map(oneByteLater);
const FIRST = SECOND.map(oneByteLater);

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));

function oneByteLater(crc: number): number {
  return afterOne(crc, 0);
}
