import { openTestServer, type OpenTestServer } from './test-server';

declare global {
  var testServer: OpenTestServer | undefined;
}

/** Jest calls the default export once per run, before it starts its workers. */
export default async function startServer(): Promise<void> {
  globalThis.testServer = await openTestServer();
  process.env.TEST_SERVER = JSON.stringify(globalThis.testServer);
}
