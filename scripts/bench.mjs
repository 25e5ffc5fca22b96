// npm run bench [-- P1 P7]: builds the program and the benches, then measures in a fresh process.
import { spawnSync } from 'node:child_process';
import { ensureBuilt } from './ensure-built.mjs';

ensureBuilt('server');
const options = { stdio: 'inherit' };
const built = spawnSync('node_modules/.bin/swc', ['bench', 'test/factories', '-d', 'dist', '--quiet'], options);
if (built.status !== 0) process.exit(1);
process.exit(spawnSync(process.execPath, ['dist/bench/run.js', ...process.argv.slice(2)], options).status ?? 1);
