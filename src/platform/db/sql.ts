import type { PoolClient } from 'pg';
import type { EntityManager, QueryRunner } from 'typeorm';

/** An open transaction. Every repository method takes one first, so that forgetting it does not compile. */
export type Tx = EntityManager;

/** What may stand for `$1`, `$2` …: days as text, money as bigint, lists as arrays for `unnest`/`any`. */
export type SqlValue = string | number | bigint | boolean | Date | Buffer | null | undefined | object;

const clients = new WeakMap<QueryRunner, PoolClient>();

/** Remembers which connection a transaction runs on; called by `transaction.ts` alone. */
export function bindClient(runner: QueryRunner, client: PoolClient): void {
  clients.set(runner, client);
}

/** The `pg` client under a transaction, for COPY and cursors. Never end or release it. */
export function pgClient(tx: Tx): PoolClient {
  const client = tx.queryRunner && clients.get(tx.queryRunner);
  if (!client) throw new Error('pgClient needs the Tx of Database.read or Database.write');
  return client;
}

/**
 * The rows of one statement with bound parameters; for UPDATE and DELETE the rows of RETURNING.
 * `bigint` columns arrive as bigint, `date` as `YYYY-MM-DD`, `numeric` as text (see type-parsers.ts).
 */
export async function sql<Row extends object>(tx: Tx, text: string, params: readonly SqlValue[] = []): Promise<Row[]> {
  const result = await pgClient(tx).query<Row>(text, [...params]);
  return result.rows;
}

/** Like {@link sql} when at most one row can come. */
export async function sqlOne<Row extends object>(
  tx: Tx,
  text: string,
  params: readonly SqlValue[] = [],
): Promise<Row | undefined> {
  const rows = await sql<Row>(tx, text, params);
  return rows[0];
}

/** Runs one statement and says how many rows it touched. */
export async function execute(tx: Tx, text: string, params: readonly SqlValue[] = []): Promise<number> {
  const result = await pgClient(tx).query(text, [...params]);
  return result.rowCount ?? 0;
}
