import { parseDictionary, serializeInnerList } from 'structured-headers';

/**
 * The part of RFC 9651 that signatures use, in types of our own: those of `structured-headers` name `BufferSource`,
 * which only browsers' type libraries know.
 */
export type SfParameters = ReadonlyMap<string, unknown>;
export type SfItem = readonly [value: unknown, parameters: SfParameters];
export type SfInnerList = readonly [items: readonly SfItem[], parameters: SfParameters];

/** The members of a dictionary field; null when it cannot be read. Byte sequences are ArrayBuffers. */
export function readDictionary(header: string): ReadonlyMap<string, SfItem | SfInnerList> | null {
  try {
    return parseDictionary(header) as ReadonlyMap<string, SfItem | SfInnerList>;
  } catch {
    return null;
  }
}

export function isInnerList(member: SfItem | SfInnerList): member is SfInnerList {
  return Array.isArray(member[0]);
}

/** The canonical text of an inner list. @throws Error for values the format cannot carry */
export function innerListText(list: SfInnerList): string {
  return serializeInnerList(list as unknown as Parameters<typeof serializeInnerList>[0]);
}
