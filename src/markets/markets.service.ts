import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { foldText } from '../kernel/text';
import { Database, type Tx, violatedConstraint } from '../platform/db/database';
import { VersionConflict } from '../platform/http/if-match';
import { type Page, pageOf } from '../platform/http/page';
import { decodeUuidCursor } from '../platform/http/uuid-cursor';
import { AdministrativeUnitsService } from './administrative-units.service';
import { classDiffers, suggestClass } from './market.rules';
import type { Market, MarketChange, MarketInput, MarketListQuery, MarketRow, Zone, ZoneInput } from './market.schema';
import { ClassDecisionIncomplete, MarketCodeTaken, MarketNotFound, ZoneNameTaken } from './markets.errors';
import { type MarketFacts, type MarketListRow, type MarketRecord, MarketsRepository } from './markets.repository';

/** The register of markets: each one once, with its commune of today and before. */
@Injectable()
export class MarketsService {
  constructor(
    private readonly database: Database,
    private readonly markets: MarketsRepository,
    private readonly units: AdministrativeUnitsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async list({ cursor, limit, ...filter }: MarketListQuery): Promise<Page<MarketRow>> {
    const after = decodeUuidCursor(cursor, 2);
    return this.database.read(async (tx) => {
      const total = await this.markets.count(tx, filter);
      const rows = await this.markets.list(tx, filter, { after, limit });
      return pageOf(rows, { limit, total, key: (row) => [row.name, row.id], item: marketRow });
    });
  }

  /** @throws MarketNotFound */
  async read(code: string): Promise<Market> {
    return this.database.read((tx) => this.describe(tx, code));
  }

  /** @throws MarketCodeTaken, CommuneUnknown, CommuneDissolved, ClassDecisionIncomplete */
  async register(input: MarketInput): Promise<Market> {
    return this.database.write(async (tx) => {
      const facts = await this.checked(tx, input);
      const row = { id: this.ids.uuid(), ...facts };
      const added = await this.markets.insertMany(tx, [row], this.clock.today(), this.clock.now());
      if (added === 0) throw new MarketCodeTaken(input.code);
      await this.audit.record(tx, {
        action: 'market_created',
        subjectType: 'market',
        subjectId: input.code,
        after: input,
      });
      return this.describe(tx, input.code);
    });
  }

  /** Changes what is named, if `version` is still the present one. @throws as {@link register}, and VersionConflict */
  async change(code: string, version: number, change: MarketChange): Promise<Market> {
    return this.database.write(async (tx) => {
      const before = await this.markets.findLocked(tx, code);
      if (!before) throw new MarketNotFound(code);
      const facts = await this.checked(tx, { ...before, ...change });
      const written = await this.markets.update(tx, before.id, version, facts, this.clock.now());
      if (!written) throw new VersionConflict();
      const changed = Object.keys(change) as (keyof MarketChange)[];
      await this.audit.record(tx, {
        action: 'market_changed',
        subjectType: 'market',
        subjectId: code,
        before: Object.fromEntries(changed.map((field) => [field, before[field]])),
        after: change,
      });
      return this.describe(tx, code);
    });
  }

  /** @throws MarketNotFound */
  async zones(code: string): Promise<Zone[]> {
    return this.database.read(async (tx) => {
      const market = await this.require(tx, code);
      return this.markets.zones(tx, market.id);
    });
  }

  /** Adds a zone behind the others. @throws MarketNotFound, ZoneNameTaken */
  async addZone(code: string, { name }: ZoneInput): Promise<Zone> {
    return this.database.write(async (tx) => {
      const market = await this.requireLocked(tx, code);
      const id = this.ids.uuid();
      try {
        await this.markets.insertZones(tx, market.id, [{ id, name }]);
      } catch (error) {
        if (violatedConstraint(error) === 'zones_name') throw new ZoneNameTaken(name);
        throw error;
      }
      await this.audit.record(tx, {
        action: 'zone_added',
        subjectType: 'market',
        subjectId: code,
        after: { zone: name },
      });
      const zones = await this.markets.zones(tx, market.id);
      return zones.find((zone) => zone.id === id) ?? { id, name, ordinal: zones.length, stallCount: 0 };
    });
  }

  /** Zone ids by name, those of `names` that were missing added; the caller holds the market's lock. */
  async zoneIds(tx: Tx, marketId: string, names: readonly string[]): Promise<Map<string, string>> {
    const known = new Map((await this.markets.zones(tx, marketId)).map((zone) => [zone.name, zone.id]));
    const missing = [...new Set(names)]
      .filter((name) => !known.has(name))
      .map((name) => ({ id: this.ids.uuid(), name }));
    if (missing.length > 0) await this.markets.insertZones(tx, marketId, missing);
    for (const zone of missing) known.set(zone.name, zone.id);
    return known;
  }

  /** For services of this and higher modules. @throws MarketNotFound */
  async require(tx: Tx, code: string): Promise<MarketRecord> {
    const market = await this.markets.find(tx, code);
    if (!market) throw new MarketNotFound(code);
    return market;
  }

  /** As {@link require}, and holds the market's row: bulk work on one market goes one after the other. */
  async requireLocked(tx: Tx, code: string): Promise<MarketRecord> {
    const market = await this.markets.findLocked(tx, code);
    if (!market) throw new MarketNotFound(code);
    return market;
  }

  private async checked(tx: Tx, input: MarketInput): Promise<MarketFacts> {
    const { officialClass, classDecision, classDecisionOn } = input;
    if (officialClass !== null && (classDecision === null || classDecisionOn === null)) {
      throw new ClassDecisionIncomplete();
    }
    const commune = await this.units.requireCommune(tx, input.communeCode, this.clock.today());
    return { ...input, provinceCode: commune.provinceCode, searchText: marketSearchText(input) };
  }

  private async describe(tx: Tx, code: string): Promise<Market> {
    const { id, no: _no, ...market } = await this.require(tx, code);
    return {
      ...market,
      suggestedClass: suggestClass(market),
      classDiffers: classDiffers(market.officialClass, market),
      counts: await this.markets.counts(tx, id, this.clock.today()),
    };
  }
}

/** What a market is found by: code, name and aliases, folded. */
export function marketSearchText({ code, name, aliases }: Pick<MarketInput, 'code' | 'name' | 'aliases'>): string {
  return foldText([code, name, ...aliases].join(' '));
}

function marketRow({ id: _id, build, inPlan, ...row }: MarketListRow): MarketRow {
  const basis = { build, inPlan, plannedPoints: row.plannedPoints };
  return { ...row, suggestedClass: suggestClass(basis), classDiffers: classDiffers(row.class, basis) };
}
