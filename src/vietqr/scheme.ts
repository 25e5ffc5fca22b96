import { badGuid, missing } from './findings';
import { nameForeign } from './foreign';
import { VIETQR_GUID } from './payload';
import { readObjects, type TlvObjects, valueOf } from './tlv';
import { ForeignCode, VietQrRefused } from './vietqr.errors';

/** How tag 38 of nearly every VietQR begins; spares reading the template twice. */
const USUAL_START = `0010${VIETQR_GUID}`;

/**
 * Makes sure that a sound payload is VietQR. Tag 38 alone does not tell (Lao QR uses it too): its identifier does.
 * @throws ForeignCode for another scheme's code
 * @throws VietQrRefused where no identifier says whose it is
 */
export function requireVietQr(root: TlvObjects): void {
  const template = valueOf(root, '38');
  if (template === undefined) throw withoutTemplate(root);
  if (template.startsWith(USUAL_START)) return;
  const guid = valueOf(readObjects(template, '38'), '00');
  if (guid === undefined) throw new VietQrRefused(badGuid());
  if (guid !== VIETQR_GUID) throw new ForeignCode(nameForeign(root));
}

function withoutTemplate(root: TlvObjects): Error {
  const others = root.ids.some((id) => id >= '02' && id <= '51');
  return others ? new ForeignCode(nameForeign(root)) : new VietQrRefused(missing('38'));
}
