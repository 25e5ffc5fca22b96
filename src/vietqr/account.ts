import { isAlphanumeric, isAns, isDigits } from './characters';
import { badAccount, badBin, badGuid, badService, charset, unexpectedSubtag } from './findings';
import { isService, VIETQR_GUID } from './payload';
import { type Reading } from './reading';
import { forEachObject, type Source } from './tlv';
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
export function readAccount(source: Source, from: number, to: number, reading: Reading): void {
  const { fields } = reading;
  forEachObject(source, from, to, '38', visit38, reading);
  if (fields.guid !== VIETQR_GUID) throw new VietQrRefused(badGuid());
  if (!isBin(fields.bin)) throw new VietQrRefused(badBin());
  if (!isAccount(fields.account)) judgeAccount(fields.account, reading);
  if (!fields.serviceExplicit) fields.service = DEFAULT_SERVICE;
}

function visit38(source: Source, id: number, from: number, to: number, reading: Reading): void {
  switch (id) {
    case 0:
      reading.fields.guid = source.text.slice(from, to);
      return;
    case 1:
      forEachObject(source, from, to, '38_01', visitBeneficiary, reading);
      return;
    case 2:
      readService(source.text.slice(from, to), reading);
      return;
    default:
      reading.report(unexpectedSubtag('38'));
  }
}

function visitBeneficiary({ text }: Source, id: number, from: number, to: number, { fields, report }: Reading): void {
  if (id === 0) fields.bin = text.slice(from, to);
  else if (id === 1) fields.account = text.slice(from, to);
  else report(unexpectedSubtag('38_01'));
}

function readService(service: string, { fields, report }: Reading): void {
  fields.service = service;
  fields.serviceExplicit = true;
  if (!isService(service)) report(badService());
}

/** Printable signs in an account are odd, but everybody reads the same; anything else is no account. */
function judgeAccount(account: string, { report }: Reading): void {
  const readable = account.length > 0 && account.length <= MAX_ACCOUNT_LENGTH && isAns(account);
  if (!readable) throw new VietQrRefused(badAccount());
  report(charset('38_01_01'));
}
