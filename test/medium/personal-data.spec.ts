import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from '../../src/platform/db/database';
import { Confidential } from '../../src/kernel/confidential';
import { accountInputSchema } from '../../src/vendors/tenancy.schema';
import { vendorInputSchema } from '../../src/vendors/vendor.schema';
import { saveMarket, saveStall } from '../factories/market.factory';
import { SAMPLE_ACCOUNTS, saveSampleRegister } from '../factories/register.factory';
import { saveOccupiedStall, saveVendor } from '../factories/vendor.factory';
import { openRegister, type Register } from './register-services';

const FIXTURES = join(__dirname, '..', 'fixtures', 'register');
const LIST = readFileSync(join(FIXTURES, 'vendors-cho-nho.csv'));
const LISTED = (
  JSON.parse(readFileSync(join(FIXTURES, 'vendors-cho-nho.expected.json'), 'utf8')) as {
    rows: { values: Record<'id' | 'taxCode' | 'phone' | 'account', string | null> }[];
  }
).rows.flatMap(({ values: { id, taxCode, phone, account } }) => [id, taxCode, phone, account]);

/** Printed on the sticker for everybody to scan: the payload of a payment code names its account (decision 0017). */
const PUBLIC_TABLES = ['qr_issues'];

let register: Register;
const given = new Set<string>();

beforeAll(async () => {
  register = await openRegister();
  await register.banks.seed();
  await register.save(async (tx) => {
    await saveSampleRegister(tx);
    const market = await saveMarket(tx, { code: '92ST777' });
    const { account } = await saveOccupiedStall(tx, await saveStall(tx, market));
    const vendor = await saveVendor(tx, { personalId: '000774736001', phone: '0911223344', taxCode: '000774736001' });
    for (const value of [account.accountNumber, vendor.personalId ?? '', '0911223344']) given.add(value);
  });
  await throughEveryDoor();
  for (const value of [...LISTED, ...SAMPLE_ACCOUNTS.slice(0, 200).map(({ account }) => account)])
    if (value) given.add(value);
});
afterAll(() => register.drop());

/** A vendor registered, changed and given an account by a person, and a whole list. */
async function throughEveryDoor(): Promise<void> {
  const input = { fullName: 'Hồ Mỹ Yến', personalId: '000774736002', phone: '0911223355', taxCode: '000774736002' };
  const vendor = await register.act(() => register.vendors.register(vendorInputSchema.parse(input)));
  const phone = Confidential.of('phone', '0911223366');
  await register.act(() => register.vendors.change(vendor.id, vendor.version, { phone }));
  const account = accountInputSchema.parse({ bankBin: '970436', accountNumber: '0011 0044 77889' });
  await register.act(() => register.accounts.add(vendor.id, account));
  for (const value of ['000774736002', '0911223355', '0911223366', '0011004477889']) given.add(value);
  const list = { fileName: 'list.csv', bytes: LIST, dryRun: false, language: 'vi' as const };
  const report = await register.act(() => register.vendorImport.import('92ST777', list));
  expect(report.registered).toBe(45);
}

it('no ID, phone or account that anybody gave stands in clear in any table', async () => {
  const tables = await register.save((tx) =>
    sql<{ name: string }>(
      tx,
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
         AND relname <> ALL ($1) ORDER BY 1`,
      [PUBLIC_TABLES],
    ),
  );
  const names = tables.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['vendors', 'payout_accounts', 'audit_entries']));
  const found: string[] = [];
  for (const name of names) {
    const rows = await register.save((tx) => sql<{ row: string }>(tx, `SELECT t::text AS row FROM ${name} t`));
    const text = rows.map(({ row }) => row).join('\n');
    // What a bytea column holds stands in a dump in hexadecimal: clear bytes would be seen too.
    for (const value of given) {
      const hex = Buffer.from(value).toString('hex');
      if (text.includes(value) || text.includes(hex)) found.push(`${name}: ${value}`);
    }
  }
  expect(given.size).toBeGreaterThan(100);
  expect(found).toEqual([]);
});

it('the trail tells what changed in masks', async () => {
  const rows = await register.save((tx) =>
    sql<{ action: string; before: object | null; after: object }>(
      tx,
      `SELECT action, before, after FROM audit_entries WHERE action IN ('vendor_created', 'vendor_changed', 'account_added')
       ORDER BY id`,
    ),
  );
  expect(rows).toMatchObject([
    {
      action: 'vendor_created',
      after: { personalId: '0007*****002', taxCode: '0007*****002', phone: '091****355' },
    },
    { action: 'vendor_changed', before: { phone: '091****355' }, after: { phone: '091****366' } },
    { action: 'account_added', after: { accountNumber: '****7889' } },
  ]);
});

it('a list knows again whom it brought, without opening anybody else', async () => {
  const again = await register.act(() =>
    register.vendorImport.import('92ST777', { fileName: 'list.csv', bytes: LIST, dryRun: false, language: 'vi' }),
  );
  expect(again).toMatchObject({ registered: 0, unchanged: 45 });
});

describe('the search finds whole identifiers', () => {
  const search = async (q: string) =>
    (await register.vendors.list({ q, limit: 5 })).items.map(({ fullName }) => fullName);

  it.each([
    ['an ID', '000774736002'],
    ['an ID as written on the card', '000 774 736 002'],
    ['a phone that was changed', '0911.223.366'],
    ['an account', '0011004477889'],
  ])('by %s', async (_name, q) => {
    expect(await search(q)).toEqual(['Hồ Mỹ Yến']);
  });

  it.each([
    ['a part of an ID', '000774736'],
    ['the former phone', '0911223355'],
    ['a part of an account', '001100447788'],
  ])('not by %s', async (_name, q) => {
    expect(await search(q)).toEqual([]);
  });
});
