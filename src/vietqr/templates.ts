import { codePoints } from './characters';
import { bad, type Finding, notTemplate, type Report, unexpected } from './findings';
import { type SubFields } from './payload';
import { checkAns, checkUnicode } from './text-rules';
import { idText, readObjects, type TlvCursor, type TlvObject } from './tlv';
import { VietQrRefused } from './vietqr.errors';

/** Which data the payer shall add: address, mobile number, e-mail, each once (EMVCo QRCPS-MPM §4.8). */
const CONSUMER_DATA = /^(?!.*(.).*\1)[AME]{1,3}$/;
const MERCHANT_CHANNEL = /^[0-9A-Za-z]{3}$/;
const LANGUAGE = /^[A-Za-z]{2}$/;
const MAX_GUID_LENGTH = 32;
/** The names of the objects of 62, made once: `62_08`. */
const AT_62 = Array.from({ length: 100 }, (_, id) => `62_${idText(id)}`);

/** Tag 62: 01–08 labels of 25 characters (08 the transfer content), 09–11 EMVCo’s, 50–99 free templates. */
export function readAdditional(template: TlvCursor, report: Report): SubFields {
  const fields: Record<string, string> = {};
  while (template.next()) {
    const { id } = template;
    const value = template.value();
    fields[idText(id)] = value;
    if (id >= 1 && id <= 8) checkAns(value, AT_62[id]!, 25, report);
    else checkRareAdditional(id, value, AT_62[id]!, report);
  }
  return fields;
}

function checkRareAdditional(id: number, value: string, at: string, report: Report): void {
  if (id === 9) reportUnless(CONSUMER_DATA.test(value), bad(at), report);
  else if (id === 10) checkAns(value, at, 20, report);
  else if (id === 11) reportUnless(MERCHANT_CHANNEL.test(value), bad(at), report);
  else if (id >= 50) checkOwnTemplate(value, at, report);
  else report(unexpected(at));
}

/** Tag 64: 00 language and 01 name, both mandatory, 02 city. */
export function readLanguage(template: string, report: Report): SubFields {
  const objects = readObjects(template, '64');
  const present = objects.map(({ id }) => id);
  if (!present.includes(0) || !present.includes(1)) report(bad('64'));
  for (const object of objects) checkLanguageObject(object, report);
  return Object.fromEntries(objects.map(({ id, value }) => [idText(id), value]));
}

function checkLanguageObject({ id, value }: TlvObject, report: Report): void {
  const at = `64_${idText(id)}`;
  if (id === 0) reportUnless(LANGUAGE.test(value), bad(at), report);
  else if (id === 1) checkUnicode(value, at, 25, report);
  else if (id === 2) checkUnicode(value, at, 15, report);
  else report(unexpected(at));
}

/** Tags 80–99 and 62.50–62.99: a template whose 00 says whose it is; the rest is theirs. */
export function checkOwnTemplate(value: string, at: string, report: Report): void {
  const guid = readOwnTemplate(value, at)?.find(({ id }) => id === 0)?.value;
  if (guid === undefined || codePoints(guid) > MAX_GUID_LENGTH) report(notTemplate(at));
  else checkAns(value, at, 99, report);
}

/** `undefined` for bare text, which wallets do put there (MoMo: `80` = `046`); a doubled object is still refused. */
function readOwnTemplate(value: string, at: string): TlvObject[] | undefined {
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
