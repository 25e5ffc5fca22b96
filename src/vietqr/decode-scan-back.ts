import { checkEnvelope, readRoot } from './envelope';
import { readFields } from './fields';
import { accountTwice, type Finding, otherOrder } from './findings';
import { foreignText, merchantTemplates } from './foreign';
import { VIETQR_GUID, type VietQrFields } from './payload';
import { requireVietQr } from './scheme';
import { idText } from './tlv';
import { ForeignCode, VietQrRefused } from './vietqr.errors';

/** A VietQR code as it hangs on a wall, with what is outside the letter of the profile. */
export interface ScannedVietQr {
  readonly fields: VietQrFields;
  readonly warnings: readonly Finding[];
}

/**
 * Reads what hangs on a wall. Structure and checksum are as strict as ever, because two readers of a broken code can
 * see two accounts; field facts outside the letter come back as warnings.
 * @throws VietQrRefused where the code is broken or its account is not beyond doubt
 * @throws ForeignCode for another scheme's code, named, without an account
 */
export function decodeScannedCode(payload: string): ScannedVietQr {
  const foreign = foreignText(payload);
  if (foreign) throw new ForeignCode(foreign);
  checkEnvelope(payload);
  requireVietQr(payload);
  requireOneAccount(payload);
  const warnings: Finding[] = [];
  const fields = readFields(payload, (finding) => void warnings.push(finding));
  if (!inUsualOrder(fields.order)) warnings.push(otherOrder());
  return { fields, warnings };
}

/** A second VietQR template beside 38 is a duplicate in disguise: one app pays the first, another the second. */
function requireOneAccount(payload: string): void {
  const templates = merchantTemplates(readRoot(payload));
  const second = templates.find(({ id, guid }) => id !== 38 && guid === VIETQR_GUID);
  if (second) throw new VietQrRefused(accountTwice(idText(second.id)));
}

/** Rising IDs, the checksum aside. */
function inUsualOrder(order: readonly string[]): boolean {
  return order.slice(1, -1).every((id, i) => id > order[i]!);
}
