/** RFC 9457 problem details as every endpoint answers them (platform/http/problem.ts). */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Stable; the console matches on it. */
  readonly code: string;
  /** Read over the phone to support. */
  readonly traceId?: string;
  readonly errors?: readonly FieldError[];
}

export interface FieldError {
  readonly pointer?: string;
  readonly line?: number;
  readonly column?: string;
  readonly code: string;
  readonly message: string;
}

/** A refused or failed request. `status` 0: no answer came at all. */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'ApiProblem';
  }

  get status(): number {
    return this.problem.status;
  }
}

/** No answer: the network, a proxy, or the server being restarted. The sentences stand in the dictionary. */
export function unreachable(): ApiProblem {
  return new ApiProblem({ title: '', detail: '', status: 0, code: 'unreachable' });
}

/** Whether a body is a problem document; what stands between us and the server answers in its own ways. */
export function isProblemBody(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body && 'detail' in body;
}
