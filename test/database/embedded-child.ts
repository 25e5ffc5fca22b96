import { startEmbeddedPostgres } from '../../src/platform/db/embedded-postgres';
import { quiet } from './quiet-log';

/** A process of ours on the embedded database of argv[2]: says where it is on one line, leaves at SIGTERM. */
async function main(dataDir: string): Promise<void> {
  const server = await startEmbeddedPostgres({ dataDir, log: quiet });
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  process.stdout.write(`${JSON.stringify(server)}\n`);
  setInterval(() => undefined, 60_000);
}

void main(process.argv[2] ?? '');
