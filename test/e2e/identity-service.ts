import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PUBLIC_URL } from './app';

const PROJECT = join(__dirname, '..', '..');
const RUNNER = join(PROJECT, 'test', 'database', 'run-typescript.mjs');
const PROVIDER = join(PROJECT, 'test', 'processes', 'identity-provider.ts');
const CALLBACK = `${PUBLIC_URL}/api/v1/auth/oidc/callback`;

/** Whom the service takes the browser for. */
export interface Account {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly amr?: readonly string[];
}

/** A real identity service in a process of its own, and the part of a browser that goes there and back. */
export class IdentityServiceProcess {
  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    readonly issuer: string,
  ) {}

  static async start(): Promise<IdentityServiceProcess> {
    const child = spawn(process.execPath, [RUNNER, PROVIDER, CALLBACK], { cwd: PROJECT });
    const ended = once(child, 'close').then(() => ['']);
    for (let said = ''; ;) {
      const [chunk] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer | string];
      if (chunk === '') throw new Error('the identity service did not start');
      said += chunk.toString();
      const issuer = /"issuer":"([^"]+)"/.exec(said)?.[1];
      if (issuer) return new IdentityServiceProcess(child, issuer);
    }
  }

  /** The environment of an application that uses it. */
  get environment(): Record<string, string> {
    return { OIDC_ISSUER: this.issuer, OIDC_CLIENT_ID: 'cho40', OIDC_CLIENT_SECRET: 'a-secret-of-this-test-only' };
  }

  /**
   * Goes where the application sent the browser, signs in as `account`, and says where the service sends it back to.
   * @param changes of the address on its way through the browser: null removes a parameter
   */
  async signIn(address: string, account: Account, changes: Record<string, string | null> = {}): Promise<URL> {
    let url = new URL(address);
    url.searchParams.set('login_hint', Buffer.from(JSON.stringify(account)).toString('base64url'));
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    const cookies = new Map<string, string>();
    for (let hops = 0; hops < 6 && url.origin === this.issuer; hops += 1) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (!location) throw new Error(`the identity service answered ${response.status}: ${await response.text()}`);
      url = new URL(location, url);
    }
    return url;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'close');
    this.child.kill();
    await ended;
  }
}
