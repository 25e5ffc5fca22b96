import { client } from './generated/client.gen';
import { ApiProblem, isProblemBody, unreachable } from './problem';
import { askStepUp } from './step-up-gate';

const state = { csrfToken: '', language: 'vi' };

/** The proof that a write comes from this page; the session carries it. */
export function setCsrfToken(token: string): void {
  state.csrfToken = token;
}

/** The language of the server's sentences. */
export function setRequestLanguage(language: string): void {
  state.language = language;
}

/** Every failure leaves a generated call as an {@link ApiProblem}; a request given up on stays what it is. */
export function startClient(): void {
  client.setConfig({ baseUrl: '', credentials: 'same-origin', fetch: steppingUp });
  client.interceptors.request.use((request) => {
    request.headers.set('Accept-Language', state.language);
    if (request.method !== 'GET') request.headers.set('X-CSRF-Token', state.csrfToken);
    return request;
  });
  client.interceptors.error.use((error, response) => problemOf(error, response));
}

/**
 * Where the server wants a fresh proof of who sits here, the person is asked, and the request goes out once more: nobody
 * has to press the same button twice. Uploads are not kept for that; they say what is missing.
 */
async function steppingUp(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const again = isSmall(request) ? request.clone() : null;
  const response = await fetch(request);
  if (!again || !(await wantsStepUp(response)) || !(await askStepUp())) return response;
  again.headers.set('X-CSRF-Token', state.csrfToken);
  return fetch(again);
}

function isSmall({ headers }: Request): boolean {
  const type = headers.get('content-type');
  return type === null || type.startsWith('application/json');
}

async function wantsStepUp(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return isProblemBody(body) && body.code === 'step_up_required';
}

function problemOf(error: unknown, response: Response | undefined): unknown {
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  if (!response) return unreachable();
  if (isProblemBody(error)) return new ApiProblem(error);
  const traceId = response.headers.get('x-request-id') ?? undefined;
  return new ApiProblem({ title: '', detail: '', status: response.status, code: 'unreadable_answer', traceId });
}

/** For generated calls: failures are thrown, so that TanStack Query sees them. */
export const loud = { throwOnError: true } as const;

/** Changes only the version that was read; another one is refused with `version_conflict`. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}

/** The body of a generated call's answer. */
export async function answer<Data>(call: Promise<{ data: Data }>): Promise<Data> {
  return (await call).data;
}
