import { randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import { StartupError } from '../startup-error';
import { BlindIndex } from './blind-index';
import { placeIn, SEALED } from './sealed-columns';
import type { Sealing } from './sealing';

const BLIND_INDEX = 'blind_index';
const PLACE = placeIn(SEALED.dataKey, BLIND_INDEX);

/** Keeps a new root of the blind indexes where there is none; of several that do at once one stays. */
export async function makeDataKeys(
  client: Pick<ClientBase, 'query'>,
  sealing: Sealing,
  root = randomBytes(32),
): Promise<void> {
  await client.query(
    `INSERT INTO data_keys (name, material, created_at) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING`,
    [BLIND_INDEX, sealing.seal(root, PLACE)],
  );
}

/**
 * The blind index of this database.
 * @throws StartupError `sealing_key_wrong` where the key at hand does not open what the database holds
 */
export async function readBlindIndex(client: Pick<ClientBase, 'query'>, sealing: Sealing): Promise<BlindIndex> {
  const { rows } = await client.query<{ material: Buffer }>('SELECT material FROM data_keys WHERE name = $1', [
    BLIND_INDEX,
  ]);
  const material = rows[0]?.material;
  if (!material) throw new Error('the database has no root of the blind indexes');
  try {
    return new BlindIndex(sealing.open(material, PLACE));
  } catch (error) {
    throw new StartupError(
      'sealing_key_wrong',
      {
        vi: 'SEALING_KEY không mở được dữ liệu đã mã hoá của cơ sở dữ liệu này. Hãy đặt đúng khoá, hoặc thêm khoá cũ vào SEALING_KEYS_READ.',
        en: 'SEALING_KEY does not open what this database holds sealed. Set the right key, or add the former one to SEALING_KEYS_READ.',
      },
      error,
    );
  }
}
