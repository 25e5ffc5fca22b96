import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import type { StallCode } from '../kernel/stall-code';
import { Database, type Tx, violatedConstraint } from '../platform/db/database';
import { VersionConflict } from '../platform/http/if-match';
import { StallClosed, StallClosedBeforeOpened, StallNotFound, StallNumberTaken, ZoneNotFound } from './markets.errors';
import { MarketsService } from './markets.service';
import type { StallChange, StallInput } from './stall.schema';
import type { NewStall, StallRecord } from './stall.types';
import { StallsRepository } from './stalls.repository';

/** The stalls of markets: the number as painted, and a code that is never reused. */
@Injectable()
export class StallsService {
  constructor(
    private readonly database: Database,
    private readonly stalls: StallsRepository,
    private readonly markets: MarketsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws MarketNotFound, ZoneNotFound, StallNumberTaken */
  async register(marketCode: string, { openedOn = this.clock.today(), ...input }: StallInput): Promise<StallCode> {
    return this.database.write(async (tx) => {
      const market = await this.markets.requireLocked(tx, marketCode);
      await this.checkZone(tx, input.zoneId, market.id);
      const [code] = await this.newCodes(tx, 1);
      if (!code) throw new Error('a stall code was asked for and not made');
      const stall = { id: this.ids.uuid(), code, ...input, openedOn };
      await this.refusingTakenNumber(input.number, () =>
        this.stalls.insertMany(tx, market.id, [stall], this.clock.now()),
      );
      await this.audit.record(tx, {
        action: 'stall_created',
        subjectType: 'stall',
        subjectId: code,
        after: { marketCode, ...input, openedOn },
      });
      return code;
    });
  }

  /**
   * Changes what is named, if `version` is still the present one.
   * @throws StallNotFound, StallClosed, StallClosedBeforeOpened, ZoneNotFound, StallNumberTaken, VersionConflict
   */
  async change(code: StallCode, version: number, change: StallChange): Promise<void> {
    await this.database.write(async (tx) => {
      const before = await this.requireLocked(tx, code);
      if (before.version !== version) throw new VersionConflict();
      const after = this.changed(before, change);
      await this.checkZone(tx, after.zoneId, before.marketId);
      await this.refusingTakenNumber(after.number, async () => {
        const written = await this.stalls.update(tx, before.id, version, after, this.clock.now());
        if (!written) throw new VersionConflict();
      });
      const fields = Object.keys(change) as (keyof StallChange)[];
      await this.audit.record(tx, {
        action: change.state === 'closed' ? 'stall_closed' : 'stall_changed',
        subjectType: 'stall',
        subjectId: code,
        before: Object.fromEntries(fields.map((field) => [field, before[field]])),
        after: Object.fromEntries(fields.map((field) => [field, after[field]])),
      });
    });
  }

  /** For services of higher modules. @throws StallNotFound */
  async requireLocked(tx: Tx, code: string): Promise<StallRecord> {
    const stall = await this.stalls.findLocked(tx, code);
    if (!stall) throw new StallNotFound(code);
    return stall;
  }

  /** Every stall of a market, closed ones too, for lists that are compared with it. */
  ofMarket(tx: Tx, marketId: string): Promise<StallRecord[]> {
    return this.stalls.ofMarket(tx, marketId);
  }

  /** Adds stalls whose numbers the market does not have; the caller holds the market's lock and keeps the trail. */
  addMany(tx: Tx, marketId: string, stalls: readonly NewStall[]): Promise<void> {
    return this.stalls.insertMany(tx, marketId, stalls, this.clock.now());
  }

  /** Codes that no stall has, all different. */
  async newCodes(tx: Tx, count: number): Promise<StallCode[]> {
    const free = new Set<StallCode>();
    while (free.size < count) {
      const drawn = Array.from({ length: count - free.size }, () => this.ids.stallCode());
      const taken = await this.stalls.takenCodes(tx, drawn);
      for (const code of drawn) if (!taken.has(code)) free.add(code);
    }
    return [...free];
  }

  private changed(before: StallRecord, change: StallChange): StallRecord {
    if (before.state === 'closed') throw new StallClosed(before.number);
    const { closedOn, ...facts } = change;
    if (facts.state !== 'closed') return { ...before, ...facts };
    const closed = closedOn ?? this.clock.today();
    if (closed < before.openedOn) throw new StallClosedBeforeOpened();
    return { ...before, ...facts, closedOn: closed };
  }

  private async checkZone(tx: Tx, zoneId: string | null, marketId: string): Promise<void> {
    if (zoneId !== null && !(await this.stalls.zoneBelongs(tx, zoneId, marketId))) throw new ZoneNotFound();
  }

  private async refusingTakenNumber(number: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (violatedConstraint(error) === 'stalls_number') throw new StallNumberTaken(number);
      throw error;
    }
  }
}
