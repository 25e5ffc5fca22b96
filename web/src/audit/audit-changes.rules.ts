type Recorded = Readonly<Record<string, unknown>> | null;

/** One field of a record, before and after. A value is null where the field was not recorded on that side. */
export interface ChangedField {
  /** Its path: `name`, `payload.accountId`. */
  readonly field: string;
  readonly before: FieldValue | null;
  readonly after: FieldValue | null;
  readonly isChanged: boolean;
}

export type FieldValue =
  { readonly kind: 'none' } | { readonly kind: 'yes' | 'no' } | { readonly kind: 'text'; readonly text: string };

/** Deeper than this an object is shown as it was written. */
const MAX_DEPTH = 3;

/** What the entry says of each field, in the order in which it names them. */
export function changesOf(before: Recorded, after: Recorded): ChangedField[] {
  const [was, is] = [flat(before), flat(after)];
  const fields = [...new Set([...was.keys(), ...is.keys()])];
  return fields.map((field) => {
    const [former, present] = [was.get(field) ?? null, is.get(field) ?? null];
    const isChanged = before !== null && after !== null && textOf(former) !== textOf(present);
    return { field, before: former, after: present, isChanged };
  });
}

function flat(recorded: Recorded): Map<string, FieldValue> {
  const values = new Map<string, FieldValue>();
  const add = (path: string, value: unknown, depth: number): void => {
    if (isObject(value) && depth < MAX_DEPTH && Object.keys(value).length > 0) {
      for (const [name, inner] of Object.entries(value)) add(path ? `${path}.${name}` : name, inner, depth + 1);
    } else if (path) values.set(path, valueOf(value));
  };
  add('', recorded ?? {}, 0);
  return values;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueOf(value: unknown): FieldValue {
  if (value === null || value === undefined || value === '') return { kind: 'none' };
  if (typeof value === 'boolean') return { kind: value ? 'yes' : 'no' };
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return listOf(value);
  return { kind: 'text', text: JSON.stringify(value) };
}

function listOf(items: readonly unknown[]): FieldValue {
  return items.length === 0 ? { kind: 'none' } : { kind: 'text', text: items.map(String).join(', ') };
}

function textOf(value: FieldValue | null): string {
  if (value === null) return '';
  return value.kind === 'text' ? `text ${value.text}` : value.kind;
}
