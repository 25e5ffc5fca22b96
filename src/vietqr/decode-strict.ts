import { checkEnvelope } from './envelope';
import { readFields } from './fields';
import { type Finding } from './findings';
import { type VietQrFields } from './payload';
import { requireVietQr } from './scheme';
import { VietQrRefused } from './vietqr.errors';

/**
 * Reads what we issue and register: to the letter of NAPAS VietQR v1.0, in any order of the middle objects.
 * @throws VietQrRefused with the first thing that is wrong
 * @throws ForeignCode for another scheme's code
 */
export function decodeVietQr(payload: string): VietQrFields {
  checkEnvelope(payload);
  try {
    return readFields(payload, refuse);
  } catch (error) {
    // Another scheme’s code breaks our profile everywhere; what it is matters more than where.
    requireVietQr(payload);
    throw error;
  }
}

function refuse(finding: Finding): never {
  throw new VietQrRefused(finding);
}
