import { SURROGATE } from './characters';
import { crc16, crcText } from './crc16';
import { crcMismatch, crcMissing, firstNot00, notUnicode } from './findings';
import { readObjects, type TlvObject } from './tlv';
import { VietQrRefused } from './vietqr.errors';

const HEX_4 = /^[0-9A-Fa-f]{4}$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The part that every EMVCo code shares and no mode forgives: whole characters, `00` first, a right checksum (in
 * either case; who cares looks at the letters). Whether the objects are well formed shows as they are read.
 * @throws VietQrRefused
 */
export function checkEnvelope(payload: string): void {
  if (SURROGATE.test(payload) && LONE_SURROGATE.test(payload)) throw new VietQrRefused(notUnicode());
  if (!payload.startsWith('00')) throw new VietQrRefused(firstNot00());
  const at = payload.length - 4;
  const right = crcText(crc16(payload, at));
  if (!payload.startsWith('6304', at - 4) || !payload.startsWith(right, at)) explainChecksum(payload, right);
}

/**
 * The objects of the root.
 * @throws VietQrRefused where they are broken, or the last one is not a checksum
 */
export function readRoot(payload: string): TlvObject[] {
  const root = readObjects(payload, '');
  const last = root.at(-1);
  if (last?.id !== 63 || !HEX_4.test(last.value)) throw new VietQrRefused(crcMissing());
  return root;
}

/** A broken object explains a wrong checksum better than the checksum does. Lower case alone is nobody’s damage. */
function explainChecksum(payload: string, right: string): void {
  const written = readRoot(payload).at(-1)?.value;
  if (written?.toUpperCase() !== right) throw new VietQrRefused(crcMismatch());
}
