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
  ['DEMO', 'perhaps'],
])('%s=%s is refused by name in one line that does not repeat the value', (name, value) => {
  const line = refusalOf({ [name]: value });
  expect(line).toMatch(new RegExp(`^environment_invalid: .*${name} phải .* / .*${name} must .*$`));
  expect(line).not.toContain('\n');
  expect(line).not.toContain('?');
  if (name !== 'PUBLIC_URL') expect(line).not.toContain(`${value} `);
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
