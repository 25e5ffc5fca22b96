import { SURROGATE } from './characters';
import { type Finding, tlvBadLength, tlvBadTag, tlvDuplicate, tlvEmpty, tlvTrailing, tlvTruncated } from './findings';
import { VietQrRefused } from './vietqr.errors';

/** The longest value that two length digits can announce. */
export const MAX_VALUE_LENGTH = 99;
const TWO_DIGITS = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));

/**
 * Goes through the objects `ID(2 digits) LENGTH(2 digits) VALUE` of one level. Lengths count Unicode code points
 * (EMVCo QRCPS-MPM §3.2; the sample with Chinese text proves it), an ID may stand once, no value is empty. Templates
 * are read in place: nothing is cut out before somebody wants it.
 */
export class TlvCursor {
  /** 0 to 99; of the object that {@link next} has reached. */
  id = -1;
  private from: number;
  private to: number;
  private highest = -1;

  private constructor(
    private readonly text: string,
    /** Whether code points and code units differ. */
    private readonly wide: boolean,
    private readonly at: string,
    private readonly start: number,
    private readonly end: number,
  ) {
    this.from = start;
    this.to = start;
  }

  /** @param at the template that the text is, `38_01`; empty for a whole payload */
  static over(text: string, at = ''): TlvCursor {
    return new TlvCursor(text, SURROGATE.test(text), at, 0, text.length);
  }

  /** The objects inside the present value. */
  inside(at: string): TlvCursor {
    return new TlvCursor(this.text, this.wide, at, this.from, this.to);
  }

  /** Goes to the next object; false after the last. @throws VietQrRefused where none can be read */
  next(): boolean {
    const start = this.to;
    if (start >= this.end) return false;
    if (this.end - start < 4) refuse(tlvTrailing(this.at));
    const id = twoDigits(this.text, start);
    if (id > this.highest) this.highest = id;
    else this.checkLateId(id, start);
    const length = twoDigits(this.text, start + 2);
    if (length <= 0) refuse(length === 0 ? tlvEmpty(this.at, idText(id)) : tlvBadLength(this.at, idText(id)));
    this.id = id;
    this.from = start + 4;
    this.to = this.wide ? afterCodePoints(this.text, this.from, length) : this.from + length;
    if (this.to > this.end) refuse(tlvTruncated(this.at, idText(id)));
    return true;
  }

  /** The present value. */
  value(): string {
    return this.text.slice(this.from, this.to);
  }

  isLast(): boolean {
    return this.to === this.end;
  }

  /** IDs mostly rise. One that does not is no ID at all, or has to be looked for among those before it. */
  private checkLateId(id: number, start: number): void {
    if (id < 0) refuse(tlvBadTag(this.at, this.text.slice(start, start + 2)));
    for (let i = this.start; i < start;) {
      if (twoDigits(this.text, i) === id) refuse(tlvDuplicate(this.at, idText(id)));
      const length = twoDigits(this.text, i + 2);
      i = this.wide ? afterCodePoints(this.text, i + 4, length) : i + 4 + length;
    }
  }
}

export interface TlvObject {
  readonly id: number;
  readonly value: string;
}

/** The objects of a text as a list, for whoever is in no hurry. @throws VietQrRefused like {@link TlvCursor.next} */
export function readObjects(text: string, at: string): TlvObject[] {
  const objects: TlvObject[] = [];
  for (const cursor = TlvCursor.over(text, at); cursor.next();) objects.push({ id: cursor.id, value: cursor.value() });
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
