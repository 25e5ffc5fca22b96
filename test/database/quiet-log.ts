import type { StartLog } from '../../src/platform/db/embedded-postgres';

/** For tests that are not about what is said. */
export const quiet: StartLog = { info: () => undefined, warn: () => undefined };
