import { crc16 } from './crc16';
import { crcMismatch, crcMissing, firstNot00, notUnicode } from './findings';
import { readObjects, type TlvObjects } from './tlv';
import { VietQrRefused } from './vietqr.errors';

const HEX_4 = /^[0-9A-Fa-f]{4}$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The part that every EMVCo code shares and no mode forgives: whole characters, `00` first, well-formed objects, none
 * twice, `63` last with the right checksum (in either case; who cares looks at the letters).
 * @throws VietQrRefused
 */
export function readEnvelope(payload: string): TlvObjects {
  if (LONE_SURROGATE.test(payload)) throw new VietQrRefused(notUnicode());
  if (!payload.startsWith('00')) throw new VietQrRefused(firstNot00());
  const root = readObjects(payload, '');
  checkCrc(payload, root);
  return root;
}

function checkCrc(payload: string, root: TlvObjects): void {
  const last = root.ids.length - 1;
  const written = root.values[last] ?? '';
  if (root.ids[last] !== '63' || !HEX_4.test(written)) throw new VietQrRefused(crcMissing());
  if (crc16(payload, payload.length - 4) !== parseInt(written, 16)) throw new VietQrRefused(crcMismatch());
}
