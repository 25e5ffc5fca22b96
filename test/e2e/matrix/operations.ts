import { stallCodeFromNumber } from '../../../src/kernel/stall-code';
import { buildOpenApi } from '../../../src/platform/http/openapi';
import type { Permission } from '../../../src/kernel/permissions';
import type { TestApp } from '../app';
import type { World } from './world';

export type Audience = 'public' | 'staff' | 'bank' | 'vendor';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
}

/** One operation of the OpenAPI document, as the matrix calls it. */
export interface OperationToCall {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly audience: Audience;
  readonly permission: Permission | undefined;
  readonly parameters: readonly Parameter[];
  /** Media type and example of the body, as the document gives them. */
  readonly body: { readonly type: string; readonly example: unknown } | undefined;
}

interface Documented {
  readonly operationId: string;
  readonly security?: Readonly<Record<string, unknown>>[];
  readonly 'x-permission'?: Permission;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
}

const AUDIENCES: Readonly<Record<string, Audience>> = { session: 'staff', httpSignature: 'bank', vendorLink: 'vendor' };

/** Every operation that the process serves, from the document that it describes itself with. */
export function operationsOf({ app }: TestApp): OperationToCall[] {
  const { paths } = buildOpenApi(app) as unknown as { paths: Record<string, Record<string, Documented>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      audience: AUDIENCES[Object.keys(operation.security?.[0] ?? {})[0] ?? ''] ?? 'public',
      permission: operation['x-permission'],
      parameters: operation.parameters ?? [],
      body: bodyOf(operation),
    })),
  );
}

function bodyOf({ requestBody }: Documented): OperationToCall['body'] {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  return type === undefined ? undefined : { type, example: media?.example };
}

/**
 * Which thing of a world the id in a path is. An operation whose path holds an id that is not listed here, neither as
 * scoped nor as belonging to nobody, fails the matrix: a new endpoint cannot be forgotten.
 */
const IDS: readonly (readonly [RegExp, keyof World])[] = [
  [/^\/api\/v1\/markets\/\{code\}/, 'marketCode'],
  [/^\/api\/v1\/stalls\/\{stallCode\}/, 'stallCode'],
  [/^\/api\/v1\/vendors\/\{id\}/, 'vendorId'],
  [/^\/api\/v1\/accounts\/\{id\}/, 'accountId'],
  [/^\/api\/v1\/leases\/\{id\}/, 'leaseId'],
  [/^\/api\/v1\/(?:mine\/)?consents\/\{id\}/, 'consentId'],
  [/^\/api\/v1\/qr-issues\/\{serial\}/, 'serial'],
  [/^\/api\/v1\/card-packs\/\{id\}/, 'packId'],
  [/^\/api\/v1\/approvals\/\{id\}/, 'approvalId'],
  [/^\/api\/v1\/data-requests\/\{id\}/, 'dataRequestId'],
  [/^\/api\/v1\/periods\/\{id\}/, 'periodId'],
];

/** Ids of what is nobody's in particular: the directory, and what only people of the whole system may see. */
const UNSCOPED: readonly RegExp[] = [
  /^\/api\/v1\/administrative-units\/\{code\}/,
  // A bank's submission is of the whole country: every department may look at it, and nobody of a commune or market.
  /^\/api\/v1\/submissions\/\{id\}/,
  // People, keys and the trail are of the installation, which is one department's.
  /^\/api\/v1\/(?:staff|audit-entries)\/\{id\}/,
  /^\/api\/v1\/bank-clients\/\{bin\}/,
  /^\/api\/v1\/holidays\/\{day\}/,
  /^\/api\/v1\/retention\/\{rule\}/,
  // One's own, by the session: sessions and passkeys of others are not there (own-account.spec.ts).
  /^\/api\/v1\/me\//,
];

/** What the id in the path names; null without one. @throws Error for an id that nobody has told the matrix about */
export function subjectOf({ path }: Pick<OperationToCall, 'path'>): keyof World | null {
  if (!path.includes('{')) return null;
  const known = IDS.find(([pattern]) => pattern.test(path));
  if (known) return known[1];
  if (UNSCOPED.some((pattern) => pattern.test(path))) return null;
  throw new Error(`test/e2e/matrix/operations.ts does not know whose the id in ${path} is`);
}

/** Query parameters and body properties that name things of a world. */
const REFERENCES: Readonly<Record<string, keyof World>> = {
  marketCode: 'marketCode',
  vendorId: 'vendorId',
  accountId: 'accountId',
  accountIds: 'accountId',
  zoneId: 'zoneId',
  stallCode: 'stallCode',
  stallCodes: 'stallCode',
  communeCode: 'communeCode',
};

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly type: string | undefined;
  readonly body: unknown;
}

const ABSENT = '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11';

/** Ids of the right shape that nothing has. */
export const NOWHERE: Readonly<Partial<Record<keyof World, string>>> = {
  marketCode: 'NOWHERE9',
  stallCode: stallCodeFromNumber(987_654_321n),
  serial: 'QR-000000-0',
  vendorId: ABSENT,
  accountId: ABSENT,
  leaseId: ABSENT,
  consentId: ABSENT,
  packId: ABSENT,
  approvalId: ABSENT,
  dataRequestId: ABSENT,
  periodId: ABSENT,
  zoneId: ABSENT,
};

type Names = Readonly<Partial<Record<keyof World, string | readonly string[]>>>;

/** The call with the path's id from `subject` and everything that body or query name from `references`. */
export function callOf(operation: OperationToCall, subject: Names, references: Names): Call {
  const name = subjectOf(operation);
  const path = operation.path.replace(/\{[^}]+\}/, () => [(name && subject[name]) ?? ABSENT].flat().join());
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query' && REFERENCES[parameter.name] === 'marketCode')
    .map((parameter) => `${parameter.name}=${String(references.marketCode)}`);
  return {
    method: operation.method,
    path: path + (query.length > 0 ? `?${query.join('&')}` : ''),
    type: operation.body?.type,
    body: withReferences(operation.body?.example, references),
  };
}

/** Whether body or query name things of a world. */
export function hasReferences({ body, parameters }: OperationToCall): boolean {
  const named = Object.keys((body?.example ?? {}) as object);
  return [...named, ...parameters.map(({ name }) => name)].some((name) => name !== 'communeCode' && name in REFERENCES);
}

function withReferences(example: unknown, names: Names): unknown {
  if (typeof example !== 'object' || example === null || Array.isArray(example)) return example;
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => {
      const reference = REFERENCES[name];
      const own = reference && names[reference];
      if (own === undefined) return [name, value];
      return [name, Array.isArray(value) ? [own] : own];
    }),
  );
}
