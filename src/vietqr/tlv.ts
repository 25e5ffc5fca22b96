import { type Finding, tlvBadLength, tlvBadTag, tlvDuplicate, tlvEmpty, tlvTrailing, tlvTruncated } from './findings';
import { VietQrRefused } from './vietqr.errors';

/** The objects of one level, in the order in which they stand; `ids[i]` belongs to `values[i]`. */
export interface TlvObjects {
  readonly ids: readonly string[];
  readonly values: readonly string[];
}

/** The longest value that two length digits can announce. */
export const MAX_VALUE_LENGTH = 99;
const TWO_DIGITS = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));
const SURROGATE = /[\uD800-\uDFFF]/;

/**
 * Reads `ID(2 digits) LENGTH(2 digits) VALUE` to the end of the text. Lengths count Unicode code points
 * (EMVCo QRCPS-MPM §3.2; the sample with Chinese text proves it), an ID may stand once, no value is empty.
 * @param at the template the text was found in, `38_01`; empty at the root
 * @throws VietQrRefused for everything else
 */
export function readObjects(text: string, at: string): TlvObjects {
  const ids: string[] = [];
  const values: string[] = [];
  const byUnit = !SURROGATE.test(text);
  for (let start = 0; start < text.length;) {
    const id = readId(text, start, at);
    if (ids.includes(id)) refuse(tlvDuplicate(at, id));
    const length = twoDigits(text, start + 2);
    if (length < 0) refuse(tlvBadLength(at, id));
    if (length === 0) refuse(tlvEmpty(at, id));
    const from = start + 4;
    const to = byUnit ? from + length : afterCodePoints(text, from, length);
    if (to > text.length) refuse(tlvTruncated(at, id));
    ids.push(id);
    values.push(text.slice(from, to));
    start = to;
  }
  return { ids, values };
}

export function valueOf(objects: TlvObjects, id: string): string | undefined {
  const index = objects.ids.indexOf(id);
  return index < 0 ? undefined : objects.values[index];
}

/** One object. @throws RangeError for an empty value or one whose length two digits cannot say. */
export function writeObject(id: string, value: string): string {
  const length = codePoints(value);
  if (length === 0 || length > MAX_VALUE_LENGTH) throw new RangeError(`object ${id} cannot hold ${length} characters`);
  return id + TWO_DIGITS[length]! + value;
}

/** Number of Unicode code points. */
export function codePoints(text: string): number {
  return SURROGATE.test(text) ? Array.from(text).length : text.length;
}

function readId(text: string, start: number, at: string): string {
  if (text.length - start < 4) refuse(tlvTrailing(at));
  const id = twoDigits(text, start);
  if (id < 0) refuse(tlvBadTag(at, text.slice(start, start + 2)));
  return TWO_DIGITS[id]!;
}

/** The value of two ASCII digits, −1 for anything else: `Number()` would also take `+2`, ` 2`, `2.` and `0x`. */
function twoDigits(text: string, start: number): number {
  const tens = text.charCodeAt(start) - 48;
  const ones = text.charCodeAt(start + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** The index after `count` code points; beyond the text when it is shorter. */
function afterCodePoints(text: string, from: number, count: number): number {
  let index = from;
  for (let i = 0; i < count; i += 1) index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  return index;
}

function refuse(finding: Finding): never {
  throw new VietQrRefused(finding);
}
