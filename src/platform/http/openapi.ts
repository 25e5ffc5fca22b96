import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { exampleOf, type JsonSchema } from './openapi-example';
import { problemSchema } from './problem';

type Media = { schema?: JsonSchema; example?: unknown; examples?: unknown };
type Documented = {
  responses: Record<string, { description: string; content?: Record<string, Media>; $ref?: string }>;
  requestBody?: { content: Record<string, Media> };
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI 3.1 document of everything the process serves; the same on every machine. */
export function buildOpenApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Chợ 4.0')
    .setDescription(
      'Markets, stalls, payment codes and the daily summaries that banks report. Amounts are strings of digits in ' +
        'whole đồng; days are calendar days in Asia/Ho_Chi_Minh; errors are RFC 9457 problem documents with a stable code.',
    )
    .setVersion('1')
    .setLicense('Proprietary', 'https://example.invalid/license')
    .addServer('/')
    .addCookieAuth('__Host-session', { type: 'apiKey', in: 'cookie' }, 'session')
    .addSecurity('httpSignature', {
      type: 'http',
      scheme: 'signature',
      description: 'RFC 9421 HTTP Message Signatures with hmac-sha256 or ed25519; see docs/bank-guide.md',
    })
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'X-Vendor-Link', description: 'The secret of a vendor’s own link' },
      'vendorLink',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config, { standardSchemaConverter: convertSchema });
  const { components } = convertSchema(problemSchema, { schemaType: 'output' });
  const schemas = { ...document.components?.schemas, ...components } as Record<string, JsonSchema>;
  document.components = { ...document.components, schemas: schemas as never };
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method] as Documented | undefined;
      if (operation) complete(operation, schemas);
    }
  }
  return document;
}

/** zod to JSON Schema 2020-12; schemas with an id become components. */
function convertSchema(
  schema: unknown,
  options: { schemaType: 'input' | 'output' },
): { schema: JsonSchema; components: Record<string, JsonSchema> } {
  const { $defs, $schema, id, ...body } = z.toJSONSchema(schema as z.ZodType, {
    target: 'draft-2020-12',
    io: options.schemaType,
    unrepresentable: 'any',
  }) as JsonSchema & { $schema?: string; id?: string };
  void $schema;
  const components = Object.fromEntries(Object.entries($defs ?? {}).map(([name, def]) => [name, withoutId(def)]));
  if (!id) return { schema: body, components };
  return { schema: { $ref: `#/components/schemas/${id}` }, components: { ...components, [id]: body } };
}

function withoutId(schema: JsonSchema): JsonSchema {
  const { id, ...rest } = schema as JsonSchema & { id?: string };
  void id;
  return rest;
}

/** Every operation tells its refusals and shows an example of what goes in and what comes out. */
function complete(operation: Documented, components: Record<string, JsonSchema>): void {
  operation.responses.default ??= {
    description: 'Refused, or failed: a problem document',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  const bodies = [operation.requestBody, ...Object.values(operation.responses)];
  for (const media of bodies.flatMap((body) => Object.values(body?.content ?? {}))) {
    if (!media.schema || media.example !== undefined || media.examples !== undefined) continue;
    if (media.schema.format === 'binary') continue;
    media.example = exampleOf(media.schema, components);
  }
}
