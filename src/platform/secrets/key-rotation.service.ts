import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../db/database';
import { ResealingRepository, type Resealed, type SealedValue } from './resealing.repository';
import { placeIn, SEALED_COLUMNS, type SealedColumn } from './sealed-columns';
import { SealBroken, Sealing } from './sealing';

/** A key of which something is left, and where. */
export interface KeyInUse {
  readonly keyId: string;
  /** The one that seals now. */
  readonly current: boolean;
  /** Whether this process holds it. False: what it sealed cannot be read here. */
  readonly held: boolean;
  readonly values: number;
  /** By `table.column`. */
  readonly columns: Readonly<Record<string, number>>;
}

/** What one go came to. */
export interface Rotation {
  readonly resealed: number;
  /** Written by somebody else in between: their value counts. */
  readonly overtaken: number;
  /** Values that no key we hold opens; they stay as they are. */
  readonly broken: number;
}

export interface RotationLimits {
  /** Batches at most; all there are unless told. */
  readonly batches?: number;
  /** Told after every batch. */
  readonly report?: (column: string, rotation: Rotation) => void;
}

/** Few enough that nobody waits for their locks. */
const BATCH = 200;
const BATCH_LIMIT_MS = 30_000;

/**
 * Brings everything sealed under the current key, in small transactions beside all other work: read, opened, sealed
 * anew, and written where nobody has written meanwhile. Safe to run at any time, any number of times, also at once.
 */
@Injectable()
export class KeyRotationService {
  private readonly logger = new Logger(KeyRotationService.name);

  constructor(
    private readonly database: Database,
    private readonly rows: ResealingRepository,
    private readonly sealing: Sealing,
  ) {}

  /** The key that seals now. */
  get currentKeyId(): string {
    return this.sealing.currentKeyId;
  }

  /** Every key under which something is sealed; a former key that is not among them can be dropped. */
  keysInUse(): Promise<KeyInUse[]> {
    return this.database.read(
      async (tx) => {
        const columns = new Map<string, Record<string, number>>();
        for (const column of SEALED_COLUMNS) {
          for (const { keyId, values } of await this.rows.keysUsed(tx, column)) {
            columns.set(keyId, { ...columns.get(keyId), [nameOf(column)]: values });
          }
        }
        return [...columns].map(([keyId, perColumn]) => ({
          keyId,
          current: keyId === this.sealing.currentKeyId,
          held: this.sealing.holds(keyId),
          values: Object.values(perColumn).reduce((sum, values) => sum + values, 0),
          columns: perColumn,
        }));
      },
      { limitMs: BATCH_LIMIT_MS },
    );
  }

  async rotate({ batches = Infinity, report }: RotationLimits = {}): Promise<Rotation> {
    let total: Rotation = { resealed: 0, overtaken: 0, broken: 0 };
    let left = batches;
    for (const column of SEALED_COLUMNS) {
      let after: readonly string[] | null = null;
      for (; left > 0; left -= 1) {
        const values = await this.sealedByOthers(column, after);
        after = values.at(-1)?.row ?? null;
        if (after === null) break;
        total = sum(total, await this.resealBatch(column, values));
        report?.(nameOf(column), total);
      }
    }
    return total;
  }

  private sealedByOthers(column: SealedColumn, after: readonly string[] | null): Promise<SealedValue[]> {
    const page = { keyId: this.sealing.currentKeyId, after, limit: column.batch ?? BATCH };
    return this.database.read((tx) => this.rows.sealedByOthers(tx, column, page), { limitMs: BATCH_LIMIT_MS });
  }

  private async resealBatch(column: SealedColumn, values: readonly SealedValue[]): Promise<Rotation> {
    const resealed = values.flatMap((value) => this.reseal(column, value));
    const written = await this.database.write((tx) => this.rows.replace(tx, column, resealed), {
      limitMs: BATCH_LIMIT_MS,
    });
    return {
      resealed: written,
      overtaken: resealed.length - written,
      broken: values.length - resealed.length,
    };
  }

  private reseal(column: SealedColumn, value: SealedValue): Resealed[] {
    const place = placeIn(column, ...value.row);
    try {
      return [{ ...value, resealed: this.sealing.seal(this.sealing.open(value.sealed, place), place) }];
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      this.logger.error({ column: nameOf(column), row: value.row, error: error.message });
      return [];
    }
  }
}

function nameOf({ table, column }: SealedColumn): string {
  return `${table}.${column}`;
}

function sum(a: Rotation, b: Rotation): Rotation {
  return {
    resealed: a.resealed + b.resealed,
    overtaken: a.overtaken + b.overtaken,
    broken: a.broken + b.broken,
  };
}
