import { Injectable } from '@nestjs/common';
import { execute, sql, type SqlValue, type Tx } from '../db/database';
import { type SealedColumn } from './sealed-columns';
import { keyIdIn } from './sealing';

/** How many values of one column are sealed with one key. */
export interface KeyUse {
  readonly keyId: string;
  readonly values: number;
}

/** A sealed value and the texts of its row's key. */
export interface SealedValue {
  readonly row: readonly string[];
  readonly sealed: Buffer;
}

export interface Resealed extends SealedValue {
  readonly resealed: Buffer;
}

/** Sealed columns as such, whatever they hold; names come from the list in sealed-columns.ts, values are bound. */
@Injectable()
export class ResealingRepository {
  keysUsed(tx: Tx, column: SealedColumn): Promise<KeyUse[]> {
    return sql<KeyUse>(
      tx,
      `SELECT ${keyIdIn(column.column)} AS "keyId", count(*)::int AS values FROM ${column.table}
       WHERE ${isSealed(column)} GROUP BY 1 ORDER BY 1`,
    );
  }

  /** In order of the key, behind the row `after`; only values that another key than `keyId` sealed. */
  async sealedByOthers(
    tx: Tx,
    column: SealedColumn,
    { keyId, after, limit }: { keyId: string; after: readonly string[] | null; limit: number },
  ): Promise<SealedValue[]> {
    const keys = Object.entries(column.key);
    const names = keys.map(([name]) => name).join(', ');
    const behind = keys.map(([, type], i) => `$${i + 3}::${type}`).join(', ');
    const params: SqlValue[] = [keyId, limit, ...(after ?? [])];
    const rows = await sql<{ row: string[]; sealed: Buffer }>(
      tx,
      `SELECT ARRAY[${keys.map(([name]) => `${name}::text`).join(', ')}] AS row, ${column.column} AS sealed
       FROM ${column.table}
       WHERE ${isSealed(column)} AND ${keyIdIn(column.column)} <> $1 ${after ? `AND (${names}) > (${behind})` : ''}
       ORDER BY ${names} LIMIT $2`,
      params,
    );
    return rows;
  }

  /** Writes what nobody has written since it was read; a change always goes before. @returns how many */
  replace(tx: Tx, column: SealedColumn, values: readonly Resealed[]): Promise<number> {
    const keys = Object.entries(column.key);
    const arrays = keys.map(([, type], i) => `$${i + 3}::${type}[]`).join(', ');
    return execute(
      tx,
      `UPDATE ${column.table} t SET ${column.column} = r.resealed
       FROM unnest($1::bytea[], $2::bytea[], ${arrays}) AS r (sealed, resealed, ${keys.map(([name]) => name).join(', ')})
       WHERE ${keys.map(([name]) => `t.${name} = r.${name}`).join(' AND ')} AND t.${column.column} = r.sealed`,
      [
        values.map(({ sealed }) => sealed),
        values.map(({ resealed }) => resealed),
        ...keys.map((_, i) => values.map(({ row }) => row[i])),
      ],
    );
  }
}

function isSealed({ column, where }: SealedColumn): string {
  return where === undefined ? `${column} IS NOT NULL` : `${column} IS NOT NULL AND ${where}`;
}
