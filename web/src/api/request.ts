import { ApiProblem, problemIn, unreachable } from './problem';

type Query = Record<string, string | number | boolean | undefined>;

export interface RequestOptions {
  readonly query?: Query;
  readonly body?: unknown;
  /** A file goes as the body itself, under its own media type. */
  readonly file?: Blob;
  /** Version of the record that was read, for changes. */
  readonly ifMatch?: number;
  readonly signal?: AbortSignal;
}

type Method = 'GET' | 'POST' | 'PATCH';

const state = { csrfToken: '', language: 'vi' };

/** The proof that a write comes from this page; the session carries it. */
export function setCsrfToken(token: string): void {
  state.csrfToken = token;
}

/** The language of the server's sentences. */
export function setRequestLanguage(language: string): void {
  state.language = language;
}

/** One call of the API. @throws ApiProblem for every answer but 2xx, and for none at all. */
export async function request<Answer>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer> {
  const response = await send(method, path, options);
  if (!response.ok) throw await problemIn(response);
  if (response.status === 204) return undefined as Answer;
  return (await response.json()) as Answer;
}

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': state.language });
  if (method !== 'GET') headers.set('X-CSRF-Token', state.csrfToken);
  if (options.ifMatch !== undefined) headers.set('If-Match', `"${options.ifMatch}"`);
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  if (options.file) headers.set('Content-Type', 'text/csv');
  const body = options.file ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  try {
    return await fetch(apiUrl(path, options.query), {
      method,
      headers,
      body,
      credentials: 'same-origin',
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable();
  }
}

/** Address of a resource, also for pictures and files that the browser fetches itself. */
export function apiUrl(path: string, query: Query = {}): string {
  const parameters = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(parameters.map(([key, value]) => [key, String(value)])).toString();
  return `/api/v1${path}${search && `?${search}`}`;
}

export function isProblem(error: unknown, code: string): boolean {
  return error instanceof ApiProblem && error.problem.code === code;
}
