import { saveStaff, type SavedStaff, type StaffOverrides } from '../factories/staff.factory';
import { type Answer, answerOf } from './answers';
import type { TestApp } from './app';

type SentBody = object | string | undefined;

/** A signed-in person's browser: sends the cookie, and the token with every write. */
export class ConsoleClient {
  constructor(
    readonly url: string,
    readonly staff: SavedStaff,
    readonly cookie: string,
    readonly csrfToken: string,
  ) {}

  /** `path` begins with `/api/v1/`; JSON unless `headers` name another content type. */
  async send(method: string, path: string, body?: SentBody, headers: Record<string, string> = {}): Promise<Answer> {
    const own: Record<string, string> = { cookie: this.cookie, 'x-csrf-token': this.csrfToken };
    if (body !== undefined) own['content-type'] = 'application/json';
    const text = typeof body === 'object' ? JSON.stringify(body) : body;
    return answerOf(await fetch(this.url + path, { method, body: text, headers: { ...own, ...headers } }));
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, body: SentBody = {}, headers?: Record<string, string>): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  patch(path: string, body: SentBody, version: number): Promise<Answer> {
    return this.send('PATCH', path, body, { 'if-match': `"${version}"` });
  }
}

/** Makes a person and signs in through the real door. */
export async function signInAs({ url, database }: TestApp, overrides: StaffOverrides = {}): Promise<ConsoleClient> {
  const staff = await database.write((tx) => saveStaff(tx, overrides));
  const answer = await postSignIn(url, staff);
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}`);
  return new ConsoleClient(url, staff, cookieOf(answer), answer.body.csrfToken as unknown as string);
}

export async function postSignIn(
  url: string,
  { email, password }: { email: string; password: string },
  headers: Record<string, string> = {},
): Promise<Answer> {
  const body = JSON.stringify({ email, password });
  const response = await fetch(`${url}/api/v1/auth/sign-in`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return answerOf(response);
}

/** `name=value` of the first cookie that was set; empty without one. */
export function cookieOf(answer: Answer): string {
  return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}
