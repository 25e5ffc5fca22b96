import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock';
import { Ids } from '../../kernel/ids';
import { currentActor } from '../../platform/actor';
import { Database } from '../../platform/db/database';
import { Sweepers } from '../../platform/queue/sweepers';
import { cleanAccountNumber } from '../account.rules';
import { LookupLimit } from './lookups.errors';
import { LookupsRepository } from './lookups.repository';

/** More than a bad day's typing errors; a masked phone hides four digits, which are ten thousand tries. */
export const MISSES_PER_HOUR = 60;
const HOUR_MS = 3_600_000;
/** A phone, or a personal ID. */
const GUESSABLE = /^(?:\d{10}|\d{12})$/;

/**
 * Whole identifiers are looked up by everybody who works with the register; who may only see them masked must not find
 * out the rest by trying. What somebody finds is not counted, for it was known; what nobody has is.
 */
@Injectable()
export class LookupsService {
  constructor(
    private readonly database: Database,
    private readonly lookups: LookupsRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
    sweepers: Sweepers,
  ) {
    sweepers.add({ name: 'lookups', sweep: () => this.purge() });
  }

  /** Runs the search `q`. @throws LookupLimit */
  async counted<Found extends { readonly total: number }>(q: string | undefined, find: () => Promise<Found>) {
    const { kind, id } = currentActor();
    if (kind !== 'staff' || !GUESSABLE.test(cleanAccountNumber(q ?? ''))) return find();
    await this.mustBeFew(id);
    const found = await find();
    if (found.total === 0) {
      await this.database.write((tx) => this.lookups.add(tx, this.ids.uuid(), id, this.clock.now()));
    }
    return found;
  }

  /** Forgets what is no longer counted. @returns how many entries */
  purge(): Promise<number> {
    return this.database.write((tx) => this.lookups.purge(tx, this.hourAgo()));
  }

  private async mustBeFew(staffId: string): Promise<void> {
    const { count, firstAt } = await this.database.read((tx) => this.lookups.since(tx, staffId, this.hourAgo()));
    if (count < MISSES_PER_HOUR) return;
    const now = this.clock.now();
    const againAt = (firstAt ?? now).getTime() + HOUR_MS;
    throw new LookupLimit(MISSES_PER_HOUR, Math.ceil((againAt - now.getTime()) / 1_000));
  }

  private hourAgo(): Date {
    return new Date(this.clock.now().getTime() - HOUR_MS);
  }
}
