/**
 * How many bytes at the start of `bytes` are whole characters of well-formed UTF-8 (Unicode 15, table 3-7): no overlong
 * forms, no surrogates, nothing above U+10FFFF. Slow and exact; ask `isUtf8` of `node:buffer` first.
 */
export function validUtf8Length(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** The length of the character at `at`; 0 when it is ill-formed or cut. */
function characterLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  if (lead >= 0xc2 && lead <= 0xdf) return isTail(second) ? 2 : 0;
  if (!isTail(bytes[at + 2] ?? 0)) return 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const from = lead === 0xe0 ? 0xa0 : 0x80;
    const to = lead === 0xed ? 0x9f : 0xbf;
    return second >= from && second <= to ? 3 : 0;
  }
  if (lead < 0xf0 || lead > 0xf4 || !isTail(bytes[at + 3] ?? 0)) return 0;
  const from = lead === 0xf0 ? 0x90 : 0x80;
  const to = lead === 0xf4 ? 0x8f : 0xbf;
  return second >= from && second <= to ? 4 : 0;
}

function isTail(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}
