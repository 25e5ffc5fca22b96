import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, sql } from '../../src/platform/db/database';
import { type PersonalColumn, SEALED } from '../../src/platform/secrets/sealed-columns';
import { TEST_FIELDS } from '../database/test-secrets';
import { saveMarket, saveStall } from '../factories/market.factory';
import { saveLease, saveVendor } from '../factories/vendor.factory';
import { openRegister, type Register } from './register-services';

const FIXTURES = join(__dirname, '..', 'fixtures', 'register');
const LIST = readFileSync(join(FIXTURES, 'vendors-cho-nho.csv'));
const EXPECTED = JSON.parse(readFileSync(join(FIXTURES, 'vendors-cho-nho.expected.json'), 'utf8')) as {
  totals: { uniqueVendors: number; stalls: number; accounts: number };
  rows: { row: number; values: Record<string, string | null> }[];
};
const HEADER = LIST.toString('utf8').split('\r\n')[0] ?? '';
const CELLS =
  '1;Quách Kim Sen;000774736035;;;0900003986;Nhà lồng;Ô 1A;Tạp hóa;4,8;Vietcombank;0001402582;QUACH KIM SEN;21/03/2016;';

const OWN_MARKET = { kind: 'markets', codes: ['92ST041'] } as const;

let register: Register;

beforeAll(async () => {
  register = await openRegister();
  await register.banks.seed();
});
afterAll(() => register.drop());
beforeEach(() =>
  register.save(async (tx) => {
    await execute(tx, `DELETE FROM payout_assignments`);
    await execute(tx, `DELETE FROM payout_accounts`);
    await execute(tx, `DELETE FROM leases`);
    await execute(tx, `DELETE FROM stalls`);
    await execute(tx, `DELETE FROM zones`);
    await execute(tx, `DELETE FROM vendors`);
    await execute(tx, `DELETE FROM markets`);
    await saveMarket(tx, { code: '92ST041', name: 'Chợ Nhu Gia' });
  }),
);

const importList = (bytes: Buffer | string, dryRun = false, market = '92ST041') =>
  register.act(() =>
    register.vendorImport.import(market, { fileName: 'list.csv', bytes: Buffer.from(bytes), dryRun, language: 'vi' }),
  );
const row = (overrides: Record<number, string> = {}) => {
  const cells = CELLS.split(';');
  for (const [index, text] of Object.entries(overrides)) cells[Number(index)] = text;
  return cells.join(';');
};
const second = (overrides: Record<number, string> = {}) =>
  row({ 1: 'Hồ Mỹ Yến', 2: '000280195451', 7: 'Ô 2A', 11: '99905140', 12: 'HO MY YEN', ...overrides });
const list = (...rows: string[]) => [HEADER, ...rows, ''].join('\r\n');
const problems = (report: { problems: { cell: string; code: string }[] }) =>
  report.problems.map((problem) => `${problem.cell} ${problem.code}`);

interface Registered extends Record<string, unknown> {
  readonly vendor: string;
  readonly payout: string;
}

/** Everything the import wrote, as rows of the list. */
const registered = async () => {
  const rows = await register.save((tx) =>
    sql<Registered>(
      tx,
      `SELECT v.id AS vendor, a.id AS payout, v.full_name AS name, v.personal_id_sealed AS id,
         v.tax_code_sealed AS "taxCode", v.household_name AS household, v.phone_sealed AS phone,
         z.name AS zone, s.number AS "stallNo", s.trade_line AS "tradeLine", trim_scale(s.area_m2)::text AS "areaM2",
         a.bank_bin AS bin, a.account_number_sealed AS account, a.holder_name AS holder, l.from_day AS "leaseFrom", l.note,
         v.state, a.verified_at AS verified, s.opened_on AS opened, p.from_day AS "paysFrom"
       FROM stalls s JOIN leases l ON l.stall_id = s.id JOIN vendors v ON v.id = l.vendor_id
         LEFT JOIN zones z ON z.id = s.zone_id
         LEFT JOIN payout_assignments p ON p.stall_id = s.id LEFT JOIN payout_accounts a ON a.id = p.payout_account_id
       ORDER BY s.sort_key`,
    ),
  );
  return rows.map(opened);
};

/** With the identifiers in clear. */
function opened({ vendor, payout, ...row }: Registered): Record<string, unknown> {
  const clear = (column: PersonalColumn, key: string, sealed: unknown): string | null =>
    TEST_FIELDS.open(column, key, sealed as Buffer | null)?.reveal() ?? null;
  return {
    ...row,
    id: clear(SEALED.vendorPersonalId, vendor, row.id),
    taxCode: clear(SEALED.vendorTaxCode, vendor, row.taxCode),
    phone: clear(SEALED.vendorPhone, vendor, row.phone),
    account: clear(SEALED.accountNumber, payout, row.account),
  };
}

describe('the list of a small market', () => {
  it('is registered as expected, row by row, and once', async () => {
    const report = await importList(LIST);
    expect(report).toMatchObject({ rows: 45, registered: 45, ok: 45, attention: 0, error: 0, problems: [] });
    const { uniqueVendors, stalls, accounts } = EXPECTED.totals;
    expect(report.totals).toEqual({ vendors: uniqueVendors, stalls, accounts });
    const byStall = new Map((await registered()).map((stall) => [stall.stallNo, stall]));
    expect(byStall.size).toBe(45);
    for (const { values } of EXPECTED.rows) {
      expect(byStall.get(values.stallNo)).toEqual({
        ...values,
        state: 'approved',
        verified: null,
        opened: values.leaseFrom,
        paysFrom: values.leaseFrom,
      });
    }
    const before = await registered();
    const again = await importList(LIST);
    expect(again).toMatchObject({ rows: 45, registered: 0, unchanged: 45, ok: 45, problems: [] });
    expect(await registered()).toEqual(before);
  });

  it('takes no consent for given, and is audited once', async () => {
    await importList(LIST);
    const [row] = await register.save((tx) =>
      sql(
        tx,
        `SELECT (SELECT count(*)::int FROM consents) AS consents,
           (SELECT count(*)::int FROM audit_entries WHERE action = 'vendors_imported'
            AND at = (SELECT max(at) FROM audit_entries)) > 0 AS audited`,
      ),
    );
    expect(row).toEqual({ consents: 0, audited: true });
    const trail = await register.save((tx) => sql(tx, `SELECT after FROM audit_entries`));
    expect(JSON.stringify(trail)).not.toContain('000774736035');
  });

  it('is only checked by a dry run', async () => {
    expect(await importList(LIST, true)).toMatchObject({ dryRun: true, registered: 45, ok: 45 });
    expect(await registered()).toEqual([]);
    const previews = await register.save((tx) =>
      sql(
        tx,
        `SELECT subject_id AS market, after->'rows' AS rows FROM audit_entries WHERE action = 'vendor_list_previewed'
         ORDER BY id DESC LIMIT 1`,
      ),
    );
    expect(previews).toEqual([{ market: '92ST041', rows: 45 }]);
  });

  it('handed in twice at once is registered once', async () => {
    const reports = await Promise.all([importList(LIST), importList(LIST)]);
    expect(reports.map((report) => report.registered).sort()).toEqual([0, 45]);
    expect(await registered()).toHaveLength(45);
  });

  it('of two markets at once, with the same people, makes each of them once', async () => {
    await register.save((tx) => saveMarket(tx, { code: 'TWIN' }));
    const reports = await Promise.all([importList(LIST), importList(LIST, false, 'TWIN')]);
    expect(reports.map((report) => report.registered)).toEqual([45, 45]);
    const [counted] = await register.save((tx) =>
      sql(tx, `SELECT (SELECT count(*)::int FROM vendors) AS vendors, (SELECT count(*)::int FROM stalls) AS stalls`),
    );
    expect(counted).toEqual({ vendors: 45, stalls: 90 });
  });

  it('of a market that is not there is refused', async () => {
    await expect(importList(LIST, false, 'NOPE')).rejects.toMatchObject({ code: 'market_not_found' });
  });
});

describe('rows beside each other', () => {
  it.each<[string, string[], string[], number]>([
    ['an error keeps only its own row out', [row({ 2: '123' }), second()], ['C2 id_length'], 1],
    ['a stall twice', [row(), second({ 7: 'ô1a' })], ['H2 stall_duplicate', 'H3 stall_duplicate'], 0],
    ['one ID, two people', [row(), second({ 2: '000774736035' })], ['C2 id_two_people', 'C3 id_two_people'], 0],
    [
      'one person, two spellings, two stalls',
      [row(), row({ 1: 'Quách Kim Sén', 7: 'Ô 9', 11: '0001402583' })],
      ['B2 name_spelling_differs', 'B3 name_spelling_differs'],
      2,
    ],
    [
      'one account, two stalls',
      [row(), row({ 7: 'Ô 9' })],
      ['L2 account_on_two_stalls', 'L3 account_on_two_stalls'],
      2,
    ],
    ['without an account', [row({ 11: '-', 12: '' })], ['L2 account_missing'], 1],
    [
      'without ID, phone and date',
      [row({ 2: '', 5: '', 13: '' })],
      ['N2 date_missing', 'C2 id_missing', 'F2 phone_missing'],
      1,
    ],
    ['a bank of two', [row({ 10: 'BVB' })], ['K2 bank_ambiguous'], 1],
    ['a name that is a formula', [row({ 1: '=1+1', 12: '' })], ['B2 name_unusual'], 1],
  ])('%s', async (_name, rows, expected, stalls) => {
    expect(problems(await importList(list(...rows)))).toEqual(expected);
    expect(await registered()).toHaveLength(stalls);
  });

  it('one person with two stalls is one vendor with one account', async () => {
    await importList(list(row(), row({ 7: 'Ô 9' })));
    const [counted] = await register.save((tx) =>
      sql(
        tx,
        `SELECT (SELECT count(*)::int FROM vendors) AS vendors, (SELECT count(*)::int FROM payout_accounts) AS accounts`,
      ),
    );
    expect(counted).toEqual({ vendors: 1, accounts: 1 });
  });

  it('identifiers in a report are masked', async () => {
    const report = await importList(list(row({ 2: '00077473603', 11: '12345' })));
    expect(JSON.stringify(report)).not.toMatch(/00077473603|12345/);
  });
});

describe('a list that the register knows better', () => {
  beforeEach(() => importList(list(row({ 2: '', 5: '', 13: '' }), second())));

  it('fills what was missing', async () => {
    const report = await importList(list(row(), second()));
    expect(report).toMatchObject({ registered: 1, unchanged: 1, problems: [] });
    expect((await registered())[0]).toMatchObject({
      id: '000774736035',
      phone: '0900003986',
      leaseFrom: '2016-03-21',
      paysFrom: '2016-03-21',
    });
  });

  it.each<[string, string, string[]]>([
    ['another phone', second({ 5: '0900009999' }), ['F2 differs_from_register']],
    ['another trade', second({ 8: 'Vải sợi' }), ['I2 differs_from_register']],
    ['another first day', second({ 13: '22/03/2016' }), ['N2 differs_from_register']],
    ['another account', second({ 11: '99900000001' }), ['L2 account_differs_from_register']],
    ['another spelling', second({ 1: 'Hồ Mỹ Yên', 12: '' }), ['B2 name_spelling_differs']],
    ['another person on the stall', second({ 1: 'Ai Khác', 2: '000000000001', 12: '' }), ['H2 stall_occupied']],
    ['another name for the ID', second({ 1: 'Ai Khác', 12: '' }), ['C2 id_known_by_other_name']],
  ])('%s is shown, and nothing is overwritten', async (_name, changed, expected) => {
    const before = await registered();
    const report = await importList(list(changed));
    expect(problems(report)).toEqual(expected);
    expect(report.registered).toBe(0);
    expect(await registered()).toEqual(before);
  });

  it('a stall that was left is taken by the next', async () => {
    await register.save((tx) => execute(tx, `UPDATE leases SET to_day = '2026-06-30' WHERE from_day < '2026-01-01'`));
    await register.save((tx) =>
      execute(tx, `UPDATE payout_assignments SET to_day = '2026-06-30' WHERE from_day < '2026-01-01'`),
    );
    const next = second({ 1: 'Ai Khác', 2: '000000000001', 11: '99900000001', 12: '' });
    expect(problems(await importList(list(next)))).toEqual(['N2 lease_overlap']);
    const taken = list(next.replace('21/03/2016', '13/07/2026'));
    const report = await importList(taken);
    expect(report).toMatchObject({ registered: 1 });
    // The stall has paid into another account: the list brings the vendor and the account, two people the change.
    expect(problems(report)).toEqual(['L2 account_change_takes_two']);
    expect(await importList(taken)).toMatchObject({ registered: 0 });
  });

  it('a stall that is closed stays closed', async () => {
    await register.save((tx) =>
      execute(tx, `UPDATE stalls SET state = 'closed', closed_on = '2026-11-22' WHERE number = 'Ô 2A'`),
    );
    expect(problems(await importList(list(second())))).toEqual(['H2 stall_closed']);
  });

  it('a person who has ceased elsewhere takes on nothing', async () => {
    await register.save((tx) => saveVendor(tx, { personalId: '000000000002', fullName: 'Đã Nghỉ', state: 'ceased' }));
    const row = second({ 1: 'Đã Nghỉ', 2: '000000000002', 7: 'Ô 7', 12: '' });
    expect(problems(await importList(list(row)))).toEqual(['C2 vendor_not_active']);
  });

  it('a vendor of another market is the same vendor', async () => {
    const other = await register.save(async (tx) => {
      const market = await saveMarket(tx, { code: 'OTHER' });
      const vendor = await saveVendor(tx, { personalId: '000000000003', fullName: 'Hai Chợ', phone: '0900003986' });
      const stall = await saveStall(tx, market);
      await saveLease(tx, stall, vendor);
      return { vendor };
    });
    const row = second({ 1: 'Hai Chợ', 2: '000000000003', 7: 'Ô 7', 12: '' });
    expect(await importList(list(row))).toMatchObject({ registered: 1, problems: [] });
    const { leases } = await register.vendors.read(other.vendor.id);
    expect(leases.map((lease) => lease.marketCode).sort()).toEqual(['92ST041', 'OTHER']);
  });

  it('a person of another market is the same person for a board that sees its own market only', async () => {
    await register.save((tx) => saveMarket(tx, { code: '92ST042' }));
    await importList(list(row({ 7: 'Ô 9' })), false, '92ST042');
    const board = { kind: 'staff', id: '019a0000-0000-7000-8000-0000000000b0', scope: OWN_MARKET } as const;
    const file = {
      fileName: 'list.csv',
      bytes: Buffer.from(list(row({ 7: 'Ô 9' }))),
      dryRun: false,
      language: 'vi',
    } as const;
    const report = await register.act(() => register.vendorImport.import('92ST041', file), board);
    expect(report).toMatchObject({ registered: 1, problems: [] });
    const holders = await register.save((tx) =>
      sql(tx, `SELECT DISTINCT vendor_id FROM leases l JOIN stalls s ON s.id = l.stall_id WHERE s.number = 'Ô 9'`),
    );
    expect(holders).toHaveLength(1);
    const elsewhere = register.act(() => register.vendorImport.import('92ST042', file), board);
    await expect(elsewhere).rejects.toMatchObject({ code: 'market_not_found' });
  });
});
