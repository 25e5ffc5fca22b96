import { bad, type Finding, notTemplate, type Report, unexpected } from './findings';
import { type SubFields } from './payload';
import { checkAns, checkUnicode } from './text-rules';
import { readObjects, type TlvObjects, valueOf } from './tlv';
import { VietQrRefused } from './vietqr.errors';

/** Which data the payer shall add: address, mobile number, e-mail, each once (EMVCo QRCPS-MPM §4.8). */
const CONSUMER_DATA = /^(?!.*(.).*\1)[AME]{1,3}$/;
const LANGUAGE = /^[A-Za-z]{2}$/;
const MERCHANT_CHANNEL = /^[0-9A-Za-z]{3}$/;

/** Tag 62: 01–08 labels of 25 characters (08 the transfer content), 09–11 EMVCo’s, 50–99 free templates. */
export function readAdditional(template: string, report: Report): SubFields {
  const objects = readObjects(template, '62');
  for (let i = 0; i < objects.ids.length; i += 1) checkAdditionalObject(objects.ids[i]!, objects.values[i]!, report);
  return toRecord(objects);
}

function checkAdditionalObject(id: string, value: string, report: Report): void {
  const at = `62_${id}`;
  if (id >= '01' && id <= '08') checkAns(value, at, 25, report);
  else if (id === '09') reportUnless(CONSUMER_DATA.test(value), bad(at), report);
  else if (id === '10') checkAns(value, at, 20, report);
  else if (id === '11') reportUnless(MERCHANT_CHANNEL.test(value), bad(at), report);
  else if (id >= '50') checkOwnTemplate(value, at, report);
  else report(unexpected(at));
}

/** Tag 64: 00 language, 01 name, 02 city. */
export function readLanguage(template: string, report: Report): SubFields {
  const objects = readObjects(template, '64');
  const language = valueOf(objects, '00');
  const name = valueOf(objects, '01');
  const city = valueOf(objects, '02');
  if (language === undefined || name === undefined) report(bad('64'));
  if (language !== undefined && !LANGUAGE.test(language)) report(bad('64_00'));
  if (name !== undefined) checkUnicode(name, '64_01', 25, report);
  if (city !== undefined) checkUnicode(city, '64_02', 15, report);
  for (const id of objects.ids) if (id > '02') report(unexpected(`64_${id}`));
  return toRecord(objects);
}

/** Tags 80–99 and 62.50–62.99: a template whose 00 says whose it is; the rest is theirs. */
export function checkOwnTemplate(value: string, at: string, report: Report): void {
  const objects = readOwnTemplate(value, at);
  const guid = objects && valueOf(objects, '00');
  if (guid === undefined || guid.length > 32) report(notTemplate(at));
  else checkAns(value, at, 99, report);
}

/** `undefined` for bare text, which wallets do put there (MoMo: `80` = `046`); a doubled object is still refused. */
function readOwnTemplate(value: string, at: string): TlvObjects | undefined {
  try {
    return readObjects(value, at);
  } catch (error) {
    if (error instanceof VietQrRefused && error.finding.code !== 'TLV_DUPLICATE') return undefined;
    throw error;
  }
}

function reportUnless(fine: boolean, finding: Finding, report: Report): void {
  if (!fine) report(finding);
}

function toRecord(objects: TlvObjects): SubFields {
  return Object.fromEntries(objects.ids.map((id, i) => [id, objects.values[i]!]));
}
