import { type ForeignScheme, VIETQR_GUID } from './payload';
import { readObjects, type TlvObject } from './tlv';

/** Identifier → scheme, seen on counters in Vietnam and its neighbours. Compared whole or by prefix, in any case. */
const BY_GUID: readonly (readonly [RegExp, string])[] = [
  [/^A000000775$/i, 'VNPAY-QR'],
  [/airpay|shopee/i, 'AirPay/ShopeePay'],
  [/momo/i, 'MoMo'],
  [/zalo/i, 'ZaloPay'],
  [/(^|\.)evn(\.|$)/i, 'EVN'],
  [/^A0000006770101/i, 'PromptPay'],
  [/^A005266284662577$/i, 'Lao QR'],
  [/^BCEL$/i, 'BCEL OnePay'],
  [/bakong|khqr|^[^@\s]+@[^@\s]+$/i, 'KHQR'],
  [/^SG\.PAYNOW$/i, 'PayNow'],
  [/^A0000006150001$/i, 'DuitNow'],
  [/^ID\.CO\.QRIS/i, 'QRIS'],
  [/^D1560000000[0-9]$/i, 'EMVCo specification sample'],
];

/** EMVCo QRCPS-MPM table 4.3: tags that card schemes own outright. */
const BY_TAG: readonly (readonly [first: number, last: number, name: string])[] = [
  [2, 3, 'Visa'],
  [4, 5, 'Mastercard'],
  [9, 10, 'Discover'],
  [11, 12, 'American Express'],
  [13, 14, 'JCB'],
  [15, 16, 'UnionPay'],
];

/** Codes that are plain text, no EMVCo objects. */
const BY_TEXT: readonly (readonly [RegExp, string])[] = [
  [/^2\|99\||^momo:/i, 'MoMo'],
  [/^zalopay:|^https?:\/\/[^/]*zalopay\.vn\//i, 'ZaloPay'],
  [/^https?:\/\/[^/]*momo\.vn\//i, 'MoMo'],
  [/^https?:\/\//i, 'web address'],
];

/** The scheme of a text that is no EMVCo payload; `null` when nothing is known about it. */
export function foreignText(payload: string): ForeignScheme | null {
  const name = BY_TEXT.find(([pattern]) => pattern.test(payload))?.[1];
  return name === undefined ? null : { name, guids: [], country: null };
}

/** Names a payload whose tag 38 is not VietQR’s. */
export function nameForeign(root: readonly TlvObject[]): ForeignScheme {
  const guids = merchantTemplates(root).map(({ guid }) => guid);
  const country = valueOf(root, 58) ?? null;
  return { name: nameByGuid(guids) ?? nameByTag(root) ?? nameByMerchant(root) ?? unknown(country), guids, country };
}

/** The templates 26–51 that hold an identifier. */
export function merchantTemplates(root: readonly TlvObject[]): { id: number; guid: string }[] {
  return root.flatMap((object) => {
    const guid = object.id >= 26 && object.id <= 51 ? guidOf(object) : undefined;
    return guid === undefined ? [] : [{ id: object.id, guid }];
  });
}

function guidOf({ value }: TlvObject): string | undefined {
  try {
    return valueOf(readObjects(value, ''), 0);
  } catch {
    return undefined; // somebody else's template may be broken; its name is not ours to refuse
  }
}

function valueOf(objects: readonly TlvObject[], wanted: number): string | undefined {
  return objects.find(({ id }) => id === wanted)?.value;
}

function nameByGuid(guids: readonly string[]): string | undefined {
  if (guids.includes(VIETQR_GUID)) return 'VietQR outside tag 38';
  return BY_GUID.find(([pattern]) => guids.some((guid) => pattern.test(guid)))?.[1];
}

function nameByTag(root: readonly TlvObject[]): string | undefined {
  return BY_TAG.find(([first, last]) => root.some(({ id }) => id >= first && id <= last))?.[2];
}

/** EVN’s bills carry the identifier `00`; only their merchant name tells. */
function nameByMerchant(root: readonly TlvObject[]): string | undefined {
  return /^EVN\b/.test(valueOf(root, 59) ?? '') ? 'EVN' : undefined;
}

function unknown(country: string | null): string {
  return country === null ? 'unknown' : `unknown (${country})`;
}
