import { confidential } from '../factories/confidential-values';

/** Parsed JSON of whatever shape the test expects: any path may be written, and what is there is compared. */
export interface Json {
  readonly [name: string]: Json;
}

/** An HTTP answer as tests look at it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined for answers that are not JSON. */
  readonly body: Json;
  readonly bytes: Buffer;
}

export async function answerOf(response: Response): Promise<Answer> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && bytes.length > 0;
  const body = (isJson ? JSON.parse(bytes.toString()) : undefined) as Json;
  noteSecrets(response.headers, body);
  return { status: response.status, headers: response.headers, body, bytes };
}

/** Names under which answers hand out secrets, once. */
const SECRETS = new Set(['csrfToken', 'secret', 'privateKey', 'link', 'token', 'recoveryCodes', 'uri']);

function noteSecrets(headers: Headers, body: unknown): void {
  for (const cookie of headers.getSetCookie()) {
    const value = cookie.split(';', 1)[0]?.split('=').slice(1).join('=') ?? '';
    confidential('cookie', decodeURIComponent(value));
  }
  if (typeof body === 'object' && body !== null) noteIn(body);
}

function noteIn(body: object): void {
  for (const [name, value] of Object.entries(body) as [string, unknown][]) {
    if (SECRETS.has(name)) for (const text of [value].flat()) noteSecret(name, text);
    else if (typeof value === 'object' && value !== null) noteIn(value);
  }
}

/** Of an address, what makes it secret: what follows the last `#`, `=` or `/`. */
function noteSecret(name: string, value: unknown): void {
  if (typeof value !== 'string') return;
  const isAddress = /^[a-z]+:\/\//.test(value);
  confidential(name, isAddress ? (value.split(/[#=/]/).at(-1) ?? value) : value);
}
