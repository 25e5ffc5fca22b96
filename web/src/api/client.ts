import { client } from './generated/client.gen';
import { ApiProblem, isProblemBody, unreachable } from './problem';

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
  client.setConfig({ baseUrl: '', credentials: 'same-origin' });
  client.interceptors.request.use((request) => {
    request.headers.set('Accept-Language', state.language);
    if (request.method !== 'GET') request.headers.set('X-CSRF-Token', state.csrfToken);
    return request;
  });
  client.interceptors.error.use((error, response) => problemOf(error, response));
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
