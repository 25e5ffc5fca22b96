import fc from 'fast-check';
import type { JsonSchema } from '../../src/platform/http/openapi-example';
import type { DocumentedBody, DocumentedParameter } from './documented';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Path = readonly (string | number)[];

const LONG = 100_000;
const FAR_INTEGERS = [-1, 0, 2 ** 31, 2 ** 53, -(2 ** 63), 1e21];

/** Bodies that the schema does not allow, each made from one that it does by one to three faults. */
export function spoiledBodies({ schema, isValid }: DocumentedBody, example: unknown): fc.Arbitrary<Json> {
  const good = example as Json;
  return fc
    .oneof(
      { weight: 12, arbitrary: spoiledOnce(schema, good) },
      { weight: 4, arbitrary: spoiledOnce(schema, good).chain((once) => spoiledOnce(schema, once)) },
      { weight: 1, arbitrary: fc.jsonValue().map((value) => value as Json) },
    )
    .map((value) => JSON.parse(JSON.stringify(value)) as Json)
    .filter((value) => !isValid(value));
}

function spoiledOnce(schema: JsonSchema, value: Json): fc.Arbitrary<Json> {
  return fc.constantFrom(...placesIn(value)).chain((path) => spoiledAt(schema, value, path));
}

/** Every place in a value, itself included. */
function placesIn(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path];
  const entries = Array.isArray(value) ? value.slice(0, 3).entries() : Object.entries(value);
  return [path, ...[...entries].flatMap(([name, part]) => placesIn(part, [...path, name]))];
}

function spoiledAt(schema: JsonSchema, value: Json, path: Path): fc.Arbitrary<Json> {
  const [part, rule] = [partAt(value, path), ruleAt(schema, path)];
  const faults: fc.Arbitrary<Json>[] = [strangers(rule, part).map((stranger) => replaced(value, path, () => stranger))];
  if (path.length > 0) faults.push(fc.constant(replaced(value, path, () => undefined)));
  if (isRecord(part))
    faults.push(surplus().map(([name, extra]) => replaced(value, path, () => ({ ...part, [name]: extra }))));
  return fc.oneof(...faults);
}

/** What does not belong where `rule` holds. */
function strangers(rule: JsonSchema, part: Json): fc.Arbitrary<Json> {
  const others: fc.Arbitrary<Json>[] = [
    fc.constantFrom<Json>(null, true, false, '', ' ', [], {}, 0, -1, 0.5, 'null', '0', { $ne: null }, [null]),
    fc.constantFrom<Json>(...FAR_INTEGERS),
    fc.string({ unit: 'grapheme' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.jsonValue({ maxDepth: 3 }).map((value) => value as Json),
  ];
  const { maxLength, minLength, maximum, minimum, maxItems } = rule as Readonly<Record<string, number | undefined>>;
  if (typeof part === 'string') others.push(twisted(part));
  if (maxLength !== undefined)
    others.push(fc.integer({ min: 1, max: LONG }).map((more) => 'x'.repeat(maxLength + more)));
  if (minLength) others.push(fc.integer({ min: 0, max: minLength - 1 }).map((length) => 'x'.repeat(length)));
  if (maximum !== undefined) others.push(fc.integer({ min: 1, max: 1_000 }).map((more) => maximum + more));
  if (minimum !== undefined) others.push(fc.integer({ min: 1, max: 1_000 }).map((less) => minimum - less));
  if (maxItems !== undefined && maxItems < 10_000 && Array.isArray(part)) {
    others.push(fc.constant(Array<Json>(maxItems + 1).fill(part[0] ?? null)));
  }
  return fc.oneof(...others);
}

/** Almost the text that is right. */
function twisted(text: string): fc.Arbitrary<Json> {
  const fullWidth = text.replaceAll(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  return fc.oneof(
    fc.constantFrom<Json>(text.toUpperCase(), text.toLowerCase(), ` ${text}`, `${text} `, `${text}x`, `x${text}`),
    fc.constantFrom<Json>(text.slice(1), text.slice(0, -1), fullWidth, [text], Number(text) || 1, `${text}\n`),
    fc
      .nat(Math.max(0, text.length - 1))
      .chain((at) =>
        fc
          .string({ unit: 'binary', minLength: 1, maxLength: 1 })
          .map((other) => text.slice(0, at) + other + text.slice(at + 1)),
      ),
  );
}

/** A property that nobody has asked for. */
function surplus(): fc.Arbitrary<[string, Json]> {
  const names = fc.oneof(
    fc.constantFrom('id', 'state', 'role', 'isAdmin', 'createdAt', 'version', 'provinceCode', 'approvedBy', 'x'),
    fc.string({ minLength: 1, maxLength: 20 }).filter((name) => name !== '__proto__'),
  );
  return fc.tuple(
    names,
    fc.jsonValue({ maxDepth: 1 }).map((value) => value as Json),
  );
}

/** A query as pairs, since names may stand in it twice. */
export type Query = readonly (readonly [name: string, value: string])[];

/** Queries that the document does not allow: one parameter wrong, twice, in brackets, missing, or unheard of. */
export function spoiledQueries(parameters: readonly DocumentedParameter[], good: Query): fc.Arbitrary<Query> {
  const without = (name: string): Query => good.filter(([other]) => other !== name);
  const of = (parameter: DocumentedParameter): fc.Arbitrary<Query> => {
    const { name, required, schema, isValid } = parameter;
    const value = exampleText(schema);
    const wrong = addressTexts(schema).filter((text) => !isValid(text));
    const repeated = fc.constant<Query>([...without(name), [name, value], [name, value]]);
    const bracketed = fc.constantFrom(`${name}[]`, `${name}[x]`, `${name}[__proto__]`, `${name}.x`);
    const faults: fc.Arbitrary<Query>[] = [repeated, bracketed.map((other) => [...good, [other, value]])];
    if (hasWrongTexts(schema)) faults.push(wrong.map((text) => [...without(name), [name, text]]));
    if (required) faults.push(fc.constant(without(name)));
    return fc.oneof(...faults);
  };
  const known = new Set(parameters.map(({ name }) => name));
  const strange = surplus()
    .filter(([name]) => !known.has(name) && isText(name))
    .map(([name, value]): Query => [...good, [name, JSON.stringify(value)]]);
  return fc.oneof(strange, ...parameters.map(of));
}

/** The example of a parameter as it stands in an address. */
export function exampleText({ example = 'x' }: JsonSchema): string {
  return typeof example === 'string' ? example : JSON.stringify(example);
}

/** Whether there is a text that the schema does not allow: a free text without limits takes all of them. */
function hasWrongTexts({ type, pattern, enum: values, maxLength, format }: JsonSchema): boolean {
  return type !== 'string' || [pattern, values, maxLength, format].some((limit) => limit !== undefined);
}

/** Ids that nothing has, most of them of no id's shape. */
export function strangeIds({ schema, isValid }: DocumentedParameter, good: string): fc.Arbitrary<string> {
  const shapeless = addressTexts(schema).filter((text) => text !== '' && text !== '.' && text !== '..');
  return shapeless.filter((text) => !isValid(text) || !isAlike(text, good));
}

function isAlike(text: string, good: string): boolean {
  return (
    text
      .normalize('NFKC')
      .replaceAll(/[^\p{L}\p{N}]/gu, '')
      .toUpperCase() === good.replaceAll(/[^A-Z0-9]/gi, '').toUpperCase()
  );
}

/** Texts as they may stand in an address. */
function addressTexts({ maxLength, maximum }: JsonSchema): fc.Arbitrary<string> {
  const texts: fc.Arbitrary<string>[] = [
    fc.constantFrom('undefined', 'null', 'NaN', '1e3', '-1', '0x10', '9223372036854775808', '1.5', '٣', '１', ' ', ''),
    fc.constantFrom(
      "' OR 1=1 --",
      '../../etc/passwd',
      '%',
      '_',
      '%00',
      '{{7*7}}',
      '<script>',
      'true',
      '*',
      '2026-02-31',
    ),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => isText(text)),
    fc.uuid().map((id) => id.replace(/^./, 'g')),
  ];
  if (typeof maxLength === 'number')
    texts.push(fc.integer({ min: 1, max: 200 }).map((more) => 'x'.repeat(maxLength + more)));
  if (typeof maximum === 'number') texts.push(fc.integer({ min: 1, max: 1_000 }).map((more) => String(maximum + more)));
  return fc.oneof(...texts);
}

/** Half a character cannot stand in an address. */
function isText(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function isRecord(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function partAt(value: Json, path: Path): Json {
  return path.reduce<Json>((part, name) => (part as Record<string | number, Json>)[name] ?? null, value);
}

/** The schema of a place; of several choices the first that knows it. */
function ruleAt(schema: JsonSchema, path: Path): JsonSchema {
  const choices = schema.anyOf ?? schema.oneOf ?? [];
  const [name, ...rest] = path;
  if (name === undefined) return { ...choices[0], ...schema };
  for (const choice of [schema, ...choices]) {
    const inner = typeof name === 'number' ? choice.items : choice.properties?.[name];
    if (inner) return ruleAt(inner, rest);
  }
  return {};
}

/** A copy with the part at `path` changed; undefined takes it away. */
function replaced(value: Json, path: Path, change: () => Json | undefined): Json {
  const [name, ...rest] = path;
  if (name === undefined) return change() ?? null;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, Json>;
  if (rest.length > 0) copy[name] = replaced(copy[name] ?? null, rest, change);
  else {
    const part = change();
    if (part !== undefined) copy[name] = part;
    else if (Array.isArray(copy)) copy.splice(Number(name), 1);
    else delete copy[name];
  }
  return copy as Json;
}
