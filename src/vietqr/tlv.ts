import { type Finding, tlvBadLength, tlvBadTag, tlvDuplicate, tlvEmpty, tlvTrailing, tlvTruncated } from './findings';
import { VietQrRefused } from './vietqr.errors';

/** A payload being read. Templates are read in place; nothing is cut out before somebody wants it. */
export interface Source {
  readonly text: string;
  /** Whether code points and code units differ. */
  readonly wide: boolean;
}

/** Is told of each object: its ID (0–99) and where its value stands. */
export type Visit<Target> = (source: Source, id: number, from: number, to: number, target: Target) => void;

/** The longest value that two length digits can announce. */
export const MAX_VALUE_LENGTH = 99;
const TWO_DIGITS = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));

/**
 * Reads the objects `ID(2 digits) LENGTH(2 digits) VALUE` between `from` and `to`, to the last character. Lengths
 * count Unicode code points (EMVCo QRCPS-MPM §3.2; the sample with Chinese text proves it), an ID may stand once, no
 * value is empty.
 * @param at the template it is, `38_01`; empty at the root
 * @throws VietQrRefused for everything else, after the objects before it were visited
 */
export function forEachObject<Target>(
  source: Source,
  from: number,
  to: number,
  at: string,
  visit: Visit<Target>,
  target: Target,
): void {
  const { text, wide } = source;
  let highest = -1;
  for (let start = from; start < to;) {
    if (to - start < 4) refuse(tlvTrailing(at));
    const id = twoDigits(text, start);
    if (id < 0) refuse(tlvBadTag(at, text.slice(start, start + 2)));
    if (id > highest) highest = id;
    else if (standsBefore(source, from, start, id)) refuse(tlvDuplicate(at, idText(id)));
    const length = twoDigits(text, start + 2);
    if (length <= 0) refuse(length === 0 ? tlvEmpty(at, idText(id)) : tlvBadLength(at, idText(id)));
    const end = wide ? afterCodePoints(text, start + 4, length) : start + 4 + length;
    if (end > to) refuse(tlvTruncated(at, idText(id)));
    visit(source, id, start + 4, end, target);
    start = end;
  }
}

/** One object with its place. */
export interface TlvObject {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

/** The same as a list, for whoever is in no hurry. */
export function readObjects(source: Source, from: number, to: number, at: string): TlvObject[] {
  const objects: TlvObject[] = [];
  forEachObject(source, from, to, at, collect, objects);
  return objects;
}

/** An ID as it is written: two digits. */
export function idText(id: number): string {
  return TWO_DIGITS[id]!;
}

/**
 * One object.
 * @param length in code points; only in tag 64 they are not the code units
 * @throws RangeError for an empty value or one whose length two digits cannot say: `100` must not become `00`
 */
export function writeObject(id: string, value: string, length = value.length): string {
  if (length === 0 || length > MAX_VALUE_LENGTH) throw new RangeError(`object ${id} cannot hold ${length} characters`);
  return id + TWO_DIGITS[length]! + value;
}

function collect({ text }: Source, id: number, from: number, to: number, objects: TlvObject[]): void {
  objects.push({ id, from, to, value: text.slice(from, to) });
}

/** Whether an ID is among the sound objects between `from` and `start`; asked only where IDs do not rise. */
function standsBefore({ text, wide }: Source, from: number, start: number, id: number): boolean {
  for (let at = from; at < start;) {
    if (twoDigits(text, at) === id) return true;
    const length = twoDigits(text, at + 2);
    at = wide ? afterCodePoints(text, at + 4, length) : at + 4 + length;
  }
  return false;
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
