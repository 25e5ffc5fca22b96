import { Client } from 'pg';
import { BlindIndex } from '../../src/platform/secrets/blind-index';
import { makeDataKeys } from '../../src/platform/secrets/data-keys';
import { SealedFields } from '../../src/platform/secrets/sealed-fields';
import { Sealing } from '../../src/platform/secrets/sealing';

/** SEALING_KEY of every program that a test starts on a database of tests; its bytes differ, as production demands. */
export const TEST_SEALING_KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7));
const TEST_INDEX_ROOT = Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - i * 5));

export const TEST_SEALING = new Sealing(TEST_SEALING_KEY);
export const TEST_INDEX = new BlindIndex(TEST_INDEX_ROOT);

/** What factories seal and index identifiers with, and tests open them with, as the programs under test do. */
export const TEST_FIELDS = new SealedFields(TEST_SEALING, TEST_INDEX);

/** Gives the template, and with it every database of tests, the root that {@link TEST_FIELDS} knows. */
export async function plantIndexRoot(ownerUrl: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await makeDataKeys(client, TEST_SEALING, TEST_INDEX_ROOT);
  } finally {
    await client.end();
  }
}
