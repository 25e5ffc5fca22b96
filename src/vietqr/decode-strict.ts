import { codePoints } from './characters';
import { readEnvelope } from './envelope';
import { readFields } from './fields';
import { type Finding, payloadTooLong } from './findings';
import { type VietQrFields } from './payload';
import { requireVietQr } from './scheme';
import { type Source } from './tlv';
import { VietQrRefused } from './vietqr.errors';

/** EMVCo QRCPS-MPM §3.2: what a payment code may hold in all. */
export const MAX_PAYLOAD_LENGTH = 512;

/**
 * Reads what we issue and register: to the letter of NAPAS VietQR v1.0, in any order of the middle objects.
 * @throws VietQrRefused with the first thing that is wrong
 * @throws ForeignCode for another scheme's code
 */
export function decodeVietQr(payload: string): VietQrFields {
  const source = readEnvelope(payload);
  if (payload.length > MAX_PAYLOAD_LENGTH && codePoints(payload) > MAX_PAYLOAD_LENGTH) {
    refuse(source, payloadTooLong(MAX_PAYLOAD_LENGTH));
  }
  return readFields(source, (finding) => refuse(source, finding));
}

/** Another scheme's code breaks our profile everywhere; what it is matters more than where. */
function refuse(source: Source, finding: Finding): never {
  requireVietQr(source);
  throw new VietQrRefused(finding);
}
