/**
 * The checksum of tag 63: CRC-16 with polynomial 1021, start FFFF, nothing reflected, nothing inverted
 * (EMVCo QRCPS-MPM §4.7.3, "CRC-16/IBM-3740"), over the UTF-8 bytes of the text.
 */
export function crc16(text: string, end = text.length): number {
  let crc = 0xffff;
  for (let i = 0; i < end; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return crc16OfBytes(new TextEncoder().encode(text.slice(i, end)), crc);
    crc = ((crc << 8) & 0xffff) ^ TABLE[(crc >> 8) ^ unit]!;
  }
  return crc;
}

/** Four upper-case hexadecimal digits: one code in sixteen begins with 0, which must not be lost. */
export function crcText(crc: number): string {
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

function crc16OfBytes(bytes: Uint8Array, start: number): number {
  let crc = start;
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ TABLE[(crc >> 8) ^ byte]!;
  return crc;
}

const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc & 0xffff;
});
