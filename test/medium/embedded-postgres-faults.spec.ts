import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { Client } from 'pg';
import { createDataSource } from '../../src/platform/db/data-source';
import { Database, sql } from '../../src/platform/db/database';
import { ask, askUntilAnswered, breath, EmbeddedFolder, end, isRunning, urlsOf } from '../database/embedded-folder';

let folder: EmbeddedFolder;

jest.setTimeout(60_000);

beforeEach(() => {
  folder = new EmbeddedFolder();
});

afterEach(() => folder.clear());

describe('kill -9', () => {
  it('of the process that started the server: the next one adopts it', async () => {
    const { child, urls } = await folder.startChild();
    await end(child, 'SIGKILL');
    const server = await folder.start();
    expect(server.adopted).toBe(true);
    expect(urlsOf(server)).toEqual(urlsOf(urls));
    await server.stop();
    await expect(ask(server.appUrl, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([1, 6, 12, 20])(
    'in the middle of the first start (%i): the next one finds nothing half-made',
    async (moment) => {
      const child = folder.spawnChild();
      await folder.untilFirstFiles();
      for (let step = 0; step < moment; step += 1) await new Promise((resolve) => setImmediate(resolve));
      for (let wait = moment; wait > 1; wait -= 1) await breath();
      await end(child, 'SIGKILL');
      const server = await folder.start();
      expect(await ask(server.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect(folder.entries()).toEqual(['cluster', 'server.log']);
    },
  );

  it('of the postmaster: it is back on the same port', async () => {
    const server = await folder.start();
    process.kill(folder.postmaster(), 'SIGKILL');
    expect(await askUntilAnswered(server.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('of the postmaster under a busy backend that does not notice', async () => {
    const { child, urls } = await folder.startChild();
    const busy = new Client({ connectionString: urls.appUrl });
    busy.on('error', () => undefined);
    await busy.connect();
    const [backend] = (await busy.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows;
    const lost = expect(busy.query('DO $$ BEGIN LOOP END LOOP; END $$')).rejects.toThrow();
    await end(child, 'SIGKILL');
    process.kill(folder.postmaster(), 'SIGKILL');
    const server = await folder.start();
    expect(await ask(server.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await lost;
    expect(isRunning(backend?.pid ?? 0)).toBe(false);
  });

  it('of one backend: the server heals itself and we stay', async () => {
    const server = await folder.start();
    const client = new Client({ connectionString: server.appUrl });
    client.on('error', () => undefined);
    await client.connect();
    const [backend] = (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows;
    process.kill(backend?.pid ?? 0, 'SIGKILL');
    expect(await askUntilAnswered(server.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('a frozen server', () => {
  it('is answered with 503 within 5 s, and used again as soon as it thaws', async () => {
    const server = await folder.start();
    const source = await createDataSource({ url: server.appUrl, poolSize: 3, applicationName: 'test' }).initialize();
    const database = new Database(source);
    const one = (): Promise<unknown> => database.read((tx) => sql(tx, 'SELECT 1 AS one'));
    await Promise.all([one(), one()]);
    const sessions = (await ask(server.adminUrl, 'SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()')) as {
      pid: number;
    }[];
    const pids = [folder.postmaster(), ...sessions.map(({ pid }) => pid)];
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const asked = performance.now();
    const answers = await Promise.allSettled([one(), one(), one(), database.write(async () => undefined)]);
    const waitedMs = performance.now() - asked;
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    expect(answers.map((answer) => answer.status === 'rejected' && (answer.reason as unknown))).toEqual(
      Array.from({ length: 4 }, () => expect.objectContaining({ code: 'database_unavailable', retryAfterSeconds: 5 })),
    );
    expect(waitedMs).toBeLessThan(5_000);
    expect(await one()).toEqual([{ one: 1 }]);
    await source.destroy();
  });
});

describe('what lies about', () => {
  const stale: { name: string; text: (port: string) => string }[] = [
    {
      name: 'of a number nobody has',
      text: (port) => `4194303\n${folder.pgFile('')}\n1\n${port}\n\n127.0.0.1\n0 0\nready   \n`,
    },
    {
      name: 'of a stranger',
      text: (port) => `${process.pid}\n${folder.pgFile('')}\n1\n${port}\n\n127.0.0.1\n0 0\nready   \n`,
    },
    { name: 'cut off', text: () => '12' },
  ];
  it.each(stale)('a postmaster.pid $name does not matter', async ({ text }) => {
    await (await folder.start()).stop();
    writeFileSync(
      folder.pgFile('postmaster.pid'),
      text(readFileSync(folder.path('postgres/cluster/port'), 'utf8').trim()),
    );
    const server = await folder.start();
    expect(server.adopted).toBe(false);
    expect(await ask(server.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('a folder without a database in it is set aside', async () => {
    mkdirSync(folder.path('postgres/cluster/data/base'), { recursive: true });
    const server = await folder.start();
    expect(await ask(server.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(folder.entries()).toEqual(['cluster', expect.stringMatching(/^cluster\.broken-/), 'server.log']);
  });

  it('a lost secret file is renewed', async () => {
    const first = await folder.start();
    await first.stop();
    rmSync(folder.path('postgres/cluster/secret'));
    const second = await folder.start();
    expect(second.appUrl).not.toBe(first.appUrl);
    expect(await ask(second.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('a port that somebody took is exchanged', async () => {
    const first = await folder.start();
    await first.stop();
    const thief = await listen(Number(new URL(first.appUrl).port));
    const second = await folder.start();
    expect(new URL(second.appUrl).port).not.toBe(new URL(first.appUrl).port);
    expect(await ask(second.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    thief.close();
  });
});

async function listen(port: number): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
