import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import startServer from '../database/global-setup';

const PROJECT = join(__dirname, '..', '..');
const BUILD = `import('./scripts/ensure-built.mjs').then(({ ensureBuilt }) => ensureBuilt('console'))`;

/** Builds the console when it is stale, once for the run; then as for every test with a database. */
export default async function prepareStory(): Promise<void> {
  execFileSync(process.execPath, ['-e', BUILD], { cwd: PROJECT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (!globalThis.testServer) await startServer();
}
