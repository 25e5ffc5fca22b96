import { randomBytes } from 'node:crypto';
import { StartupError } from '../startup-error';
import { sealingKey } from '../secrets/sealing.key';
import { Env } from './env';

const SOUND = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://cho40.cantho.gov.vn',
  DATABASE_URL: 'postgres://cho40_app:q8Zr0vT4mWcN@db/cho40',
  DATABASE_MIGRATION_URL: 'postgres://cho40_owner:u5Xk9bPq2LsD@db/cho40',
  METRICS_TOKEN: '8f1c2a9b7d60e34b5a1f',
  SEALING_KEY: randomBytes(32).toString('base64'),
};

/** What a start in this environment says: every secret that the program reads before it does anything. */
function start(change: Record<string, string>): string {
  try {
    const env = Env.read({ ...SOUND, ...change });
    sealingKey(env);
    return 'taken';
  } catch (error) {
    if (error instanceof StartupError) return error.line;
    throw error;
  }
}

describe('in production', () => {
  it.each<[string, Record<string, string>]>([
    ['everything set', {}],
    ['the embedded database, which draws its own password', { DATABASE_URL: '', DATABASE_MIGRATION_URL: '' }],
    ['no token: metrics stay on the machine', { METRICS_TOKEN: '' }],
    ['a port and a path-less address', { PUBLIC_URL: 'https://cho40.cantho.gov.vn:8443/' }],
    ['a percent sign in a password', { DATABASE_URL: 'postgres://a:100%25sur-e9Qz@db/x' }],
  ])('%s is taken', (_name, change) => {
    expect(start(change)).toBe('taken');
  });

  it.each<[name: string, change: Record<string, string>, refusal: string]>([
    ['no public address', { PUBLIC_URL: '' }, 'PUBLIC_URL'],
    ['a public address without TLS', { PUBLIC_URL: 'http://cho40.cantho.gov.vn' }, 'PUBLIC_URL'],
    ['an example’s address', { PUBLIC_URL: 'https://cho40.example.com' }, 'PUBLIC_URL'],
    ['a test’s address', { PUBLIC_URL: 'https://cho40.test' }, 'PUBLIC_URL'],
    ['the password postgres', { DATABASE_URL: 'postgres://cho40:postgres@db/x' }, 'DATABASE_URL'],
    ['a database without a password', { DATABASE_URL: 'postgres://cho40@db/x' }, 'DATABASE_URL'],
    ['the name as password', { DATABASE_URL: 'postgres://banhang9:banhang9@db/x' }, 'DATABASE_URL'],
    ['a placeholder for a password', { DATABASE_URL: 'postgres://cho40:change-me@db/x' }, 'DATABASE_URL'],
    ['an unfilled template', { DATABASE_URL: 'postgres://cho40:%24%7BPASSWORD%7D@db/x' }, 'DATABASE_URL'],
    [
      'the owner’s password postgres',
      { DATABASE_MIGRATION_URL: 'postgres://o:Postgres@db/x' },
      'DATABASE_MIGRATION_URL',
    ],
    ['a token of one letter', { METRICS_TOKEN: 'x'.repeat(24) }, 'METRICS_TOKEN'],
    ['a token that says so', { METRICS_TOKEN: 'change-me-please-now' }, 'METRICS_TOKEN'],
    ['a short token', { METRICS_TOKEN: 'q8Zr0vT4' }, 'METRICS_TOKEN'],
    ['no sealing key', { SEALING_KEY: '' }, 'sealing_key_missing'],
    ['a sealing key of zeros', { SEALING_KEY: Buffer.alloc(32).toString('base64') }, 'sealing_key_invalid'],
    ['a sealing key that is a word', { SEALING_KEY: 'change-me' }, 'sealing_key_invalid'],
  ])('%s is refused by name, without repeating it', (_name, change, refusal) => {
    const line = start(change);
    expect(line).toContain(refusal);
    expect(line).not.toBe('taken');
    for (const value of Object.values(change).filter(Boolean)) expect(line).not.toContain(value);
  });

  it('every fault is told at once', () => {
    const line = start({ PUBLIC_URL: '', DATABASE_URL: 'postgres://a@db/x', METRICS_TOKEN: 'x'.repeat(16) });
    for (const name of ['PUBLIC_URL', 'DATABASE_URL', 'METRICS_TOKEN']) expect(line).toContain(name);
  });
});

it('elsewhere placeholders are for trying it out', () => {
  const change = { PUBLIC_URL: 'http://localhost:3000', DATABASE_URL: 'postgres://postgres:postgres@localhost/x' };
  expect(start({ ...change, NODE_ENV: 'development' })).toBe('taken');
});
