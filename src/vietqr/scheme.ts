import { readRoot } from './envelope';
import { badGuid, missing } from './findings';
import { nameForeign } from './foreign';
import { VIETQR_GUID } from './payload';
import { readObjects } from './tlv';
import { ForeignCode, VietQrRefused } from './vietqr.errors';

/**
 * Makes sure that a payload is VietQR. Tag 38 alone does not tell (Lao QR uses it too): its identifier does.
 * @throws ForeignCode for another scheme's code
 * @throws VietQrRefused where no identifier says whose it is
 */
export function requireVietQr(payload: string): void {
  const root = readRoot(payload);
  const template = root.find(({ id }) => id === 38);
  if (!template) {
    const others = root.some(({ id }) => id >= 2 && id <= 51);
    throw others ? new ForeignCode(nameForeign(root)) : new VietQrRefused(missing('38'));
  }
  const guid = readObjects(template.value, '38').find(({ id }) => id === 0)?.value;
  if (guid === undefined) throw new VietQrRefused(badGuid());
  if (guid !== VIETQR_GUID) throw new ForeignCode(nameForeign(root));
}
