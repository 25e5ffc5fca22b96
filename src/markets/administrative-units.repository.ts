import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { searchWords } from '../kernel/text';
import { columnsOf } from '../platform/db/columns';
import { Conditions } from '../platform/db/conditions';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { AdministrativeData, SuccessionRow, UnitKind, UnitLevel } from './administrative-units.import';

/** A unit with the days on which it exists; `validTo` is its last day, null while it has none. */
export interface AdministrativeUnit {
  readonly code: string;
  readonly level: UnitLevel;
  readonly name: string;
  readonly kind: UnitKind;
  readonly provinceCode: string;
  readonly validFrom: BusinessDay;
  readonly validTo: BusinessDay | null;
}

export interface UnitFilter {
  readonly level?: UnitLevel | undefined;
  readonly provinceCode?: string | undefined;
  readonly q?: string | undefined;
  /** The day on which the unit exists. */
  readonly on: BusinessDay;
}

export type Predecessor = Omit<SuccessionRow, 'formerKey' | 'successorCode'>;
export type Successor = Pick<SuccessionRow, 'formerKey' | 'formerCode' | 'successorCode'>;

const UNIT = `code, level, name, kind, province_code AS "provinceCode", valid_from AS "validFrom", valid_to AS "validTo"`;

@Injectable()
export class AdministrativeUnitsRepository {
  async loadedVersion(tx: Tx): Promise<string | null> {
    const row = await sqlOne<{ version: string }>(
      tx,
      `SELECT value #>> '{}' AS version FROM settings WHERE key = 'administrative_units'`,
    );
    return row?.version ?? null;
  }

  async rememberVersion(tx: Tx, version: string): Promise<void> {
    await execute(
      tx,
      `INSERT INTO settings (key, value) VALUES ('administrative_units', to_jsonb($1::text))
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      [version],
    );
  }

  /** The province whose register this is; set once, unless somebody did before. */
  async chooseProvince(tx: Tx, code: string): Promise<void> {
    await execute(
      tx,
      `INSERT INTO settings (key, value)
       SELECT 'province', jsonb_build_object('code', code, 'name', name) FROM administrative_units
       WHERE code = $1 AND level = 'province' ON CONFLICT (key) DO NOTHING`,
      [code],
    );
  }

  async chosenProvince(tx: Tx): Promise<string | undefined> {
    const row = await sqlOne<{ code: string }>(
      tx,
      `SELECT value ->> 'code' AS code FROM settings WHERE key = 'province'`,
    );
    return row?.code;
  }

  /** Adds what is not there yet; a unit or succession that is known stays as it is. */
  async add(tx: Tx, data: AdministrativeData): Promise<void> {
    await execute(
      tx,
      `INSERT INTO administrative_units (code, level, name, kind, province_code, search_name, valid_from)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[])
       ON CONFLICT DO NOTHING`,
      columnsOf(data.units, ['code', 'level', 'name', 'kind', 'provinceCode', 'searchName', 'validFrom']),
    );
    await execute(
      tx,
      `INSERT INTO administrative_successions (former_key, former_code, former_name, former_district, former_province,
         successor_code, effective_on, is_split)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::bool[])
       ON CONFLICT DO NOTHING`,
      columnsOf(data.successions, [
        'formerKey',
        'formerCode',
        'formerName',
        'formerDistrict',
        'formerProvince',
        'successorCode',
        'effectiveOn',
        'isSplit',
      ]),
    );
  }

  /** The unit of that code on that day, else its most recent row: a dissolved one, which its `validTo` tells. */
  async find(tx: Tx, code: string): Promise<AdministrativeUnit | undefined> {
    return sqlOne(tx, `SELECT ${UNIT} FROM administrative_units WHERE code = $1 ORDER BY valid_from DESC LIMIT 1`, [
      code,
    ]);
  }

  /** Those of the codes that exist on a day, in Vietnamese order of name. */
  async places(tx: Tx, level: UnitLevel, codes: readonly string[], day: BusinessDay): Promise<AdministrativeUnit[]> {
    return sql(
      tx,
      `SELECT ${UNIT} FROM administrative_units WHERE level = $1 AND code = ANY ($2)
         AND valid_from <= $3 AND (valid_to IS NULL OR valid_to >= $3) ORDER BY name COLLATE "vi-x-icu", code`,
      [level, codes, day],
    );
  }

  /** Every commune that exists on a day, by code: for lists, which name hundreds of them. */
  async communesOn(tx: Tx, day: BusinessDay): Promise<AdministrativeUnit[]> {
    return sql(
      tx,
      `SELECT ${UNIT} FROM administrative_units
       WHERE level = 'commune' AND valid_from <= $1 AND (valid_to IS NULL OR valid_to >= $1)`,
      [day],
    );
  }

  async count(tx: Tx, filter: UnitFilter): Promise<number> {
    const where = conditions(filter);
    const row = await sqlOne<{ count: bigint }>(
      tx,
      `SELECT count(*) FROM administrative_units ${where.text}`,
      where.params,
    );
    return Number(row?.count ?? 0);
  }

  /** In Vietnamese order of name, then by code; one row more than `limit`. */
  async list(
    tx: Tx,
    filter: UnitFilter,
    page: { after: string[] | null; limit: number },
  ): Promise<AdministrativeUnit[]> {
    const where = conditions(filter);
    if (page.after) {
      const [name, code] = page.after.map((part) => where.bind(part));
      where.also(`(name COLLATE "vi-x-icu", code) > (${name} COLLATE "vi-x-icu", ${code})`);
    }
    const limit = where.bind(page.limit + 1);
    return sql(
      tx,
      `SELECT ${UNIT} FROM administrative_units ${where.text} ORDER BY name COLLATE "vi-x-icu", code LIMIT ${limit}`,
      where.params,
    );
  }

  async predecessors(tx: Tx, code: string): Promise<Predecessor[]> {
    return sql(
      tx,
      `SELECT former_code AS "formerCode", former_name AS "formerName", former_district AS "formerDistrict",
         former_province AS "formerProvince", effective_on AS "effectiveOn", is_split AS "isSplit"
       FROM administrative_successions WHERE successor_code = $1
       ORDER BY effective_on DESC, former_district COLLATE "vi-x-icu", former_name COLLATE "vi-x-icu"`,
      [code],
    );
  }

  /** Where former communes went, by the keys that `formerCommuneKey` makes without the province: `|district|commune`. */
  async successorsByName(tx: Tx, endings: readonly string[]): Promise<(Successor & { formerProvince: string })[]> {
    return sql(
      tx,
      `SELECT former_key AS "formerKey", former_code AS "formerCode", successor_code AS "successorCode",
         former_province AS "formerProvince"
       FROM administrative_successions WHERE substr(former_key, strpos(former_key, '|')) = ANY ($1)`,
      [endings],
    );
  }
}

function conditions(filter: UnitFilter): Conditions {
  return new Conditions()
    .add(filter.on, (day) => `valid_from <= ${day} AND (valid_to IS NULL OR valid_to >= ${day})`)
    .add(filter.level, (level) => `level = ${level}`)
    .add(filter.provinceCode, (code) => `province_code = ${code}`)
    .contains('search_name', searchWords(filter.q ?? ''));
}
