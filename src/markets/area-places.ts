import { Injectable } from '@nestjs/common';
import { AreaDirectory, type AreaPlace, type AreaSource } from '../access/people/area-directory';
import { Clock } from '../kernel/clock';
import type { AreaKind } from '../kernel/scope';
import type { Tx } from '../platform/db/database';
import { AdministrativeUnitsRepository } from './administrative-units.repository';
import { MarketsRepository } from './markets.repository';

/** The places that roles can be bound to, for people and their roles, which stand below the register. */
@Injectable()
export class AreaPlaces implements AreaSource {
  constructor(
    private readonly units: AdministrativeUnitsRepository,
    private readonly markets: MarketsRepository,
    private readonly clock: Clock,
    directory: AreaDirectory,
  ) {
    directory.use(this);
  }

  find(tx: Tx, kind: AreaKind, codes: readonly string[]): Promise<AreaPlace[]> {
    if (kind === 'markets') return this.markets.places(tx, codes);
    return this.units.places(tx, kind === 'province' ? 'province' : 'commune', codes, this.clock.today());
  }
}
