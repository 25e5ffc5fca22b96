import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanText } from '../../src/kernel/text';
import type { JsonSchema } from '../../src/platform/http/openapi-example';
import type { Answer } from '../e2e/answers';
import type { TestApp } from '../e2e/app';
import type { ConsoleClient } from '../e2e/console-client';
import { type DocumentedOperation, documentedOperations } from '../fuzz/documented';

const FOLDER = join(__dirname, '..', 'fixtures', 'markup');

/** Markup, templates, formulas, SQL and letters that deceive: none of it may ever be more than text. */
export const CORPUS: readonly string[] = readdirSync(FOLDER)
  .sort()
  .flatMap((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as string[]);

/** Texts that prove, name or sign something: never shown as somebody wrote them. */
const NO_PROSE = new Set([
  ...['email', 'token', 'code', 'publicKey', 'accountNumber', 'returnPath', 'stallCodes', 'stallCode', 'networks'],
  ...['password', 'attestation', 'assertion', 'link'],
]);

const ALIASES = 18;

/** Fields that hold less than the sixty characters of the longest text. */
const SHORT: Readonly<Record<string, number>> = { number: 40, textVersion: 40 };

/** Puts the corpus into every text that the API takes, and remembers what went where. */
export class MarkupPlanting {
  /** `operation.field` → the texts it has been sent. */
  readonly planted = new Map<string, Set<string>>();
  private readonly operations: ReadonlyMap<string, DocumentedOperation>;
  private used = 0;
  private readonly named = new Map<string, number>();

  constructor(testApp: TestApp) {
    this.operations = new Map(documentedOperations(testApp).map((one) => [one.operation.id, one]));
  }

  /** Every field of the document that takes a text of somebody's own. */
  fields(): string[] {
    return [...this.operations].flatMap(([id, { body }]) => proseOf(body?.schema).map((name) => `${id}.${name}`));
  }

  /** Sends the document's example with the next texts of the corpus in it. @throws Error unless it is taken */
  async plant(
    client: Pick<ConsoleClient, 'send'>,
    id: string,
    params: Readonly<Record<string, string>> = {},
    change: Readonly<Record<string, unknown>> = {},
  ): Promise<Answer> {
    const { operation, body: documented } = this.operations.get(id) ?? {};
    if (!operation) throw new Error(`there is no operation ${id}`);
    const texts = proseOf(documented?.schema).filter((name) => !(name in change));
    const written = Object.fromEntries(texts.map((name) => [name, this.textFor(`${id}.${name}`, name)]));
    const body = { ...(operation.body?.example as object), ...written, ...change };
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => params[name] ?? '');
    const answer = await client.send(operation.method, path, body, { 'if-match': `"${params.version ?? '1'}"` });
    if (answer.status >= 300) throw new Error(`${id} answered ${answer.status}: ${answer.bytes.toString()}`);
    return answer;
  }

  private textFor(field: string, name: string): string | string[] {
    const room = SHORT[name] ?? Infinity;
    const texts = name === 'aliases' ? this.nextAliases(field) : [this.next(room)];
    const known = this.planted.get(field) ?? new Set();
    for (const text of texts) known.add(text);
    this.planted.set(field, known);
    return name === 'aliases' ? texts : (texts[0] ?? '');
  }

  /** A market shows all of its other names: four of them show the whole corpus. */
  private nextAliases(field: string): string[] {
    const from = this.named.get(field) ?? 0;
    this.named.set(field, from + ALIASES);
    return Array.from({ length: ALIASES }, (_, at) => CORPUS[(from + at) % CORPUS.length] as string);
  }

  /** The next text that has room; every one has its turn. */
  next(room = Infinity): string {
    for (;;) {
      const text = CORPUS[this.used % CORPUS.length] as string;
      this.used += 1;
      if (cleanText(text).length <= room) return text;
    }
  }
}

/** Names of the properties that take free text: strings without a shape, alone or in a list. */
function proseOf(schema: JsonSchema | undefined): string[] {
  const choices = [schema, ...(schema?.anyOf ?? []), ...(schema?.oneOf ?? [])];
  const properties = Object.assign({}, ...choices.map((choice) => choice?.properties ?? {})) as Record<
    string,
    JsonSchema
  >;
  return Object.entries(properties)
    .filter(([name, property]) => !NO_PROSE.has(name) && isProse(property))
    .map(([name]) => name);
}

function isProse(schema: JsonSchema): boolean {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.some(isProse);
  if (schema.type === 'array') return isProse(schema.items ?? {});
  const { type, pattern, format, enum: values, const: constant } = schema;
  return type === 'string' && [pattern, format, values, constant].every((limit) => limit === undefined);
}
