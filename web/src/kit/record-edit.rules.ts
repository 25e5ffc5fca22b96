/** A record's facts as one form holds them, and the version they were read at. */
export interface Versioned<Facts> {
  readonly version: number;
  readonly facts: Facts;
}

/** What a form holds as the server stores it: texts without blanks around them, null for what is not given. */
export function tidied<Facts extends object>(typed: Facts): Facts {
  const entries = Object.entries(typed).map(([name, value]: [string, unknown]) => [name, tidiedValue(value)]);
  return Object.fromEntries(entries) as Facts;
}

function tidiedValue(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  return value.trim() || null;
}

/** The fields of `after` that differ from `before`, with their values in `after`. */
export function changesBetween<Facts extends object>(before: Facts, after: Facts): Partial<Facts> {
  const names = Object.keys(after) as (keyof Facts)[];
  const changed = names.filter((name) => (before[name] ?? null) !== (after[name] ?? null));
  return Object.fromEntries(changed.map((name) => [name, after[name]])) as Partial<Facts>;
}

/**
 * What is typed, put on top of a newer version of the record: the fields touched here stay as typed, the others follow
 * the newer version. `theirs` is what somebody else has changed meanwhile.
 */
export function rebased<Facts extends object>(
  base: Facts,
  latest: Facts,
  typed: Facts,
): { readonly values: Facts; readonly theirs: Partial<Facts> } {
  return { values: { ...latest, ...changesBetween(base, typed) }, theirs: changesBetween(base, latest) };
}
