import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../database/test-database';
import { Program } from '../processes/program';

jest.setTimeout(60_000);

const KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64');
const PRODUCTION = { NODE_ENV: 'production', PUBLIC_URL: 'https://cho40.gov.vn' };

let database: TestDatabase;
let folder: string;
let taken: Server;
/** Waits ten seconds for a server that may be starting; the other tests run meanwhile. */
let unreachable: Program;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'cho40-start-'));
  writeFileSync(join(folder, 'file'), 'no folder');
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  unreachable = Program.start('worker', { ...ours(), DATABASE_URL: `postgres://u:secret@127.0.0.1:1/x` });
});
afterAll(async () => {
  taken.close();
  rmSync(folder, { recursive: true });
  await database.drop();
});

const port = (): string => String((taken.address() as AddressInfo).port);
const ours = () => ({
  DATABASE_URL: database.appUrl,
  DATABASE_MIGRATION_URL: database.ownerUrl,
  DATA_DIR: join(folder, 'data'),
  SEALING_KEY: KEY,
});

interface Refusal {
  readonly name: string;
  readonly program: 'main' | 'worker';
  readonly environment: () => Record<string, string>;
  readonly code: string;
}

const REFUSALS: Refusal[] = [
  { name: 'port taken', program: 'main', environment: () => ({ ...ours(), PORT: port() }), code: 'port_taken' },
  {
    name: 'database refuses the password',
    program: 'worker',
    environment: () => ({ ...ours(), DATABASE_URL: database.appUrl.replace(/:[^:@/]+@/, ':wrong@') }),
    code: 'database_refused',
  },
  {
    name: 'database role that no policy holds',
    program: 'worker',
    environment: () => ({ ...ours(), DATABASE_URL: database.adminUrl }),
    code: 'database_role_too_strong',
  },
  {
    name: 'another key than the one the database is sealed with',
    program: 'worker',
    environment: () => ({ ...ours(), SEALING_KEY: Buffer.from(KEY, 'base64').reverse().toString('base64') }),
    code: 'sealing_key_wrong',
  },
  {
    name: 'DATA_DIR is a file',
    program: 'main',
    environment: () => ({ DATA_DIR: join(folder, 'file') }),
    code: 'sealing_key_unreadable',
  },
  {
    name: 'DATA_DIR cannot be made',
    program: 'main',
    environment: () => ({ DATA_DIR: '/proc/cho40', SEALING_KEY: KEY }),
    code: 'data_dir_not_writable',
  },
  {
    name: 'wrong settings',
    program: 'worker',
    environment: () => ({ ...ours(), PORT: 'eighty', DEMO: 'maybe' }),
    code: 'environment_invalid',
  },
  {
    name: 'production without a key',
    program: 'main',
    environment: () => ({ ...ours(), ...PRODUCTION, SEALING_KEY: '' }),
    code: 'sealing_key_missing',
  },
  {
    name: 'production without TLS',
    program: 'worker',
    environment: () => ({ ...ours(), ...PRODUCTION, PUBLIC_URL: 'http://cho40.gov.vn' }),
    code: 'environment_invalid',
  },
];

async function expectRefusal(started: Program, code: string): Promise<void> {
  expect(await started.end()).toBe(1);
  expect(started.said).toMatch(new RegExp(`^${code}: [^\\n]+ / [^\\n]+\\n$`));
  expect(started.text).not.toMatch(/"level":(50|60)/);
  expect(started.said + started.text).not.toContain(KEY);
}

it.each(REFUSALS)('$name: one line in both languages, and a non-zero end', async ({ program, environment, code }) => {
  await expectRefusal(Program.start(program, environment()), code);
});

it('database unreachable: the same, without its password', async () => {
  await expectRefusal(unreachable, 'database_unreachable');
  expect(unreachable.said).not.toContain('secret');
});
