import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, sql } from '../../src/platform/db/database';
import { openRegister, type Register } from './register-services';

/** Loading the units takes a second, on a busy machine some more. */
jest.setTimeout(30_000);

const FIXTURES = join(__dirname, '..', 'fixtures', 'register');
const LIST = readFileSync(join(FIXTURES, 'markets.csv'));
const EXPECTED = JSON.parse(readFileSync(join(FIXTURES, 'markets.expected.json'), 'utf8')) as {
  totals: { markets: number; classDiffers: number };
  rows: Record<string, unknown>[];
};
const HEADER = LIST.toString('utf8').split('\r\n')[0] ?? '';

let register: Register;

beforeAll(async () => {
  register = await openRegister();
  await register.units.seed();
});
afterAll(() => register.drop());
beforeEach(() => register.save((tx) => execute(tx, `DELETE FROM markets`)));

const importList = (bytes: Buffer | string, dryRun = false) =>
  register.act(() =>
    register.marketImport.import({ fileName: 'markets.csv', bytes: Buffer.from(bytes), dryRun, language: 'vi' }),
  );
const row = (overrides: Record<number, string> = {}) => {
  const cells =
    '1,92ST900,Chợ Thử,,Chợ dân sinh,31510,Phường Phú Lợi,Thành phố Sóc Trăng,Phường 2,Kiên cố,Có,100,90,1000,,,,BQL,Ban quản lý,9.6,106,04:00-18:00'.split(
      ',',
    );
  for (const [index, text] of Object.entries(overrides)) cells[Number(index)] = text;
  return cells.join(',');
};
const list = (...rows: string[]) => [HEADER, ...rows, ''].join('\r\n');
const marketCount = async () => {
  const [counted] = await register.save((tx) => sql<{ count: bigint }>(tx, `SELECT count(*) FROM markets`));
  return Number(counted?.count);
};

describe('the department’s list of 124 markets', () => {
  it('is registered as expected, row by row, and once', async () => {
    const report = await importList(LIST);
    expect(report).toMatchObject({ rows: 124, registered: 124, ok: 124, attention: 0, error: 0, problems: [] });
    expect(report.totals).toEqual({ markets: EXPECTED.totals.markets });
    for (const expected of EXPECTED.rows) {
      const market = await register.markets.read(expected.code as string);
      const former = [expected.formerCommune, expected.formerDistrict, expected.formerProvince].join(', ');
      expect({ ...market, formerCommuneCode: undefined }).toMatchObject({
        code: expected.code,
        name: expected.name,
        aliases: expected.aliases,
        kind: expected.kind,
        marketKind: expected.marketKind,
        provinceCode: expected.provinceCode,
        communeCode: expected.communeCode,
        communeName: expected.communeName,
        formerCommune: former,
        build: expected.build,
        inPlan: expected.inPlan,
        plannedPoints: expected.plannedPoints,
        operatingPoints: expected.operatingPoints,
        areaM2: expected.areaM2,
        officialClass: expected.officialClass,
        classDecision: expected.classDecision,
        classDecisionOn: expected.classDecisionDate,
        suggestedClass: expected.suggestedClass,
        classDiffers: expected.classDiffers,
        operatorName: expected.operator,
        operatorKind: expected.operatorKind,
        opens: expected.opens,
        closes: expected.closes,
      });
      // The list writes 105.98910; nobody measured the zero.
      expect([market.latitude, market.longitude].map(Number)).toEqual(
        [expected.latitude, expected.longitude].map(Number),
      );
    }
    const again = await importList(LIST);
    expect(again).toMatchObject({ rows: 124, registered: 0, unchanged: 124, ok: 124, problems: [] });
    expect(await marketCount()).toBe(124);
    const trail = await register.save((tx) =>
      sql(tx, `SELECT action FROM audit_entries WHERE action = 'markets_imported'`),
    );
    expect(trail).toHaveLength(1);
  });

  it('is only checked by a dry run', async () => {
    expect(await importList(LIST, true)).toMatchObject({ dryRun: true, registered: 124 });
    expect(await marketCount()).toBe(0);
  });
});

describe('a row', () => {
  it.each<[string, string[], string[], number]>([
    ['registers beside one that is wrong', [row(), row({ 1: 'chợ!' })], ['B3 code_format'], 1],
    ['without a name', [row({ 2: ' \u200B ' })], ['C2 name_missing'], 0],
    ['with a name too long', [row({ 2: 'x'.repeat(10_000) })], ['C2 text_too_long'], 0],
    ['twice', [row(), row()], ['B2 code_duplicate', 'B3 code_duplicate'], 0],
    ['of a commune that does not exist', [row({ 5: '99999' })], ['F2 commune_unknown'], 0],
    ['without a commune, known by its former one', [row({ 5: '' })], ['I2 commune_from_former'], 1],
    ['without any commune', [row({ 5: '', 7: '', 8: '' })], ['F2 commune_missing'], 0],
    ['of a former commune elsewhere', [row({ 8: 'Phường 99' })], ['I2 former_commune_unknown'], 1],
    ['whose commune has another name', [row({ 6: 'Phường Khác' })], ['G2 commune_name_differs'], 1],
    ['with an unknown kind', [row({ 4: 'Chợ trời' })], ['E2 choice_unknown'], 0],
    ['with points in words', [row({ 11: 'một trăm' })], ['L2 number_invalid'], 0],
    ['with a class and no decision', [row({ 14: '1' })], ['O2 class_decision_incomplete'], 0],
    ['with a date that is no day', [row({ 14: '1', 15: 'x', 16: '31/02/2020' })], ['Q2 date_invalid'], 0],
    ['somewhere else on earth', [row({ 19: '51.5' })], ['T2 coordinate_invalid'], 1],
    ['with an error value', [row({ 9: '#N/A' })], ['J2 cell_error'], 0],
    ['with markup for a name', [row({ 2: '<b>Chợ</b> =1+1 🍜' })], [], 1],
  ])('%s', async (_name, rows, problems, markets) => {
    const report = await importList(list(...rows));
    expect(report.problems.map((problem) => `${problem.cell} ${problem.code}`)).toEqual(problems);
    expect(await marketCount()).toBe(markets);
  });

  it('that differs from the register is shown; the register stays', async () => {
    await importList(list(row()));
    const report = await importList(list(row({ 2: 'Chợ Đổi Tên' })));
    expect(report).toMatchObject({
      registered: 0,
      attention: 1,
      problems: [{ cell: 'C2', code: 'differs_from_register' }],
    });
    expect(await register.markets.read('92ST900')).toMatchObject({ name: 'Chợ Thử', version: 1 });
  });

  it('finds the former commune’s code', async () => {
    await importList(list(row()));
    expect(await register.markets.read('92ST900')).toMatchObject({
      formerCommuneCode: '31510',
      formerCommune: 'Phường 2, Thành phố Sóc Trăng, Tỉnh Sóc Trăng',
    });
  });
});

describe('a file', () => {
  it.each<[string, Buffer | string, string]>([
    ['empty', '', 'list_empty'],
    ['with other columns', 'a,b\r\n1,2\r\n', 'list_header_missing'],
    ['with another delimiter', list(row()).replaceAll(',', '|'), 'list_header_missing'],
    ['in UTF-16', Buffer.from(`\uFEFF${list(row())}`, 'utf16le'), 'list_encoding'],
    ['in Windows-1258', Buffer.from(list(row({ 2: 'Chî' })), 'latin1'), 'list_encoding'],
    ['with a NUL', list(row({ 2: 'Ch\0' })), 'list_nul_character'],
    ['cut inside a quote', list(row({ 2: '"Chợ' })), 'list_quote_broken'],
    ['cut inside a row', `${HEADER}\r\n${row()}\r\n2,92ST901,Chợ`, 'list_row_incomplete'],
    ['that is a workbook', Buffer.from('PK\u0003\u0004'), 'list_format_not_supported'],
    ['with a column twice', `${HEADER},Tên chợ\r\n${row()},x\r\n`, 'list_header_twice'],
    ['too large', Buffer.alloc(20 * 1_048_576 + 1, 'x'), 'list_too_large'],
  ])('%s is refused, and nothing is kept', async (_name, bytes, code) => {
    await expect(importList(bytes)).rejects.toMatchObject({ code });
    expect(await marketCount()).toBe(0);
  });

  it.each<[string, string]>([
    ['with semicolons and LF', list(row()).replaceAll(',', ';').replaceAll('\r\n', '\n')],
    ['without a last line break', list(row()).trimEnd()],
    ['with blank rows', list(row(), ',,,,,,,,,,,,,,,,,,,,,')],
    ['with quotes and a line break in a cell', list(row({ 2: '"Chợ ""Thử""\nMột"' }))],
  ])('%s is read', async (_name, text) => {
    expect(await importList(text)).toMatchObject({ rows: 1, registered: 1, problems: [] });
  });
});
