import { readAccount } from './account';
import { checkPercentage, readAmount } from './amount';
import { codePoints, isDigits } from './characters';
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
import { type Draft, type Reading, startReading } from './reading';
import { requireVietQr } from './scheme';
import { checkOwnTemplate, readAdditional, readLanguage } from './templates';
import { checkAns } from './text-rules';
import { forEachObject, idText, readObjects, type Source } from './tlv';
import { VietQrRefused } from './vietqr.errors';

const LOWER_CASE = /[a-f]/;
/** EMVCo QRCPS-MPM §3.2: what a payment code may hold in all. */
const MAX_PAYLOAD_LENGTH = 512;

/**
 * Reads the fields of a payload and checks each against the profile (NAPAS VietQR v1.0, EMVCo QRCPS-MPM). What leaves
 * the account readable goes to `report`.
 * @throws VietQrRefused where an object is broken or stands twice, or the account is not readable
 * @throws ForeignCode where there is no tag 38
 */
export function readFields(source: Source, report: Report): VietQrFields {
  const reading = startReading(report);
  forEachObject(source, 0, source.text.length, '', visitRoot, reading);
  const { fields } = reading;
  if (fields.crc === '') throw new VietQrRefused(crcMissing());
  if (fields.guid === '') requireVietQr(source);
  checkTogether(fields, report);
  checkLength(source.text, report);
  return fields;
}

function visitRoot(source: Source, id: number, from: number, to: number, reading: Reading): void {
  const { fields } = reading;
  const { text } = source;
  fields.order.push(idText(id));
  switch (id) {
    case 0:
      if (text.slice(from, to) !== '01') throw new VietQrRefused(badPayloadFormat());
      return;
    case 1:
      fields.initiation = readInitiation(text.slice(from, to), reading.report);
      return;
    case 38:
      readAccount(source, from, to, reading);
      return;
    case 53:
      fields.currency = text.slice(from, to);
      return;
    case 54:
      fields.amount = readAmount(text.slice(from, to), '54', reading.report);
      return;
    case 58:
      fields.country = text.slice(from, to);
      return;
    case 62:
      fields.additional = readAdditional(source, from, to, reading);
      return;
    case 63:
      fields.crc = readCrc(text, from, to, reading.report);
      return;
    default:
      readMerchantObject(source, id, from, to, reading);
  }
}

function readInitiation(value: string, report: Report): 'static' | 'dynamic' | null {
  if (value === '11') return 'static';
  if (value === '12') return 'dynamic';
  report(bad('01'));
  return null;
}

/** The envelope has compared the last four characters; here they prove to be the checksum’s. */
function readCrc(text: string, from: number, to: number, report: Report): string {
  if (to !== text.length || to - from !== 4) throw new VietQrRefused(crcMissing());
  const crc = text.slice(from, to);
  if (LOWER_CASE.test(crc)) report(crcLowerCase());
  return crc;
}

/** What transfer codes rarely carry. */
function readMerchantObject(source: Source, id: number, from: number, to: number, reading: Reading): void {
  const { fields, report } = reading;
  const value = source.text.slice(from, to);
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
      fields.language = readLanguage(source, from, to, reading);
      return;
    default:
      readReserved(source, id, from, to, reading);
  }
}

/** 65–79 belong to EMVCo’s future, 80–99 to whoever names himself, 02–51 to other schemes. */
function readReserved(source: Source, id: number, from: number, to: number, { fields, report }: Reading): void {
  const at = idText(id);
  const value = source.text.slice(from, to);
  if (id >= 80) {
    checkOwnTemplate(source, from, to, at, report);
    fields.unreserved = { ...fields.unreserved, [at]: value };
  } else if (id >= 65) {
    fields.rfu = { ...fields.rfu, [at]: checkAns(value, at, 99, report) };
  } else {
    report(unexpected(at));
    if (id >= 26) readObjects(source, from, to, at);
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
