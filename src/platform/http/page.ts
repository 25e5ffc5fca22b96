import { z } from 'zod';
import { isBusinessDay } from '../../kernel/business-day';
import { DomainError } from '../../kernel/errors';

/** A whole number in a query: digits only, where `Number` would also read `1e3`, `0x10`, spaces and nothing at all. */
export function queryInteger<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((given) => (typeof given === 'string' && DIGITS.test(given) ? Number(given) : given), schema);
}

const DIGITS = /^(?:0|[1-9][0-9]{0,8})$/;

/** Query parameters of every list. */
export const pageQuery = {
  cursor: z.string().max(1_000).optional().meta({ description: 'nextCursor of the page before' }),
  limit: queryInteger(z.int().min(1).max(200)).default(50).meta({ description: 'Rows per page, 1–200', example: 50 }),
};

/** A page of a keyset-paged list: `nextCursor` is null on the last page, `total` counts all that match. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().meta({ description: 'Pass as cursor; null on the last page', example: null }),
    total: z.int().meta({ description: 'All rows that match, over all pages', example: 124 }),
  });
}

export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
  readonly total: number;
}

export class CursorInvalid extends DomainError {
  constructor() {
    super('malformed', 'cursor_invalid', {
      vi: 'Con trỏ trang không hợp lệ; hãy mở lại danh sách từ đầu.',
      en: 'The page cursor is not valid; open the list from its beginning.',
    });
  }
}

/** The sort key of a page's last row, opaque to the caller. */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Whether a part of a cursor is what it should be; a regular expression is one. */
export interface CursorPart {
  test(part: string): boolean;
}

/** What a part of a cursor may look like, where PostgreSQL would not take every text. */
export const CURSOR_PART = {
  text: /^[^\0]*$/s,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  integer: /^[0-9]{1,9}$/,
  bigint: /^[0-9]{1,18}$/,
  day: { test: isBusinessDay },
  instant: { test: isInstant },
} as const satisfies Record<string, CursorPart>;

/** As `toISOString` writes it; PostgreSQL refuses the 31st of February, where `Date` goes on to March. */
function isInstant(part: string): boolean {
  return /^[12][0-9]{3}-/.test(part) && !Number.isNaN(Date.parse(part)) && new Date(part).toISOString() === part;
}

/**
 * The sort key that {@link encodeCursor} wrote, null without a cursor.
 * @param parts the number of parts, or the shape of each
 * @throws CursorInvalid for every altered one
 */
export function decodeCursor(cursor: string | undefined, parts: number | readonly CursorPart[]): string[] | null {
  if (cursor === undefined) return null;
  const shapes = typeof parts === 'number' ? Array<CursorPart>(parts).fill(CURSOR_PART.text) : parts;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const fits = Array.isArray(key) && key.length === shapes.length && key.every((part) => typeof part === 'string');
    if (fits && key.every((part, i) => shapes[i]?.test(part)) && encodeCursor(key) === cursor) return key;
  } catch {
    // Not JSON: refused below like every other altered cursor.
  }
  throw new CursorInvalid();
}

/** Cuts the row that was read beyond `limit` and makes the cursor from the last one shown. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  options: { limit: number; total: number; key: (row: Row) => readonly string[]; item: (row: Row) => Item },
): Page<Item> {
  const shown = rows.slice(0, options.limit);
  const last = shown.at(-1);
  const more = rows.length > options.limit && last !== undefined;
  return {
    items: shown.map(options.item),
    nextCursor: more ? encodeCursor(options.key(last)) : null,
    total: options.total,
  };
}
