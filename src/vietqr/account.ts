import { isAlphanumeric, isAns, isDigits } from './characters';
import { badAccount, badBin, badGuid, badService, charset, type Report, unexpectedSubtag } from './findings';
import { isService, VIETQR_GUID } from './payload';
import { type Draft } from './reading';
import { type TlvCursor } from './tlv';
import { VietQrRefused } from './vietqr.errors';

/** What NAPAS’s switch assumes where 38.02 is absent: a merchant code, with all that such a code must carry. */
const DEFAULT_SERVICE = 'QRPUSH';
const MAX_ACCOUNT_LENGTH = 19;

/** Six digits. */
export function isBin(bin: string): boolean {
  return bin.length === 6 && isDigits(bin);
}

/**
 * Account or card as we issue and register them. Virtual accounts may be mixed case (`VQRQ0001990hq`): they are never
 * changed, and never compared in another case.
 */
export function isAccount(account: string): boolean {
  return account.length > 0 && account.length <= MAX_ACCOUNT_LENGTH && isAlphanumeric(account);
}

/**
 * Reads tag 38: `00` GUID, `01` { `00` BIN, `01` account or card }, `02` service.
 * @throws VietQrRefused where scheme, bank or account cannot be read beyond doubt
 */
export function readAccount(template: TlvCursor, fields: Draft, report: Report): void {
  while (template.next()) {
    if (template.id === 0) fields.guid = template.value();
    else if (template.id === 1) readBeneficiary(template.inside('38_01'), fields, report);
    else if (template.id === 2) readService(template.value(), fields, report);
    else report(unexpectedSubtag('38'));
  }
  if (fields.guid !== VIETQR_GUID) throw new VietQrRefused(badGuid());
  if (!isBin(fields.bin)) throw new VietQrRefused(badBin());
  if (!isAccount(fields.account)) judgeAccount(fields.account, report);
  if (!fields.serviceExplicit) fields.service = DEFAULT_SERVICE;
}

function readBeneficiary(template: TlvCursor, fields: Draft, report: Report): void {
  while (template.next()) {
    if (template.id === 0) fields.bin = template.value();
    else if (template.id === 1) fields.account = template.value();
    else report(unexpectedSubtag('38_01'));
  }
}

function readService(service: string, fields: Draft, report: Report): void {
  fields.service = service;
  fields.serviceExplicit = true;
  if (!isService(service)) report(badService());
}

/** Printable signs in an account are odd, but everybody reads the same; anything else is no account. */
function judgeAccount(account: string, report: Report): void {
  const readable = account.length > 0 && account.length <= MAX_ACCOUNT_LENGTH && isAns(account);
  if (!readable) throw new VietQrRefused(badAccount());
  report(charset('38_01_01'));
}
