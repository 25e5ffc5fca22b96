import { types, type CustomTypesConfig } from 'pg';

/** Object identifiers of PostgreSQL's own types (pg_type.oid); fixed for ever. */
const OID = { int8: 20, int8Array: 1016, date: 1082, dateArray: 1182, textArray: 1009, timestamp: 1114 } as const;

type TextParser = (text: string) => unknown;

/**
 * How columns become values, decided once for the whole system:
 * - `bigint` → bigint (exact past 2^53; `count(*)` and đồng alike);
 * - `numeric` → text: `sum(bigint)` is numeric, so write `sum(x)::bigint`;
 * - `date` → `YYYY-MM-DD` text, never a `Date` (a local midnight would move the day);
 * - `timestamptz` → `Date`, the UTC instant; `timestamp` → text, because it names no instant and no table uses it.
 */
const OWN: ReadonlyMap<number, TextParser> = new Map<number, TextParser>([
  [OID.int8, BigInt],
  [OID.int8Array, (text) => textItems(text).map((item) => (item === null ? null : BigInt(item)))],
  [OID.date, String],
  [OID.dateArray, textItems],
  [OID.timestamp, String],
]);

/** Given to our own pools and clients only: `pg`'s global parsers stay as other libraries expect them. */
export const columnTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : OWN.get(oid)) ?? builtIn(oid, format)) as CustomTypesConfig['getTypeParser'],
};

function textItems(text: string): (string | null)[] {
  return builtIn(OID.textArray)(text) as (string | null)[];
}

/** `pg`'s own parser; its types list only the best known identifiers. */
function builtIn(oid: number, format?: string): TextParser {
  return (types.getTypeParser as (oid: number, format?: string) => TextParser)(oid, format);
}
