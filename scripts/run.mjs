// node scripts/run.mjs main|worker|cli|demo [arguments]: builds what is stale, then runs it in this very process, so
// that signals and exit codes are the program's own.
import { createRequire } from 'node:module';
import { ensureBuilt } from './ensure-built.mjs';

const [, script, program, ...rest] = process.argv;
ensureBuilt('server', ...(program === 'main' || program === 'demo' ? ['console'] : []));
process.argv = [process.argv[0], script, ...rest];
createRequire(import.meta.url)(`../dist/src/${program}.js`);
