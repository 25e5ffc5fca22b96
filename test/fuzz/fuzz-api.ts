import fc from 'fast-check';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { TestApp } from '../e2e/app';
import { INNER_LIFE } from '../e2e/problems';
import { type Call, callOf, type OperationToCall } from '../e2e/matrix/operations';
import { makeWorld, type World } from '../e2e/matrix/world';
import { Callers, type FuzzRequest } from './callers';
import { type DocumentedOperation, documentedOperations } from './documented';
import { exampleText, type Query, spoiledBodies, spoiledQueries, strangeIds } from './spoil';

export interface FuzzOptions {
  /** Requests per operation. */
  readonly runs: number;
  readonly seed: number;
  /** The id of one operation; default all of them. */
  readonly only?: string;
}

export interface OperationReport {
  readonly id: string;
  readonly requests: number;
  /** How often each code was answered. */
  readonly codes: Readonly<Record<string, number>>;
  /** What was wrong, with the smallest request that shows it; null when nothing was. */
  readonly finding: string | null;
}

export interface FuzzReport {
  readonly seed: number;
  readonly operations: readonly OperationReport[];
  /** Operations that take nothing, so that nothing about them can be invalid. */
  readonly withoutInput: readonly string[];
}

/** Query parameters without which an operation would keep what it is sent. */
const ALWAYS: Readonly<Record<string, Query>> = { postSubmission: [['dryRun', 'true']] };

/**
 * Sends every operation requests that the OpenAPI document does not allow, as somebody who may call it. Each is made
 * from a request that would be taken, by spoiling its body, its query or its id. All must be refused by a problem
 * document with a stable code: no 2xx, no 5xx.
 */
export async function fuzzApi(testApp: TestApp, { runs, seed, only }: FuzzOptions): Promise<FuzzReport> {
  const documented = documentedOperations(testApp).filter(
    ({ operation }) => only === undefined || operation.id === only,
  );
  const world = await makeWorld(testApp, 'FUZZ0001', { provinceCode: '92', communeCode: '31510' });
  const callers = new Callers(testApp);
  const [operations, withoutInput]: [OperationReport[], string[]] = [[], []];
  for (const one of documented) {
    const requests = invalidRequests(one, world);
    if (!requests) withoutInput.push(one.operation.id);
    else operations.push(await fuzzOne(testApp, one, requests, { callers, runs, seed }));
  }
  return { seed, operations, withoutInput };
}

interface Driving {
  readonly callers: Callers;
  readonly runs: number;
  readonly seed: number;
}

async function fuzzOne(
  { app }: TestApp,
  { operation }: DocumentedOperation,
  requests: fc.Arbitrary<FuzzRequest>,
  { callers, runs, seed }: Driving,
): Promise<OperationReport> {
  const caller = await callers.of(operation);
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const codes: Record<string, number> = {};
  let last = '';
  const property = fc.asyncProperty(requests, async (request) => {
    const answer = await fastify.inject(caller(request));
    const code = codeOf(answer);
    codes[code] = (codes[code] ?? 0) + 1;
    const wrong = whatIsWrong(answer, code);
    if (wrong)
      last = `${wrong}: ${request.method} ${request.path.slice(0, 500)} ${request.body?.slice(0, 2_000) ?? ''}`;
    return wrong === null;
  });
  const { failed, numRuns, errorInstance } = await fc.check(property, { numRuns: runs, seed, endOnFailure: true });
  const finding = failed ? last || String(errorInstance) : null;
  return { id: operation.id, requests: numRuns, codes, finding };
}

/** Null for an operation without anything to spoil. */
function invalidRequests(
  { operation, parameters, body }: DocumentedOperation,
  world: World,
): fc.Arbitrary<FuzzRequest> | null {
  const call = goodCall(operation, world);
  const path = call.path.split('?', 1)[0] ?? '';
  const isList = call.type !== undefined && !body;
  const good = isList ? 'Mã chợ,Tên chợ' : typeof call.body === 'object' ? JSON.stringify(call.body) : undefined;
  if (body && !body.isValid(call.body)) throw new Error(`the example of ${operation.id} is not valid`);
  const query = ALWAYS[operation.id] ?? requiredOf(parameters);
  const [ids, queries] = [parameters.filter(isIn('path')), parameters.filter(isIn('query'))];
  const request = (its: { path?: string; query?: Query; body?: string }): FuzzRequest => ({
    method: operation.method,
    path: (its.path ?? path) + textOf(its.query ?? query),
    type: isList ? 'text/csv' : 'application/json',
    body: its.body ?? good,
  });
  const kinds: fc.WeightedArbitrary<FuzzRequest>[] = [
    ...(body
      ? [
          {
            weight: 6,
            arbitrary: spoiledBodies(body, call.body).map((value) => request({ body: JSON.stringify(value) })),
          },
        ]
      : []),
    // Any text is a list without the columns that it must have.
    ...(isList
      ? [
          {
            weight: 6,
            arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }).map((text) => request({ body: text })),
          },
        ]
      : []),
    ...(queries.length > 0
      ? [{ weight: 3, arbitrary: spoiledQueries(queries, query).map((pairs) => request({ query: pairs })) }]
      : []),
    ...ids.map((id) => ({
      weight: 1,
      arbitrary: strangeIds(id, path.split('/')[operation.path.split('/').indexOf(`{${id.name}}`)] ?? '').map((text) =>
        request({
          path: path
            .split('/')
            .map((part, at) => (operation.path.split('/')[at] === `{${id.name}}` ? encodeURIComponent(text) : part))
            .join('/'),
        }),
      ),
    })),
  ];
  return kinds.length > 0 ? fc.oneof(...kinds) : null;
}

const ABSENT = '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11';

/** An id that the matrix has not been told about is one that nothing has: the matrix itself complains of it. */
function goodCall(operation: OperationToCall, world: World): Call {
  try {
    return callOf(operation, world, world);
  } catch {
    return callOf({ ...operation, path: operation.path.replaceAll(/\{[^}]+\}/g, ABSENT) }, world, world);
  }
}

const isIn =
  (place: string) =>
  (parameter: { readonly in: string }): boolean =>
    parameter.in === place;

function requiredOf(parameters: DocumentedOperation['parameters']): Query {
  return parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema }) => [name, exampleText(schema)] as const);
}

function textOf(query: Query): string {
  return query.length === 0 ? '' : `?${query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`;
}

function codeOf(answer: LightMyRequestResponse): string {
  const isProblem = answer.headers['content-type'] === 'application/problem+json; charset=utf-8';
  return isProblem ? String(answer.json<{ code?: unknown }>().code) : `${answer.statusCode}`;
}

/** Refusals that say nothing about the request: who asks was not the one that the driver meant to be. */
const STRANGER =
  /^(?:sign_in_required|not_permitted|forbidden|csrf_|cross_site|signature_|rate_limited|step_up_|too_many_)/;

/** Null for a clear refusal. */
function whatIsWrong(answer: LightMyRequestResponse, code: string): string | null {
  const { statusCode, payload } = answer;
  if (statusCode >= 500) return `${statusCode} ${code}`;
  if (statusCode < 300) return isVerdict(payload) ? null : `taken with ${statusCode}`;
  if (!/^[a-z][a-z0-9_]+$/.test(code)) return `${statusCode} without a problem document`;
  if (STRANGER.test(code)) return `not asked as who may: ${code}`;
  const { instance, status } = answer.json<{ instance: string; status: number }>();
  if (status !== statusCode) return `${statusCode} that says ${status}`;
  return INNER_LIFE.test(payload.replace(instance, '')) ? 'tells of its inner life' : null;
}

/** A trial of a submission is answered by its verdict, which must be that it is refused. */
function isVerdict(payload: string): boolean {
  return payload.startsWith('{"verdict":"REJECTED"');
}
