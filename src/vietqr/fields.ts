import { readAccount } from './account';
import { checkPercentage, readAmount } from './amount';
import { bad, badPayloadFormat, crcLowerCase, missing, missingForService, type Report, unexpected } from './findings';
import { VIETNAM, type VietQrFields, VND_CURRENCY } from './payload';
import { checkOwnTemplate, readAdditional, readLanguage } from './templates';
import { checkAns } from './text-rules';
import { readObjects, type TlvObjects } from './tlv';
import { VietQrRefused } from './vietqr.errors';

type Draft = { -readonly [Key in keyof VietQrFields]: VietQrFields[Key] };

const FOUR_DIGITS = /^[0-9]{4}$/;
const LOWER_CASE = /[a-f]/;

/**
 * Reads the fields of a payload whose envelope is sound and whose tag 38 is VietQR’s, and checks each against the
 * profile (NAPAS VietQR v1.0; EMVCo QRCPS-MPM). What leaves the account readable goes to `report`.
 * @throws VietQrRefused where the account is not readable, or a template is broken or holds an object twice
 */
export function readFields(root: TlvObjects, report: Report): VietQrFields {
  const fields = draft(root);
  if (LOWER_CASE.test(fields.crc)) report(crcLowerCase());
  for (let i = 0; i < root.ids.length; i += 1) readObject(root.ids[i]!, root.values[i]!, fields, report);
  checkTogether(fields, report);
  return fields;
}

function draft(root: TlvObjects): Draft {
  return {
    initiation: null,
    guid: '',
    bin: '',
    account: '',
    service: '',
    serviceExplicit: false,
    mcc: null,
    currency: null,
    amount: null,
    tip: null,
    feeFixed: null,
    feePercent: null,
    country: null,
    merchantName: null,
    merchantCity: null,
    postalCode: null,
    additional: null,
    language: null,
    unreserved: null,
    rfu: null,
    crc: root.values.at(-1)!,
    order: root.ids,
  };
}

function readObject(id: string, value: string, fields: Draft, report: Report): void {
  switch (id) {
    case '00':
      if (value !== '01') throw new VietQrRefused(badPayloadFormat());
      return;
    case '01':
      fields.initiation = readInitiation(value, report);
      return;
    case '38':
      readAccount(value, fields, report);
      return;
    case '52':
      fields.mcc = value;
      if (!FOUR_DIGITS.test(value)) report(bad('52'));
      return;
    case '53':
      fields.currency = value;
      return;
    case '54':
      fields.amount = readAmount(value, '54', report);
      return;
    case '58':
      fields.country = value;
      return;
    case '62':
      fields.additional = readAdditional(value, report);
      return;
    case '63':
      return;
    default:
      readRareObject(id, value, fields, report);
  }
}

function readRareObject(id: string, value: string, fields: Draft, report: Report): void {
  switch (id) {
    case '55':
      fields.tip = value;
      if (value !== '01' && value !== '02' && value !== '03') report(bad('55'));
      return;
    case '56':
      fields.feeFixed = readAmount(value, '56', report);
      return;
    case '57':
      fields.feePercent = value;
      checkPercentage(value, report);
      return;
    case '59':
      fields.merchantName = checkAns(value, '59', 25, report);
      return;
    case '60':
      fields.merchantCity = checkAns(value, '60', 15, report);
      return;
    case '61':
      fields.postalCode = checkAns(value, '61', 10, report);
      return;
    case '64':
      fields.language = readLanguage(value, report);
      return;
    default:
      readReserved(id, value, fields, report);
  }
}

/** 65–79 belong to EMVCo’s future, 80–99 to whoever names himself, 02–51 to other schemes. */
function readReserved(id: string, value: string, fields: Draft, report: Report): void {
  if (id >= '80') {
    checkOwnTemplate(value, id, report);
    fields.unreserved = { ...fields.unreserved, [id]: value };
  } else if (id >= '65') {
    fields.rfu = { ...fields.rfu, [id]: checkAns(value, id, 99, report) };
  } else {
    if (id >= '26') readObjects(value, id);
    report(unexpected(id));
  }
}

function readInitiation(value: string, report: Report): 'static' | 'dynamic' | null {
  if (value === '11') return 'static';
  if (value === '12') return 'dynamic';
  report(bad('01'));
  return null;
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
