import { readAccount } from './account';
import { checkPercentage, readAmount } from './amount';
import { codePoints, hasLowerCase, isDigits } from './characters';
import {
  bad,
  badPayloadFormat,
  crcLowerCase,
  crcMissing,
  missing,
  missingForService,
  payloadTooLong,
  type Report,
  unexpected,
} from './findings';
import { VIETNAM, type VietQrFields, VND_CURRENCY } from './payload';
import { type Draft, emptyDraft } from './reading';
import { requireVietQr } from './scheme';
import { checkOwnTemplate, readAdditional, readLanguage } from './templates';
import { checkAns } from './text-rules';
import { idText, readObjects, TlvCursor } from './tlv';
import { VietQrRefused } from './vietqr.errors';

/** EMVCo QRCPS-MPM §3.2: what a payment code may hold in all. */
const MAX_PAYLOAD_LENGTH = 512;

/**
 * Reads the fields of a payload and checks each against the profile (NAPAS VietQR v1.0, EMVCo QRCPS-MPM). What leaves
 * the account readable goes to `report`.
 * @throws VietQrRefused where an object is broken or stands twice, or the account is not readable
 * @throws ForeignCode where there is no tag 38
 */
export function readFields(payload: string, report: Report): VietQrFields {
  const fields = emptyDraft();
  for (const object = TlvCursor.over(payload); object.next();) readObject(object, fields, report);
  if (fields.crc === '') throw new VietQrRefused(crcMissing());
  if (fields.guid === '') requireVietQr(payload);
  checkTogether(fields, report);
  checkLength(payload, report);
  return fields;
}

function readObject(object: TlvCursor, fields: Draft, report: Report): void {
  fields.order.push(idText(object.id));
  switch (object.id) {
    case 0:
      if (object.value() !== '01') throw new VietQrRefused(badPayloadFormat());
      return;
    case 1:
      fields.initiation = readInitiation(object.value(), report);
      return;
    case 38:
      readAccount(object.inside('38'), fields, report);
      return;
    case 53:
      fields.currency = object.value();
      return;
    case 54:
      fields.amount = readAmount(object.value(), '54', report);
      return;
    case 58:
      fields.country = object.value();
      return;
    case 62:
      fields.additional = readAdditional(object.inside('62'), report);
      return;
    case 63:
      fields.crc = readCrc(object, report);
      return;
    default:
      readMerchantObject(object.id, object.value(), fields, report);
  }
}

function readInitiation(value: string, report: Report): 'static' | 'dynamic' | null {
  if (value === '11') return 'static';
  if (value === '12') return 'dynamic';
  report(bad('01'));
  return null;
}

/** The envelope has compared the last four characters; here they prove to be the checksum’s. */
function readCrc(object: TlvCursor, report: Report): string {
  const crc = object.value();
  if (!object.isLast() || crc.length !== 4) throw new VietQrRefused(crcMissing());
  if (hasLowerCase(crc)) report(crcLowerCase());
  return crc;
}

/** What transfer codes rarely carry. */
function readMerchantObject(id: number, value: string, fields: Draft, report: Report): void {
  switch (id) {
    case 52:
      fields.mcc = value;
      if (value.length !== 4 || !isDigits(value)) report(bad('52'));
      return;
    case 55:
      fields.tip = value;
      if (value !== '01' && value !== '02' && value !== '03') report(bad('55'));
      return;
    case 56:
      fields.feeFixed = readAmount(value, '56', report);
      return;
    case 57:
      fields.feePercent = value;
      checkPercentage(value, report);
      return;
    case 59:
      fields.merchantName = checkAns(value, '59', 25, report);
      return;
    case 60:
      fields.merchantCity = checkAns(value, '60', 15, report);
      return;
    case 61:
      fields.postalCode = checkAns(value, '61', 10, report);
      return;
    case 64:
      fields.language = readLanguage(value, report);
      return;
    default:
      readReserved(id, value, fields, report);
  }
}

/** 65–79 belong to EMVCo’s future, 80–99 to whoever names himself, 02–51 to other schemes. */
function readReserved(id: number, value: string, fields: Draft, report: Report): void {
  const at = idText(id);
  if (id >= 80) {
    checkOwnTemplate(value, at, report);
    fields.unreserved = { ...fields.unreserved, [at]: value };
  } else if (id >= 65) {
    fields.rfu = { ...fields.rfu, [at]: checkAns(value, at, 99, report) };
  } else {
    report(unexpected(at));
    if (id >= 26) readObjects(value, at);
  }
}

function checkLength(payload: string, report: Report): void {
  if (payload.length <= MAX_PAYLOAD_LENGTH) return;
  if (codePoints(payload) > MAX_PAYLOAD_LENGTH) report(payloadTooLong(MAX_PAYLOAD_LENGTH));
}

/** What one object alone cannot tell: mandatory fields, and fields that ask for each other. */
function checkTogether(fields: Draft, report: Report): void {
  if (fields.currency !== VND_CURRENCY) report(bad('53'));
  if (fields.country !== VIETNAM) report(bad('58'));
  if (fields.initiation === null && !fields.order.includes('01')) report(missing('01'));
  if (fields.service === 'QRPUSH') checkMerchant(fields, report);
  if (fields.tip !== null || fields.feeFixed !== null || fields.feePercent !== null) checkFee(fields, report);
}

function checkMerchant(fields: Draft, report: Report): void {
  if (fields.mcc === null) report(missingForService('52', fields.service));
  if (fields.merchantName === null) report(missingForService('59', fields.service));
  if (fields.merchantCity === null) report(missingForService('60', fields.service));
}

/** 55 says which fee follows: `02` a fixed one in 56, `03` a percentage in 57, and no other. */
function checkFee(fields: Draft, report: Report): void {
  const fixed = fields.tip === '02';
  const percentage = fields.tip === '03';
  if (fixed !== (fields.feeFixed !== null)) report(fixed ? missing('56') : unexpected('56'));
  if (percentage !== (fields.feePercent !== null)) report(percentage ? missing('57') : unexpected('57'));
}
