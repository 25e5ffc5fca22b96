import { execute, type SqlValue, type Tx } from '../../src/platform/db/database';

/** Inserts one row given by its columns. */
export async function insertRow(tx: Tx, table: string, row: Readonly<Record<string, SqlValue>>): Promise<void> {
  const names = Object.keys(row);
  const places = names.map((_, index) => `$${index + 1}`);
  await execute(tx, `INSERT INTO ${table} (${names.join(', ')}) VALUES (${places.join(', ')})`, Object.values(row));
}

let drawn = 0;

/** The next number of this test process, from 1: what must differ from row to row is made from it. */
export function nextNumber(): number {
  drawn += 1;
  return drawn;
}

/** When factory rows were recorded; before every day that tests ask about. */
export const RECORDED_AT = new Date('2025-07-01T00:00:00Z');
