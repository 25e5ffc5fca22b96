import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { v7 } from 'uuid';
import { execute, sql, sqlOne, type Tx } from '../../src/platform/db/database';
import { BlindIndex } from '../../src/platform/secrets/blind-index';
import { type KeyInUse, KeyRotationService } from '../../src/platform/secrets/key-rotation.service';
import { ResealingRepository } from '../../src/platform/secrets/resealing.repository';
import { placeIn, SEALED, SEALED_COLUMNS, SEALED_FOR_MINUTES } from '../../src/platform/secrets/sealed-columns';
import { SealedFields } from '../../src/platform/secrets/sealed-fields';
import { SealBroken, Sealing } from '../../src/platform/secrets/sealing';
import { vendorInputSchema } from '../../src/vendors/vendor.schema';
import { VendorsRepository } from '../../src/vendors/vendors.repository';
import { createTestDatabase, type TestDatabase } from '../database/test-database';
import { TEST_FIELDS, TEST_INDEX, TEST_SEALING, TEST_SEALING_KEY } from '../database/test-secrets';
import { type SavedAccount, type SavedVendor, saveAccount } from '../factories/vendor.factory';

const NEXT_KEY = randomBytes(32);
const next = new Sealing(NEXT_KEY, [TEST_SEALING_KEY]);
const nextAlone = new Sealing(NEXT_KEY);
/** More than a batch. */
const VENDORS = 230;
/** IDs and phones, an account, a bank's secret, the root of the blind indexes. */
const ALL = VENDORS * 2 + 3;
const BANK_KEY = '970436-test';
const SECRET = Buffer.from('bí mật của ngân hàng');

let db: TestDatabase;
let vendors: SavedVendor[];
let account: SavedAccount;

beforeEach(async () => {
  db = await createTestDatabase();
  [vendors, account] = await db.database.write(async (tx) => {
    const saved = await saveVendors(tx);
    const savedAccount = await saveAccount(tx, saved[0] as SavedVendor, { accountNumber: '0011004411223' });
    await execute(
      tx,
      `INSERT INTO bank_keys (key_id, bank_bin, alg, material, created_at) VALUES ($1, '970436', 'hmac-sha256', $2, now()),
         ('970436-public', '970436', 'ed25519', $3, now())`,
      [BANK_KEY, TEST_SEALING.seal(SECRET, placeIn(SEALED.bankKey, BANK_KEY)), randomBytes(44)],
    );
    return [saved, savedAccount];
  });
});
afterEach(() => db.drop());
beforeAll(() => Logger.overrideLogger(false));
afterAll(() => Logger.overrideLogger(true));

/** All in one statement. */
async function saveVendors(tx: Tx): Promise<SavedVendor[]> {
  const rows = Array.from({ length: VENDORS }, (_, n) => ({
    ...vendorInputSchema.parse({
      fullName: `Người ${n}`,
      personalId: `000${String(n).padStart(9, '0')}`,
      phone: `09${String(n).padStart(8, '0')}`,
    }),
    id: v7(),
    state: 'approved' as const,
  }));
  await vendorsBy(TEST_SEALING).insertMany(tx, rows, { provinceCode: '92', registeredIn: null }, new Date(0));
  return rows.map(({ id, fullName, personalId }) => ({ id, fullName, personalId: personalId?.reveal() ?? null }));
}

const rotationOf = (sealing: Sealing) => new KeyRotationService(db.database, new ResealingRepository(), sealing);
const vendorsBy = (sealing: Sealing) => new VendorsRepository(new SealedFields(sealing, TEST_INDEX));
const readVendor = (sealing: Sealing, id: string) => db.database.read((tx) => vendorsBy(sealing).find(tx, id));
const keysHeld = (keys: readonly KeyInUse[]) => keys.map(({ current, held, values }) => ({ current, held, values }));

describe('the list of sealed columns', () => {
  it('names every column whose comment says that it is sealed, and what tells its rows apart', async () => {
    const found = await db.database.read((tx) =>
      sql<{ column: string; types: Record<string, string> }>(
        tx,
        `SELECT c.relname || '.' || a.attname AS column,
                (SELECT json_object_agg(k.attname, format_type(k.atttypid, NULL)) FROM pg_attribute k
                 WHERE k.attrelid = c.oid AND k.attnum > 0 AND NOT k.attisdropped) AS types
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE c.relnamespace = 'public'::regnamespace AND a.atttypid = 'bytea'::regtype AND NOT c.relispartition
           AND col_description(c.oid, a.attnum) ~* '\\msealed\\M'`,
      ),
    );
    const listed = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
    expect(found.map(({ column }) => column).sort()).toEqual([...listed, ...SEALED_FOR_MINUTES].sort());
    const typesOf = new Map(found.map(({ column, types }) => [column, types]));
    for (const { table, column, key } of SEALED_COLUMNS) expect(typesOf.get(`${table}.${column}`)).toMatchObject(key);
  });
});

describe('a sealed identifier', () => {
  it('does not open in the row of another', async () => {
    const [one, other] = vendors as [SavedVendor, SavedVendor];
    await db.database.write((tx) =>
      execute(
        tx,
        `UPDATE vendors v SET phone_sealed = (SELECT phone_sealed FROM vendors WHERE id = $2) WHERE id = $1`,
        [one.id, other.id],
      ),
    );
    await expect(readVendor(TEST_SEALING, one.id)).rejects.toThrow(SealBroken);
    expect(await readVendor(TEST_SEALING, other.id)).toMatchObject({ id: other.id });
  });
});

describe('a new sealing key', () => {
  it('takes everything over while it is read, and the former one can go', async () => {
    const before = await rotationOf(next).keysInUse();
    expect(keysHeld(before)).toEqual([{ current: false, held: true, values: ALL }]);
    const first = await rotationOf(next).rotate({ batches: 1 });
    expect(first).toEqual({ resealed: 200, overtaken: 0, broken: 0 });
    // In the middle of it: every row can be read, whichever key it has.
    for (const { id, personalId } of vendors) {
      expect((await readVendor(next, id))?.personalId?.reveal()).toBe(personalId);
    }
    const progress: string[] = [];
    const rest = await rotationOf(next).rotate({ report: (column) => progress.push(column) });
    expect(rest).toEqual({ resealed: ALL - 200, overtaken: 0, broken: 0 });
    expect(new Set(progress)).toEqual(
      new Set([
        'vendors.personal_id_sealed',
        'vendors.phone_sealed',
        'payout_accounts.account_number_sealed',
        'bank_keys.material',
        'data_keys.material',
      ]),
    );
    expect(keysHeld(await rotationOf(nextAlone).keysInUse())).toEqual([{ current: true, held: true, values: ALL }]);
    expect((await readVendor(nextAlone, vendors[0]?.id ?? ''))?.personalId?.reveal()).toBe(vendors[0]?.personalId);
    const stored = await db.database.read((tx) =>
      sqlOne<{ account: Buffer; secret: Buffer; root: Buffer }>(
        tx,
        `SELECT account_number_sealed AS account, (SELECT material FROM bank_keys WHERE key_id = $2) AS secret,
           (SELECT material FROM data_keys) AS root FROM payout_accounts WHERE id = $1`,
        [account.id, BANK_KEY],
      ),
    );
    if (!stored) throw new Error('the account has gone');
    const fields = new SealedFields(nextAlone, TEST_INDEX);
    expect(fields.open(SEALED.accountNumber, account.id, stored.account).reveal()).toBe('0011004411223');
    expect(nextAlone.open(stored.secret, placeIn(SEALED.bankKey, BANK_KEY))).toEqual(SECRET);
    const index = new BlindIndex(nextAlone.open(stored.root, placeIn(SEALED.dataKey, 'blind_index')));
    expect(index.hexOf('account', '0011004411223')).toBe(TEST_FIELDS.hexIndexOf('account', '0011004411223'));
    expect(await rotationOf(nextAlone).rotate()).toEqual({ resealed: 0, overtaken: 0, broken: 0 });
  });

  it('never writes over what somebody changed meanwhile', async () => {
    const [vendor] = vendors as [SavedVendor];
    const rows = new ChangedMeanwhile(() =>
      db.database.write((tx) =>
        execute(tx, `UPDATE vendors SET phone_sealed = NULL, phone_index = NULL WHERE id = $1`, [vendor.id]),
      ),
    );
    const rotation = new KeyRotationService(db.database, rows, next);
    expect(await rotation.rotate()).toMatchObject({ overtaken: 1, broken: 0 });
    expect(await readVendor(next, vendor.id)).toMatchObject({ phone: null });
  });

  it('leaves alone, and says, what no key opens', async () => {
    const [one, other] = vendors as [SavedVendor, SavedVendor];
    await db.database.write((tx) =>
      execute(tx, `UPDATE vendors SET phone_sealed = $3 WHERE id IN ($1, $2)`, [
        one.id,
        other.id,
        new Sealing(randomBytes(32)).seal(Buffer.from('0900003986'), placeIn(SEALED.vendorPhone, one.id)),
      ]),
    );
    expect(await rotationOf(next).rotate()).toEqual({ resealed: ALL - 2, overtaken: 0, broken: 2 });
    const keys = await rotationOf(next).keysInUse();
    expect(keysHeld(keys)).toContainEqual({ current: false, held: false, values: 2 });
    expect(keys.find(({ held }) => !held)?.columns).toEqual({ 'vendors.phone_sealed': 2 });
  });
});

/** Lets somebody write between reading and writing, once. */
class ChangedMeanwhile extends ResealingRepository {
  private done = false;

  constructor(private readonly change: () => Promise<unknown>) {
    super();
  }

  override async replace(...[tx, column, values]: Parameters<ResealingRepository['replace']>): Promise<number> {
    if (!this.done && column === SEALED.vendorPhone) {
      this.done = true;
      await this.change();
    }
    return super.replace(tx, column, values);
  }
}
