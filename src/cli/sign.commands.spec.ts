import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { matchesBase, signatureBase } from '../banks/bank-signature.base';
import { contentDigestOf } from '../banks/bank-signature.digest';
import { readSignature, readSignedBody } from '../banks/bank-signature.rules';
import { runCli } from './run';

const SECRET = Buffer.alloc(32, 7).toString('base64');
const URL_OF = 'http://127.0.0.1:3000/api/v1/bank/submissions?dryRun=true';
const COMMON = ['submission', 'sign', '--url', URL_OF, '--key-id', '970436-1'];

interface Printed {
  readonly curl: string;
  readonly headers: Record<string, string>;
  readonly code?: string;
}

let folder: string;
let body: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cho40-sign-'));
  body = join(folder, "bank's day.csv");
  writeFileSync(body, 'H,1,970436\nT,0,0,0,0,0\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<Printed> {
  return JSON.parse(await printedBy(...args)) as Printed;
}

async function printedBy(...args: string[]): Promise<string> {
  let printed = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  try {
    await runCli(['node', 'cho40', ...args]);
  } finally {
    write.mockRestore();
  }
  return printed;
}

/** What a shell would hand to curl. */
function argumentsOf(curl: string): string[] {
  const script = `curl() { printf '%s\\n' "$@"; }\n${curl}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n');
}

it('prints a POST that verifies, and a curl that sends exactly it', async () => {
  const key = ['--alg', 'hmac-sha256', '--secret', SECRET];
  const { curl, headers } = await run(...COMMON, ...key, '--file', body, '--idempotency-key', 'k-1');
  const request = { method: 'POST', targetUri: URL_OF, headers };
  const { components, input, signature } = readSignature(request);
  const secret = Buffer.from(SECRET, 'base64');
  expect(matchesBase(signatureBase(request, components, input), signature, { alg: 'hmac-sha256', secret })).toBe(true);
  expect(readSignedBody(request)?.idempotencyKey).toBe('k-1');
  expect(headers).toMatchObject({
    'content-type': 'text/csv',
    'content-digest': contentDigestOf('H,1,970436\nT,0,0,0,0,0\n'),
  });
  const sent = argumentsOf(curl);
  for (const [name, value] of Object.entries(headers)) expect(sent).toContain(`${name}: ${value}`);
  expect(sent.slice(-3)).toEqual(['--data-binary', `@${body}`, URL_OF]);
});

it('prints the command alone where sh waits for it', async () => {
  const key = ['--alg', 'hmac-sha256', '--secret', SECRET];
  const curl = await printedBy(...COMMON, ...key, '--file', body, '--plain');
  expect(argumentsOf(curl).slice(-3)).toEqual(['--data-binary', `@${body}`, URL_OF]);
});

it('signs with an ed25519 key from its file, and a GET without a body', async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = join(folder, 'key.pem');
  writeFileSync(pem, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const { headers } = await run(...COMMON, '--alg', 'ed25519', '--private-key-file', pem, '--method', 'GET');
  const request = { method: 'GET', targetUri: URL_OF, headers };
  const { components, input, signature } = readSignature(request);
  const key = createPublicKey(privateKey);
  expect(components).toEqual(['@method', '@target-uri']);
  expect(matchesBase(signatureBase(request, components, input), signature, { alg: 'ed25519', key })).toBe(true);
});

it.each([
  ['no secret', ['--alg', 'hmac-sha256', '--method', 'GET'], 'usage'],
  ['no key file', ['--alg', 'ed25519', '--method', 'GET'], 'usage'],
  ['another algorithm', ['--alg', 'rsa-pss-sha512', '--method', 'GET'], 'usage'],
  ['no body', ['--alg', 'hmac-sha256', '--secret', SECRET], 'usage'],
  ['a body of unknown type', ['--alg', 'hmac-sha256', '--secret', SECRET, '--file', 'a.bin'], 'usage'],
  ['a body that is not there', ['--alg', 'hmac-sha256', '--secret', SECRET, '--file', 'none.csv'], 'file_unreadable'],
  [
    'a key file that is not there',
    ['--alg', 'ed25519', '--private-key-file', 'none.pem', '--method', 'GET'],
    'file_unreadable',
  ],
  [
    'a key file of another kind',
    ['--alg', 'ed25519', '--private-key-file', __filename, '--method', 'GET'],
    'signing_key_invalid',
  ],
])('refuses %s', async (_name, args, code) => {
  expect(await run(...COMMON, ...args)).toMatchObject({ ok: false, code });
});
