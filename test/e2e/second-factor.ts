import { generateSync } from 'otplib';
import { type Answer, answerOf, type Json } from './answers';
import type { TestApp } from './app';
import { ConsoleClient, cookieOf } from './console-client';
import type { SoftwareAuthenticator } from './software-authenticator';

/** A code app: shows the code of the test's own clock. */
export class CodeApp {
  constructor(
    private readonly testApp: TestApp,
    private readonly secret: string,
  ) {}

  /** @param steps how many half minutes before or after now */
  code(steps = 0): string {
    const epoch = Math.floor(this.testApp.clock.now().getTime() / 1_000) + steps * 30;
    return generateSync({ secret: this.secret, epoch });
  }

  /** The code of a step that nobody has used yet. */
  nextCode(): string {
    this.testApp.clock.advanceMs(30_000);
    return this.code();
  }
}

export interface WithApp {
  readonly client: ConsoleClient;
  readonly app: CodeApp;
  readonly recoveryCodes: string[];
}

/** Sets the code app up as a person does, over the page "my account". The client is the session that follows. */
export async function enrolApp(testApp: TestApp, client: ConsoleClient): Promise<WithApp> {
  const offer = await client.post('/api/v1/me/totp');
  const app = new CodeApp(testApp, textOf(offer.body.secret).replace(/ /g, ''));
  const answer = await client.post('/api/v1/me/totp/confirmation', { code: app.code() });
  if (answer.status !== 200) throw new Error(`enrolment answered ${answer.status} ${textOf(answer.body.code)}`);
  const recoveryCodes = (answer.body.recoveryCodes ?? []) as unknown as string[];
  return { client: after(client, answer, answer.body.session), app, recoveryCodes };
}

/** Adds a passkey as a person does. The client is the session that follows. */
export async function enrolPasskey(
  client: ConsoleClient,
  device: SoftwareAuthenticator,
  name = 'Điện thoại',
): Promise<ConsoleClient> {
  const options = await client.post('/api/v1/me/passkeys/options');
  const answer = await client.post('/api/v1/me/passkeys', { name, attestation: device.create(options.body) });
  if (answer.status !== 200) throw new Error(`adding a passkey answered ${answer.status} ${textOf(answer.body.code)}`);
  return after(client, answer, answer.body.session);
}

/** A text inside an answer. */
export const textOf = (json: Json | undefined): string => json as unknown as string;

/** The same browser after an answer that changed its cookie and token. */
export function after(client: ConsoleClient, answer: Answer, session: Json = answer.body): ConsoleClient {
  return new ConsoleClient(client.url, client.staff, cookieOf(answer), textOf(session.csrfToken));
}

/** JSON to an address that needs no session. */
export async function postOpenly(
  { url }: TestApp,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/api/v1/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return answerOf(response);
}

export async function getOpenly({ url }: TestApp, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return answerOf(await fetch(`${url}/api/v1/auth/${path}`, { headers }));
}
