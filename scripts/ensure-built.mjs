import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What is built from what: a target older than any of its sources is built again. */
const TARGETS = {
  server: { from: ['src', 'migrations', 'package.json', '.swcrc', 'nest-cli.json'], command: ['nest', 'build'] },
  console: { from: ['web', 'package.json'], command: ['vite', 'build', 'web', '--logLevel', 'warn'] },
};

/** Builds what is missing or stale; a second or two for the server, some ten for the console. */
export function ensureBuilt(...names) {
  for (const name of names) {
    const { from, command } = TARGETS[name];
    const stamp = join(root, 'dist', `.built-${name}`);
    const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
    const startedAt = new Date();
    if (from.every((path) => newest(join(root, path)) <= builtAt)) continue;
    run(command);
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, '');
    utimesSync(stamp, startedAt, startedAt);
  }
}

function run([tool, ...args]) {
  const bin = join(root, 'node_modules', '.bin', tool);
  // The program's standard output belongs to the program: what the build says goes to standard error. Whatever the
  // caller runs as, jest's NODE_ENV=test too, it is the released console that is built.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status } = spawnSync(bin, args, { cwd: root, env, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write(`build_failed: ${tool} ${args.join(' ')}\n`);
    process.exit(1);
  }
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .reduce((latest, entry) => Math.max(latest, newest(join(path, entry.name))), stat.mtimeMs);
}
