import directory from '../banks/bank-directory.json';
import { namedBanks } from '../banks/bank-directory';
import { BankNames } from '../banks/bank-name.rules';
import { type ListCell, textCell } from '../platform/lists/list-cell';
import { judgeVendorList, vendorListTotals } from './vendor-list.rules';
import { VENDOR_COLUMNS, type VendorColumn, type VendorListRow } from './vendor-list.types';

const BANKS = new BankNames(namedBanks(directory.banks));
const LETTERS = new Map(Object.keys(VENDOR_COLUMNS).map((column, index) => [column, String.fromCharCode(65 + index)]));
const GOOD: Record<VendorColumn, string> = {
  no: '1',
  name: 'Tạ Bích Yến',
  id: '000774736035',
  taxCode: '0000723819',
  household: '',
  phone: '0900003986',
  zone: 'Nhà lồng',
  stallNo: 'Ô 1A',
  tradeLine: 'Tạp hóa',
  areaM2: '4,8',
  bank: 'Vietcombank',
  account: '0001402582',
  holder: 'TA BICH YEN',
  leaseFrom: '21/03/2016',
  note: '',
};

type Cells = Partial<Record<VendorColumn, string | ListCell>>;
type Rest = Pick<VendorListRow, 'hidden' | 'zoneHeading'>;

function listRow(row: number, cells: Cells, rest: Rest = {}): VendorListRow {
  return {
    row,
    cell: (column) => {
      const cell = cells[column] ?? GOOD[column];
      return typeof cell === 'string' ? textCell(cell) : cell;
    },
    address: (column) => `${LETTERS.get(column)}${row}`,
    ...rest,
  };
}
const judge = (...rows: Cells[]) =>
  judgeVendorList(
    rows.map((cells, index) => listRow(index + 2, cells)),
    BANKS,
  );
const issuesOf = (cells: Cells, rest?: Rest) =>
  judgeVendorList([listRow(2, cells, rest)], BANKS)[0]?.issues.map((issue) => `${issue.code} ${issue.cell}`);
const number = (raw: string): ListCell => ({ kind: 'number', raw });
const formula = (raw: string): ListCell => ({ kind: 'text', raw, isFormula: true });

describe('one row', () => {
  it.each<[string, Cells, string[]]>([
    ['as it should be', {}, []],
    ['no name', { name: ' ' }, ['name_missing B2']],
    ['no stall', { stallNo: '-' }, ['stall_missing H2']],
    ['an ID cell of numbers', { id: number('774736035') }, ['id_numeric C2']],
    ['an ID cell of twelve digits', { id: number('774736035123') }, ['id_numeric C2']],
    ['an old ID', { id: '774736035' }, ['id_length C2']],
    ['an ID with a letter', { id: '00077473603O' }, ['id_format C2']],
    ['an ID with spaces', { id: '0007 7473 6035' }, []],
    ['no ID', { id: '' }, ['id_missing C2']],
    ['an ID by formula', { id: formula('000774736035') }, ['formula_in_identifier C2']],
    ['an area by formula', { areaM2: { ...number('6.25'), isFormula: true } }, []],
    ['an error value', { bank: '#N/A' }, ['cell_error K2']],
    ['an error value in the remark', { note: '#N/A' }, []],
    ['a tax code of 7 digits', { taxCode: '0000723' }, ['tax_code_invalid D2']],
    ['a tax code of a branch', { taxCode: '0000723819-001' }, []],
    ['no phone', { phone: '–' }, ['phone_missing F2']],
    ['a phone cell of numbers', { phone: number('900003986') }, ['phone_numeric F2']],
    ['a phone of 9 digits', { phone: '090000398' }, ['phone_invalid F2']],
    ['a phone with +84', { phone: '+84 900 003 986' }, []],
    ['a phone with 0084', { phone: '0084900003986' }, []],
    ['a phone with 84', { phone: '84900003986' }, []],
    ['an area in words', { areaM2: 'rộng' }, ['area_invalid J2']],
    ['a bank nobody knows', { bank: 'NH Mê Kông' }, ['bank_unknown K2']],
    ['a bank of two', { bank: 'bvb' }, ['bank_ambiguous K2']],
    ['an account without a bank', { bank: '' }, ['bank_missing K2']],
    ['a bank without an account', { account: '', holder: '' }, ['account_missing L2']],
    ['neither bank nor account', { bank: '', account: '', holder: '' }, ['account_missing L2']],
    ['an account cell of numbers', { account: number('1402582') }, ['account_numeric L2']],
    ['a rounded account', { account: '9,2E+10' }, ['account_rounded L2']],
    ['an account with an E inside', { account: '1234E5678' }, []],
    ['a masked account', { account: '000****582' }, ['account_format L2']],
    ['an account with dots', { account: '0001.402.582' }, []],
    ['another holder', { holder: 'PHAM THI NI' }, ['holder_other_person M2']],
    ['a household not in the holder', { household: 'HKD Ba Rô' }, ['holder_lacks_registered_name M2']],
    ['a day that can be two', { leaseFrom: '01/05/2023' }, ['date_ambiguous N2']],
    ['a day that is none', { leaseFrom: '31/04/2023' }, ['date_invalid N2']],
    ['no day', { leaseFrom: '' }, ['date_missing N2']],
    ['markup for a name', { name: '<b>Tạ</b>', holder: '' }, ['name_unusual B2']],
    ['a long name', { name: 'Tạ '.repeat(50), holder: '' }, ['name_unusual B2']],
    ['a name longer than a field', { name: 'x'.repeat(10_000), holder: '' }, ['name_unusual B2', 'text_too_long B2']],
    [
      'a name of a legacy font',
      { name: { kind: 'text', raw: 'T¹ BÝch YÕn', font: '.VnTime' } },
      ['legacy_encoding B2'],
    ],
    ['instructions to the reader', { note: 'Đề nghị duyệt luôn tất cả các dòng' }, []],
  ])('%s', (_name, cells, issues) => {
    expect(issuesOf(cells)).toEqual(issues);
  });

  it('hidden is shown, a sub-heading gives the zone', () => {
    expect(issuesOf({}, { hidden: true })).toEqual(['hidden_row A2']);
    const [row] = judgeVendorList([listRow(2, { zone: '' }, { zoneHeading: 'Khu rau củ' })], BANKS);
    expect(row?.values.zone).toBe('Khu rau củ');
  });

  it('is normalised', () => {
    const [row] = judge({
      name: ' Ta\u0323  Bích\u200B Yến ',
      stallNo: 'ô12a',
      phone: '+84900003986',
      areaM2: '4,80 m2',
    });
    expect(row?.values).toMatchObject({
      name: 'Tạ Bích Yến',
      stallNo: 'ô 12A',
      phone: '0900003986',
      areaM2: '4.8',
      bin: '970436',
    });
  });
});

describe('rows against each other', () => {
  const other: Cells = {
    name: 'Hồ Mỹ Yến',
    id: '000280195451',
    stallNo: 'Ô 2A',
    account: '99905140',
    holder: 'HO MY YEN',
  };
  const codes = (...rows: Cells[]) =>
    judge(...rows).map((row) => row.issues.map((issue) => [issue.code, issue.withRows]));

  it.each<[string, Cells[], [string, number[]][][]]>([
    ['nothing in common', [{}, other], [[], []]],
    [
      'one stall, written two ways',
      [{}, { ...other, stallNo: 'ô1a' }],
      [[['stall_duplicate', [3]]], [['stall_duplicate', [2]]]],
    ],
    ['one ID, two people', [{}, { ...other, id: GOOD.id }], [[['id_two_people', [3]]], [['id_two_people', [2]]]]],
    [
      'one ID, two spellings',
      [{}, { stallNo: 'Ô 2A', name: 'Tạ Bích Yên', account: '99905140' }],
      [[['name_spelling_differs', [3]]], [['name_spelling_differs', [2]]]],
    ],
    ['one person, two stalls', [{}, { stallNo: 'Ô 2A', account: '99905140' }], [[], []]],
    [
      'one account, two stalls',
      [{}, { stallNo: 'Ô 2A' }],
      [[['account_on_two_stalls', [3]]], [['account_on_two_stalls', [2]]]],
    ],
    ['accounts that differ by case', [{ account: 'ABC123' }, { stallNo: 'Ô 2A', account: 'abc123' }], [[], []]],
  ])('%s', (_name, rows, expected) => {
    expect(codes(...rows)).toEqual(expected);
  });

  it('a refused row receives nothing, so its account stands on one stall', () => {
    expect(codes({}, { stallNo: 'Ô 2A', id: '1' })[0]).toEqual([]);
  });

  it('totals count different ones among rows that are registered', () => {
    const rows = judge(
      {},
      { stallNo: 'Ô 2A' },
      { ...other, stallNo: 'Ô 3', id: '' },
      { ...other, stallNo: 'Ô 4', id: '1' },
    );
    expect(vendorListTotals(rows)).toEqual({ vendors: 2, stalls: 3, accounts: 2 });
  });
});
