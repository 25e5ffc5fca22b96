import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { startEmbeddedPostgres } from '../../src/platform/db/embedded-postgres';
import { ask, EmbeddedFolder, end, urlsOf } from '../database/embedded-folder';
import { quiet } from '../database/quiet-log';

let folder: EmbeddedFolder;

jest.setTimeout(60_000);

beforeEach(() => {
  folder = new EmbeddedFolder();
});

afterEach(() => folder.clear());

describe('a quiet life', () => {
  it('makes the database, keeps it over a restart, and stops without a trace', async () => {
    const first = await folder.start();
    await ask(first.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    expect(existsSync(folder.pgFile('postmaster.pid'))).toBe(false);
    const second = await folder.start();
    expect(urlsOf(second)).toEqual(urlsOf(first));
    expect(await ask(second.ownerUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('sorts as Vietnamese does, in UTF-8 and UTC', async () => {
    const server = await folder.start();
    const [facts] = await ask(
      server.appUrl,
      `SELECT array_agg(letter ORDER BY letter) AS letters, current_setting('server_encoding') AS encoding,
              current_setting('TimeZone') AS zone FROM unnest('{Z,Đ,D,Ă,A,Â,e,ê}'::text[]) letter`,
    );
    expect(facts).toEqual({ letters: ['A', 'Ă', 'Â', 'D', 'Đ', 'e', 'ê', 'Z'], encoding: 'UTF8', zone: 'UTC' });
  });

  it('listens on 127.0.0.1 alone, asks for a password, and keeps it from others', async () => {
    const server = await folder.start();
    const facts = await ask(
      server.adminUrl,
      `SELECT current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
              bool_and(rolpassword LIKE 'SCRAM-SHA-256$%') AS scram FROM pg_authid WHERE rolcanlogin`,
    );
    expect(facts).toEqual([{ addresses: '127.0.0.1', sockets: '', scram: true }]);
    const wrong = server.appUrl.replace(/:[^:@]+@/, ':wrong@');
    await expect(ask(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(folder.path('postgres/cluster/secret')).mode & 0o777).toBe(0o600);
  });

  it('the application is neither owner nor superuser', async () => {
    const { appUrl } = await folder.start();
    await expect(ask(appUrl, 'CREATE TABLE mine (id int)')).rejects.toMatchObject({ code: '42501' });
    expect(
      await ask(appUrl, 'SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user'),
    ).toEqual([{ current_user: 'cho40_app', rolsuper: false, rolbypassrls: false }]);
  });

  it('runs while anyone of ours is there, and ends with the last', async () => {
    const { child } = await folder.startChild();
    const ours = await folder.start();
    expect(ours.adopted).toBe(true);
    await end(child, 'SIGTERM');
    expect(await ask(ours.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await ours.stop();
    await expect(ask(ours.appUrl, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('several at once', () => {
  it('on an empty folder come to one server', async () => {
    const [ours, ...others] = await Promise.all([folder.start(), folder.startChild(), folder.startChild()]);
    for (const { urls } of others) expect(urlsOf(urls)).toEqual(urlsOf(ours));
    expect(folder.entries()).toEqual(['cluster', 'server.log']);
  });

  it('on an existing folder come to one server', async () => {
    await (await folder.start()).stop();
    const [ours, ...others] = await Promise.all([folder.start(), folder.startChild(), folder.startChild()]);
    for (const { urls } of others) expect(urlsOf(urls)).toEqual(urlsOf(ours));
  });
});

describe('folders', () => {
  it('below one that the server cannot enter: root moves the data, always to the same place', async () => {
    chmodSync(folder.dataDir, 0o700);
    const said: string[] = [];
    const first = await folder.start((line) => said.push(line));
    await first.stop();
    const second = await folder.start();
    expect(urlsOf(second)).toEqual(urlsOf(first));
    const moved = process.getuid?.() === 0;
    expect(said).toEqual(moved ? [expect.stringContaining('its database is in')] : []);
    expect(existsSync(folder.path('postgres.location'))).toBe(moved);
    await second.stop();
    if (moved) rmSync(readFileSync(folder.path('postgres.location'), 'utf8').trim(), { recursive: true });
  });

  it.each([
    {
      name: 'a file',
      make: () => writeFileSync(folder.path('x'), ''),
      path: () => folder.path('x'),
      code: 'data_dir_not_a_folder',
    },
    {
      name: 'below a file',
      make: () => writeFileSync(folder.path('x'), ''),
      path: () => folder.path('x/y'),
      code: 'data_dir_not_a_folder',
    },
    { name: 'unwritable', make: () => undefined, path: () => '/proc/cho40', code: 'data_dir_not_writable' },
  ])('$name: one clear line', async ({ make, path, code }) => {
    make();
    await expect(startEmbeddedPostgres({ dataDir: path(), log: quiet })).rejects.toMatchObject({
      name: 'StartupError',
      code,
    });
  });

  it('of another major version: one clear line', async () => {
    await (await folder.start()).stop();
    writeFileSync(folder.pgFile('PG_VERSION'), '15\n');
    await expect(folder.start()).rejects.toMatchObject({ name: 'StartupError', code: 'embedded_postgres_version' });
  });
});
