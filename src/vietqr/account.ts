import { badAccount, badBin, badService, charset, type Report, unexpectedSubtag } from './findings';
import { SERVICES } from './payload';
import { readObjects, type TlvObjects, valueOf } from './tlv';
import { VietQrRefused } from './vietqr.errors';

/** What tag 38 says. */
export interface AccountFields {
  guid: string;
  bin: string;
  account: string;
  service: string;
  serviceExplicit: boolean;
}

/** A bank’s number in the payment network. */
export const BIN = /^[0-9]{6}$/;
/** Virtual accounts may be mixed case (`VQRQ0001990hq`): never changed, never compared in another case. */
export const ACCOUNT = /^[0-9A-Za-z]{1,19}$/;
const ANS_19 = /^[\x20-\x7e]{1,19}$/;
const SERVICE_NAMES = new Set<string>(SERVICES);

/** What NAPAS’s switch assumes where 38.02 is absent: a merchant code, with all that such a code must carry. */
const DEFAULT_SERVICE = 'QRPUSH';

/**
 * Reads tag 38 into `fields`: `00` GUID, `01` { `00` BIN, `01` account or card }, `02` service.
 * @throws VietQrRefused where bank or account cannot be read without a doubt
 */
export function readAccount(template: string, fields: AccountFields, report: Report): void {
  const objects = readObjects(template, '38');
  fields.guid = valueOf(objects, '00') ?? '';
  readBeneficiary(valueOf(objects, '01') ?? '', fields, report);
  readService(valueOf(objects, '02'), fields, report);
  if (holdsOthers(objects, 3)) report(unexpectedSubtag('38'));
}

function readBeneficiary(template: string, fields: AccountFields, report: Report): void {
  const objects = readObjects(template, '38_01');
  fields.bin = valueOf(objects, '00') ?? '';
  fields.account = valueOf(objects, '01') ?? '';
  if (!BIN.test(fields.bin)) throw new VietQrRefused(badBin());
  if (!ACCOUNT.test(fields.account)) reportAccount(fields.account, report);
  if (holdsOthers(objects, 2)) report(unexpectedSubtag('38_01'));
}

/** Printable signs in an account are odd, but everybody reads the same; anything else is no account. */
function reportAccount(account: string, report: Report): void {
  if (!ANS_19.test(account)) throw new VietQrRefused(badAccount());
  report(charset('38_01_01'));
}

function readService(service: string | undefined, fields: AccountFields, report: Report): void {
  fields.service = service ?? DEFAULT_SERVICE;
  fields.serviceExplicit = service !== undefined;
  if (service === undefined) return;
  if (!SERVICE_NAMES.has(service)) report(badService());
}

/** Whether there is an object beyond the first `known` IDs `00`, `01` …; IDs are unique, so counting is enough. */
function holdsOthers(objects: TlvObjects, known: number): boolean {
  return objects.ids.some((id) => Number(id) >= known);
}
