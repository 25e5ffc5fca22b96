import { CursorInvalid, decodeCursor } from './page';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A cursor of sort keys that ends with the id of the row. @throws CursorInvalid for anything else */
export function decodeUuidCursor(cursor: string | undefined, length: number): string[] | null {
  const key = decodeCursor(cursor, length);
  if (key && !UUID.test(key.at(-1) ?? '')) throw new CursorInvalid();
  return key;
}
