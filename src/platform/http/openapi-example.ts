/** The part of JSON Schema that zod writes and examples are made from. */
export interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  [keyword: string]: unknown;
}

/** An example value put together from the examples of a schema's leaves; null where a leaf has none. */
export function exampleOf(schema: JsonSchema, components: Record<string, JsonSchema>, depth = 0): unknown {
  if (depth > 12) return null;
  if (schema.example !== undefined) return schema.example;
  if (schema.examples?.length) return schema.examples[0];
  if (schema.$ref) return exampleOf(components[schema.$ref.split('/').at(-1) ?? ''] ?? {}, components, depth + 1);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum?.length) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  const choice = (schema.anyOf ?? schema.oneOf ?? schema.allOf)?.[0];
  if (choice) return exampleOf(choice, components, depth + 1);
  if (schema.properties) {
    const entries = Object.entries(schema.properties);
    return Object.fromEntries(entries.map(([key, value]) => [key, exampleOf(value, components, depth + 1)]));
  }
  if (schema.items) return [exampleOf(schema.items, components, depth + 1)];
  return byType(Array.isArray(schema.type) ? schema.type[0] : schema.type, schema.format);
}

function byType(type: string | undefined, format: string | undefined): unknown {
  if (type === 'array') return [];
  if (type === 'object') return {};
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return 1;
  if (type !== 'string') return null;
  if (format === 'date-time') return '2026-10-11T01:12:30.000Z';
  if (format === 'uuid') return '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11';
  if (format === 'date') return '2026-10-10';
  return 'text';
}
