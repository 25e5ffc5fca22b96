import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import { buildOpenApi } from '../../src/platform/http/openapi';
import type { JsonSchema } from '../../src/platform/http/openapi-example';
import type { TestApp } from '../e2e/app';
import { type OperationToCall, operationsOf } from '../e2e/matrix/operations';

export interface DocumentedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: JsonSchema;
  /** Whether a value as it stands in an address is one that the document allows. */
  readonly isValid: (value: unknown) => boolean;
}

export interface DocumentedBody {
  readonly schema: JsonSchema;
  readonly isValid: (value: unknown) => boolean;
}

/** An operation with the schemas of everything that goes in. */
export interface DocumentedOperation {
  readonly operation: OperationToCall;
  readonly parameters: readonly DocumentedParameter[];
  /** Of its JSON body; absent without one. */
  readonly body: DocumentedBody | undefined;
}

interface Media {
  readonly schema?: JsonSchema;
}
interface Documented {
  readonly parameters?: readonly Omit<DocumentedParameter, 'isValid'>[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/** Shapes a valid value surely has; what has another shape is surely wrong, whatever the server knows beyond it. */
const FORMATS = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}[Tt]/,
  uuid: /^[0-9a-fA-F-]{36}$/,
  email: /@/,
  binary: true,
  password: true,
} as const;

/** Every operation of the document, with validators of our own making: the server's must agree with what it publishes. */
export function documentedOperations(testApp: TestApp): DocumentedOperation[] {
  const { paths, components } = buildOpenApi(testApp.app) as unknown as OpenApi;
  const definitions = { components };
  const [strict, coercing] = [validator(), validator({ coerceTypes: true })];
  const compile = (ajv: Ajv2020, schema: JsonSchema): ValidateFunction => ajv.compile({ ...schema, ...definitions });
  return operationsOf(testApp).map((operation) => {
    const { parameters = [], requestBody } = paths[operation.path]?.[operation.method.toLowerCase()] ?? {};
    const schema = requestBody?.content['application/json']?.schema;
    return {
      operation,
      parameters: parameters.map((parameter) => {
        const validate = compile(coercing, { type: 'object', properties: { value: parameter.schema } });
        return { ...parameter, isValid: (value: unknown) => validate({ value }) };
      }),
      body: schema && { schema: resolved(schema, components.schemas), isValid: isValidBy(compile(strict, schema)) },
    };
  });
}

function validator(options: { coerceTypes?: boolean } = {}): Ajv2020 {
  return new Ajv2020({ strict: false, formats: FORMATS, ...options });
}

function isValidBy(validate: ValidateFunction): (value: unknown) => boolean {
  return (value) => validate(value);
}

/** Follows references, so that whoever spoils a value finds the limits of each part beside it. */
function resolved(schema: JsonSchema, components: Readonly<Record<string, JsonSchema>>, depth = 0): JsonSchema {
  if (depth > 12) return {};
  if (schema.$ref) return resolved(components[schema.$ref.split('/').at(-1) ?? ''] ?? {}, components, depth + 1);
  const { properties, items } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, part]) => [name, resolved(part, components, depth + 1)]),
      ),
    }),
    ...(items && { items: resolved(items, components, depth + 1) }),
  };
}
