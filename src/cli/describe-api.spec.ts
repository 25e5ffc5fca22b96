import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from './describe-api';

interface Media {
  readonly schema?: { readonly format?: string };
  readonly example?: unknown;
  readonly examples?: unknown;
}

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly security?: unknown[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

let document: OpenAPIObject;
let operations: (readonly [name: string, operation: Operation])[];

beforeAll(async () => {
  document = await describeApi();
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => [`${method} ${path}`, operation]),
  );
});

/** Operations of which `wrong` holds, by name. */
function those(wrong: (operation: Operation) => boolean): string[] {
  return operations.filter(([, operation]) => wrong(operation)).map(([name]) => name);
}

it('docs/openapi.json is what the program serves: `npm run openapi` writes it', () => {
  const committed = readFileSync(join(__dirname, '..', '..', 'docs', 'openapi.json'), 'utf8');
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(document)));
});

it('every operation has a name of its own, a summary and a word on who may call it', () => {
  const ids = operations.map(([, { operationId }]) => operationId);
  expect(ids.length).toBeGreaterThan(30);
  expect(ids.filter((id, i) => !/^[a-z][A-Za-z]+$/.test(id ?? '') || ids.indexOf(id) !== i)).toEqual([]);
  expect(those(({ summary }) => !summary)).toEqual([]);
  expect(those(({ security }) => security === undefined)).toEqual([]);
});

it('every body and every answer shows an example, unless it is a file', () => {
  const bare = (media: Media): boolean =>
    media.example === undefined && media.examples === undefined && media.schema?.format !== 'binary';
  const forms = (name: string): boolean => name === 'multipart/form-data';
  const bodies = ({ requestBody, responses }: Operation): [string, Media][] =>
    [requestBody, ...Object.values(responses)].flatMap((body) => Object.entries(body?.content ?? {}));
  expect(those((operation) => bodies(operation).some(([name, media]) => !forms(name) && bare(media)))).toEqual([]);
});

it('every operation says how it refuses', () => {
  const problem = 'application/problem+json';
  expect(those(({ responses }) => responses.default?.content?.[problem] === undefined)).toEqual([]);
});

it('is the same however often it is made', async () => {
  expect(await describeApi()).toEqual(document);
});
