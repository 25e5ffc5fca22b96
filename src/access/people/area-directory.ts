import { Injectable } from '@nestjs/common';
import type { AreaKind } from '../../kernel/scope';
import type { Tx } from '../../platform/db/database';

/** A province, commune or market that a role can be bound to. */
export interface AreaPlace {
  readonly code: string;
  readonly name: string;
  readonly provinceCode: string;
}

/** Whoever knows the places: the register, which stands above. */
export interface AreaSource {
  /** Those of the codes that exist today, within the reach of the transaction. */
  find(tx: Tx, kind: AreaKind, codes: readonly string[]): Promise<AreaPlace[]>;
}

/** The port through which people and their roles learn what places there are. */
@Injectable()
export class AreaDirectory {
  private source: AreaSource | undefined;

  /** @throws Error when there is one already: the process does not start */
  use(source: AreaSource): void {
    if (this.source) throw new Error('two sources of areas');
    this.source = source;
  }

  async find(tx: Tx, kind: AreaKind, codes: readonly string[]): Promise<AreaPlace[]> {
    if (!this.source) throw new Error('nobody knows the areas');
    return codes.length === 0 ? [] : this.source.find(tx, kind, codes);
  }
}
