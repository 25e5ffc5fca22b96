import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { StartupError } from '../startup-error';
import { Env } from './env';

const PROJECT = join(__dirname, '..', '..', '..');

function refusalOf(source: Record<string, string>): string {
  try {
    Env.read(source);
    return 'taken';
  } catch (error) {
    return error instanceof StartupError ? error.line : String(error);
  }
}

it('needs nothing to be set', () => {
  expect(Env.read({})).toMatchObject({ host: '127.0.0.1', port: 3000, dataDir: '.data', production: false });
});

it('takes empty values for unset ones, and knows its own address', () => {
  const empty = Object.fromEntries(Env.names().map((name) => [name, '']));
  expect(Env.read(empty)).toEqual(Env.read({}));
  expect(Env.read({ HOST: '10.0.0.5', PORT: '8080' }).publicUrl).toBe('http://10.0.0.5:8080');
  expect(Env.read({ PUBLIC_URL: 'https://cho.example.vn//' }).publicUrl).toBe('https://cho.example.vn');
});

it('reads lists of proxies', () => {
  const { trustedProxies } = Env.read({ TRUSTED_PROXIES: ' 127.0.0.1, 10.0.0.0/8,fd00::/8 ,' });
  expect(trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
});

it.each([
  ['NODE_ENV', 'prod'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80a'],
  ['PORT', '1e3'],
  ['PORT', ' 80'],
  ['DATABASE_URL', 'mysql://db/x'],
  ['DATABASE_URL', 'localhost:5432'],
  ['DATABASE_POOL_SIZE', '0'],
  ['REDIS_URL', 'http://redis'],
  ['JOB_CONCURRENCY', '1.5'],
  ['PUBLIC_URL', 'ftp://cho.example.vn'],
  ['PUBLIC_URL', 'cho.example.vn'],
  ['TRUSTED_PROXIES', 'proxy'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', '10.0.0.0/8/8'],
  ['TRUSTED_PROXIES', '127.0.0.1,*'],
  ['METRICS_TOKEN', 'short'],
  ['LOG_LEVEL', 'loud'],
  ['SUBMISSION_HORIZON_DAYS', '0'],
  ['SECOND_FACTOR', 'never'],
  ['DEMO', 'perhaps'],
  ['SMTP_URL', 'mail.example.vn'],
  ['MAIL_FROM', 'nobody'],
  ['MAIL_FROM', 'a@b.vn, c@d.vn'],
  ['OIDC_ISSUER', 'ldap://id.example.vn'],
  ['OIDC_LABEL', 'x'.repeat(61)],
])('%s=%s is refused by name in one line that does not repeat the value', (name, value) => {
  const line = refusalOf({ [name]: value });
  expect(line).toMatch(new RegExp(`^environment_invalid: .*${name} phải .* / .*${name} must .*$`));
  expect(line).not.toContain('\n');
  expect(line).not.toContain('?');
  if (name !== 'PUBLIC_URL') expect(line).not.toContain(`${value} `);
});

it('takes mail and the identity service whole, or not at all', () => {
  expect(Env.read({})).toMatchObject({ mail: undefined, oidc: undefined });
  const mail = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'Chợ 4.0 <cho@example.vn>' };
  expect(Env.read(mail).mail).toEqual({ url: mail.SMTP_URL, from: mail.MAIL_FROM });
  const oidc = { OIDC_ISSUER: 'https://id.example.vn', OIDC_CLIENT_ID: 'cho40', OIDC_CLIENT_SECRET: 's' };
  expect(Env.read({ ...oidc, OIDC_MFA: 'mfa, otp' }).oidc).toEqual({
    issuer: 'https://id.example.vn',
    clientId: 'cho40',
    clientSecret: 's',
    label: null,
    mfa: ['mfa', 'otp'],
  });
  const plain = { ...oidc, OIDC_ISSUER: 'http://id.example.vn' };
  expect(Env.read(plain).oidc?.issuer).toBe('http://id.example.vn');
  expect(refusalOf({ ...plain, NODE_ENV: 'production' })).toContain('OIDC_ISSUER phải');
});

it.each([
  ['SMTP_URL', 'smtp://mail.example.vn', ['MAIL_FROM']],
  ['MAIL_FROM', 'cho@example.vn', ['SMTP_URL']],
  ['OIDC_ISSUER', 'https://id.example.vn', ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']],
  ['OIDC_CLIENT_SECRET', 'x', ['OIDC_ISSUER', 'OIDC_CLIENT_ID']],
])('%s alone is refused, and what is missing beside it is named', (name, value, absent) => {
  const line = refusalOf({ [name]: value });
  for (const other of absent) expect(line).toContain(`${other} phải`);
});

it('names all that is wrong at once', () => {
  expect(refusalOf({ PORT: 'x', DEMO: 'x' })).toMatch(/PORT phải .*; DEMO phải /);
});

describe('docker/.env.example', () => {
  const [ours = '', composed = ''] = readFileSync(join(PROJECT, 'docker', '.env.example'), 'utf8').split(
    '# Only for docker/compose.yaml',
  );
  const compose = readFileSync(join(PROJECT, 'docker', 'compose.yaml'), 'utf8');
  const namesIn = (text: string): string[] => [...text.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);

  it('lists every name the program reads, once, and no other', () => {
    expect(namesIn(ours).sort()).toEqual(Env.names().sort());
  });

  it('lists what compose needs besides', () => {
    const wanted = [...compose.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name);
    const missing = [...new Set(wanted)].filter((name) => ![...namesIn(ours), ...namesIn(composed)].includes(name));
    expect(missing).toEqual([]);
    expect(namesIn(composed).filter((name) => !wanted.includes(name))).toEqual([]);
  });

  it('shows defaults that are taken as they stand', () => {
    const lines = ours.matchAll(/^([A-Z_]+)=(.*)$/gm);
    expect(Env.read(Object.fromEntries([...lines].map(([, name, value]) => [name, value])))).toEqual(Env.read({}));
  });
});

it('nothing but this class and the demo, which fills it in, reads the environment', () => {
  const files = readdirSync(join(PROJECT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.spec)\.ts$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path, 'utf8').includes('process.env'));
  expect(files.map((path) => relative(PROJECT, path)).sort()).toEqual(['src/demo.ts', 'src/platform/config/env.ts']);
});
