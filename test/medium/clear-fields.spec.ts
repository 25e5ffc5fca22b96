import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { PersonalData0007 } from '../../migrations/0007-personal-data';
import { ALL_MIGRATIONS } from '../../migrations/all-migrations';
import { SCOPE_SETTING } from '../../src/kernel/scope';
import { sql } from '../../src/platform/db/database';
import { migrate } from '../../src/platform/db/migrate';
import { sealClearFields } from '../../src/platform/secrets/clear-fields';
import { readBlindIndex } from '../../src/platform/secrets/data-keys';
import { SealedFields } from '../../src/platform/secrets/sealed-fields';
import { Sealing } from '../../src/platform/secrets/sealing';
import { PayoutAccountsRepository } from '../../src/vendors/payout-accounts.repository';
import { VendorsRepository } from '../../src/vendors/vendors.repository';
import { quiet } from '../database/quiet-log';
import { createTestDatabase, type TestDatabase } from '../database/test-database';
import { TEST_SEALING } from '../database/test-secrets';

/** The migrations of the version that wrote identifiers in clear. */
const RELEASED = ALL_MIGRATIONS.slice(0, 5);
/** More than two batches. */
const VENDORS = 2_345;

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase({ migrated: false });
  await upgradeTo(RELEASED);
  await asOwner((owner) => owner.query(FILLED));
});
afterAll(() => db.drop());

const upgradeTo = (migrations: typeof ALL_MIGRATIONS, ...afterwards: ((ownerUrl: string) => Promise<void>)[]) =>
  migrate({ migrationUrl: db.ownerUrl, appUrl: db.appUrl, migrations, afterwards, log: quiet });

async function asOwner<T>(work: (owner: Client) => Promise<T>): Promise<T> {
  const owner = new Client({ connectionString: db.ownerUrl });
  await owner.connect();
  try {
    await owner.query(`SET ${SCOPE_SETTING} = 'system'`);
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/** Every third vendor without ID, every fifth without phone; two accounts that differ in letter case only. */
const FILLED = `
  INSERT INTO banks (bin, code, short_name, legal_name, payer_app_scans, name_lookup)
  VALUES ('970436', 'VCB', 'VCB', 'Ngân hàng', true, true);
  INSERT INTO vendors (id, kind, full_name, search_text, personal_id, tax_code, phone, province_code, state, created_at, updated_at)
  SELECT id, 'individual', 'Người ' || n, 'nguoi ' || n, CASE WHEN n % 3 > 0 THEN '0007' || lpad(n::text, 8, '0') END,
    CASE n % 2 WHEN 0 THEN '0007' || lpad(n::text, 8, '0') ELSE '01001' || lpad(n::text, 5, '0') END,
    CASE WHEN n % 5 > 0 THEN '09' || lpad(n::text, 8, '0') END, '92', 'approved', now(), now()
  FROM (SELECT n, gen_random_uuid() AS id FROM generate_series(1, ${VENDORS}) n) v;
  INSERT INTO payout_accounts (id, vendor_id, bank_bin, account_number, created_at)
  SELECT gen_random_uuid(), id, '970436', number, now() FROM vendors,
    LATERAL (VALUES ('9990' || lpad(split_part(full_name, ' ', 2), 9, '0')),
                    ('KioT' || lpad(split_part(full_name, ' ', 2), 6, '0')),
                    ('kiot' || lpad(split_part(full_name, ' ', 2), 6, '0'))) AS a (number)
  WHERE full_name IN ('Người 1', 'Người 2', 'Người 3');`;

/** Number, ID, tax code and phone of a vendor as {@link FILLED} made them. */
function expected(n: number): [string | null, string, string | null] {
  const id = `0007${String(n).padStart(8, '0')}`;
  return [
    n % 3 > 0 ? id : null,
    n % 2 === 0 ? id : `01001${String(n).padStart(5, '0')}`,
    n % 5 > 0 ? `09${String(n).padStart(8, '0')}` : null,
  ];
}

it('a register filled by the released version comes through, and nothing clear is left in it', async () => {
  await upgradeTo(ALL_MIGRATIONS, sealClearFields(TEST_SEALING));
  const fields = await asOwner(
    async (owner) => new SealedFields(TEST_SEALING, await readBlindIndex(owner, TEST_SEALING)),
  );
  const vendors = new VendorsRepository(fields);
  const ids = await db.database.read((tx) =>
    sql<{ id: string; n: number }>(tx, `SELECT id, split_part(full_name, ' ', 2)::int AS n FROM vendors`),
  );
  expect(ids).toHaveLength(VENDORS);
  await db.database.read(async (tx) => {
    for (const { id, n } of ids.filter(({ n: number }) => number % 47 === 0 || number <= 3)) {
      const found = await vendors.find(tx, id);
      expect([found?.personalId, found?.taxCode, found?.phone].map((value) => value?.reveal() ?? null)).toEqual(
        expected(n),
      );
    }
    const [first] = await vendors.list(
      tx,
      { q: '000700000001' },
      { afterId: undefined, limit: 5, today: '2026-11-22' as never },
    );
    expect(first?.personalId?.masked).toBe('0007*****001');
    const accounts = await new PayoutAccountsRepository(fields).ofVendors(
      tx,
      ids.map(({ id }) => id),
    );
    expect(accounts.map(({ accountNumber }) => accountNumber.reveal()).sort()).toEqual(
      [1, 2, 3].flatMap((n) => [`KioT00000${n}`, `kiot00000${n}`, `999000000000${n}`]).sort(),
    );
  });
  const rows = await db.database.read((tx) =>
    sql<{ row: string }>(tx, `SELECT v::text AS row FROM vendors v UNION ALL SELECT p::text FROM payout_accounts p`),
  );
  const clear = ids.flatMap(({ n }) => expected(n)).filter((value) => value !== null);
  const dump = rows.map(({ row }) => row).join('\n');
  expect(clear.filter((value) => dump.includes(value))).toEqual([]);
  expect(dump).not.toMatch(/9990000|kiot/i);
});

it('a later start finds nothing to do, and nothing clear comes in any more', async () => {
  const before = await db.database.read((tx) => sql(tx, `SELECT xmin::text, id FROM vendors ORDER BY id`));
  await upgradeTo(ALL_MIGRATIONS, sealClearFields(TEST_SEALING));
  expect(await db.database.read((tx) => sql(tx, `SELECT xmin::text, id FROM vendors ORDER BY id`))).toEqual(before);
  await asOwner(async (owner) => {
    for (const change of [
      `UPDATE vendors SET phone = '0900003986'`,
      `UPDATE vendors SET personal_id = '000700000001'`,
      `UPDATE vendors SET tax_code = '0100112437'`,
      `UPDATE payout_accounts SET account_number = '0011004411223'`,
    ]) {
      await expect(owner.query(change)).rejects.toMatchObject({ code: '23514' });
    }
  });
});

it('is not started with another key than the one its data is sealed with', async () => {
  const start = upgradeTo(ALL_MIGRATIONS, sealClearFields(new Sealing(randomBytes(32))));
  await expect(start).rejects.toMatchObject({ code: 'sealing_key_wrong' });
});

it('goes back to the former shape only while nothing is sealed', async () => {
  const migration = new PersonalData0007();
  await asOwner((owner) => expect(migration.down(owner as never)).rejects.toThrow('would be lost'));
});
