import { type Call, callOf, type OperationToCall } from '../e2e/matrix/operations';
import type { World } from '../e2e/matrix/world';
import type { FuzzRequest } from './callers';
import type { DocumentedOperation } from './documented';
import { exampleText, type Query } from './spoil';

/** A request that the document allows, in the parts that can be spoiled. */
export interface GoodRequest {
  readonly method: string;
  /** Of the path, one of them the id where the template has `{id}`. */
  readonly segments: readonly string[];
  /** The same of the template. */
  readonly template: readonly string[];
  readonly query: Query;
  /** As the document's example has it, naming things that are there; undefined without a JSON body. */
  readonly json: unknown;
  readonly body: string | undefined;
  readonly type: string;
}

const ABSENT = '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11';

/** Query parameters without which an operation would keep what it is sent. */
const ALWAYS: Readonly<Record<string, Query>> = { postSubmission: [['dryRun', 'true']] };

/** @throws Error when the document's own example is not valid */
export function goodRequest({ operation, parameters, body }: DocumentedOperation, world: World): GoodRequest {
  const call = goodCall(operation, world);
  if (body && !body.isValid(call.body)) throw new Error(`the example of ${operation.id} is not valid`);
  const required = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const isList = call.type !== undefined && !body;
  return {
    method: operation.method,
    segments: (call.path.split('?', 1)[0] ?? '').split('/'),
    template: operation.path.split('/'),
    query: ALWAYS[operation.id] ?? required.map(({ name, schema }) => [name, exampleText(schema)] as const),
    json: body && call.body,
    body: isList ? 'Mã chợ,Tên chợ' : body && JSON.stringify(call.body),
    type: isList ? 'text/csv' : 'application/json',
  };
}

/** An id that the matrix has not been told about is one that nothing has: the matrix itself complains of it. */
function goodCall(operation: OperationToCall, world: World): Call {
  try {
    return callOf(operation, world, world);
  } catch {
    return callOf({ ...operation, path: operation.path.replaceAll(/\{[^}]+\}/g, ABSENT) }, world, world);
  }
}

/** The request with some of its parts changed. */
export function requestWith(
  good: GoodRequest,
  { segments = good.segments, query = good.query, body = good.body }: Partial<GoodRequest> = {},
): FuzzRequest {
  return { method: good.method, path: segments.join('/') + textOf(query), body, type: good.type };
}

/** The path with another text where `{name}` stands. */
export function withId({ segments, template }: GoodRequest, name: string, text: string): string[] {
  return segments.map((part, at) => (template[at] === `{${name}}` ? encodeURIComponent(text) : part));
}

function textOf(query: Query): string {
  return query.length === 0 ? '' : `?${query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`;
}
