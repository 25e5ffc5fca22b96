import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

const REAL_REDIS = 'redis-server';
const JS_REDIS = join(dirname(require.resolve('js-redis-server')), 'cli.js');

/**
 * A Redis in JavaScript, with Lua: proves the Redis path on any machine. A process of its own, because its Lua is
 * WebAssembly and does not answer inside jest's module sandbox.
 */
export async function startJsRedis(): Promise<RedisServer> {
  const child = spawn(process.execPath, [JS_REDIS, '--port', '0']);
  const said = await untilSays(child, /listening at ([\d.]+:\d+)/);
  return { url: `redis://${said[1]}`, stop: () => kill(child) };
}

/** Whether this machine has a `redis-server` of its own. */
export const hasRealRedis = (process.env.PATH ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, REAL_REDIS)));

/** A `redis-server` with an empty memory and no file. */
export async function startRealRedis(): Promise<RedisServer> {
  const port = await freePort();
  const child = spawn(REAL_REDIS, ['--port', String(port), '--save', '', '--bind', '127.0.0.1', '--dir', tmpdir()]);
  await untilSays(child, /Ready to accept connections/);
  return { url: `redis://127.0.0.1:${port}`, stop: () => kill(child) };
}

function untilSays(child: ChildProcessWithoutNullStreams, words: RegExp): Promise<RegExpExecArray> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the server ended: ${text}`)));
    const read = (bytes: Buffer): void => {
      text += bytes.toString();
      const said = words.exec(text);
      if (said) resolve(said);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
}

async function kill(child: ChildProcessWithoutNullStreams): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
