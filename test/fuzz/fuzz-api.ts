import fc from 'fast-check';
import type { TestApp } from '../e2e/app';
import { makeWorld } from '../e2e/matrix/world';
import { Callers, type FuzzRequest, sendInside } from './callers';
import { type DocumentedOperation, documentedOperations } from './documented';
import { goodRequest } from './good-request';
import { invalidRequests } from './invalid-requests';
import { codeOf, whatIsWrong } from './refusals';

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
  const callers = new Callers(testApp, world);
  const [operations, withoutInput]: [OperationReport[], string[]] = [[], []];
  for (const one of documented) {
    const requests = invalidRequests(one, goodRequest(one, world));
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
  testApp: TestApp,
  { operation }: DocumentedOperation,
  requests: fc.Arbitrary<FuzzRequest>,
  { callers, runs, seed }: Driving,
): Promise<OperationReport> {
  const caller = await callers.of(operation);
  const codes: Record<string, number> = {};
  let last = '';
  const property = fc.asyncProperty(requests, async (request) => {
    const answer = await sendInside(testApp, caller(request));
    const code = codeOf(answer);
    codes[code] = (codes[code] ?? 0) + 1;
    const wrong = whatIsWrong(answer, code);
    if (wrong)
      last = `${wrong}: ${request.method} ${request.path.slice(0, 500)} ${String(request.body ?? '').slice(0, 2_000)}`;
    return wrong === null;
  });
  const { failed, numRuns, errorInstance } = await fc.check(property, { numRuns: runs, seed, endOnFailure: true });
  const finding = failed ? last || String(errorInstance) : null;
  return { id: operation.id, requests: numRuns, codes, finding };
}
