import { Client } from 'pg';
import { Confidential } from '../../kernel/confidential';
import { SCOPE_SETTING } from '../../kernel/scope';
import { makeDataKeys, readBlindIndex } from './data-keys';
import { type PersonalColumn, SEALED } from './sealed-columns';
import { SealedFields } from './sealed-fields';
import type { Sealing } from './sealing';

/** A column that versions before migration 0007 wrote in clear, and what took its place. */
interface ClearColumn {
  readonly clear: string;
  readonly sealed: PersonalColumn;
  /** Absent where nobody looks for the value. */
  readonly index?: string;
}

/** A table keyed by `id`, with the CHECK under which nothing clear can come in any more. */
interface ClearTable {
  readonly table: string;
  readonly check: string;
  readonly columns: readonly ClearColumn[];
}

const TABLES: readonly ClearTable[] = [
  {
    table: 'vendors',
    check: 'vendors_nothing_clear',
    columns: [
      { clear: 'personal_id', sealed: SEALED.vendorPersonalId, index: 'personal_id_index' },
      { clear: 'phone', sealed: SEALED.vendorPhone, index: 'phone_index' },
      { clear: 'tax_code', sealed: SEALED.vendorTaxCode },
    ],
  },
  {
    table: 'payout_accounts',
    check: 'payout_accounts_nothing_clear',
    columns: [{ clear: 'account_number', sealed: SEALED.accountNumber, index: 'account_number_index' }],
  },
];

const BATCH = 1_000;

/**
 * After the migrations, as the owner and under their lock, before the application takes requests: draws the root of the
 * blind indexes and seals what an older version left in clear, in batches that can be broken off and go on at the next
 * start. When nothing clear is left its CHECK is made final, and later starts find nothing to do.
 * @throws StartupError `sealing_key_wrong`
 */
export function sealClearFields(sealing: Sealing): (ownerUrl: string) => Promise<void> {
  return async (ownerUrl) => {
    const client = new Client({
      connectionString: ownerUrl,
      application_name: 'cho40-seal',
      connectionTimeoutMillis: 5_000,
    });
    await client.connect();
    try {
      await client.query(`SET ${SCOPE_SETTING} = 'system'`);
      await makeDataKeys(client, sealing);
      const fields = new SealedFields(sealing, await readBlindIndex(client, sealing));
      for (const table of TABLES) await sealTable(client, fields, table);
    } finally {
      await client.end();
    }
  };
}

async function sealTable(client: Client, fields: SealedFields, clearTable: ClearTable): Promise<void> {
  const { table, check } = clearTable;
  const { rowCount } = await client.query('SELECT FROM pg_constraint WHERE conname = $1 AND NOT convalidated', [check]);
  if (!rowCount) return;
  let sealed = 0;
  for (let found = -1; found !== 0; sealed += found) found = await sealBatch(client, fields, clearTable);
  await client.query(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${check}`);
  // The former versions of the rows hold what was clear.
  if (sealed > 0) await client.query(`VACUUM ${table}`);
}

/** @returns how many rows it sealed; 0 when none is left */
async function sealBatch(client: Client, fields: SealedFields, { table, columns }: ClearTable): Promise<number> {
  await client.query('BEGIN');
  try {
    const { rows } = await client.query<Record<string, string | null> & { id: string }>(
      `SELECT id, ${columns.map(({ clear }) => clear).join(', ')} FROM ${table}
       WHERE ${columns.map(({ clear }) => `${clear} IS NOT NULL`).join(' OR ')} LIMIT ${BATCH} FOR UPDATE`,
    );
    if (rows.length > 0) {
      const values = columns.flatMap((column) => written(fields, column, rows));
      const names = values.map(({ name }) => name);
      await client.query(
        `UPDATE ${table} t SET ${names.map((name) => `${name} = coalesce(t.${name}, r.${name})`).join(', ')},
           ${columns.map(({ clear }) => `${clear} = NULL`).join(', ')}
         FROM unnest($1::uuid[], ${names.map((_, i) => `$${i + 2}::bytea[]`).join(', ')}) AS r (id, ${names.join(', ')})
         WHERE t.id = r.id`,
        [rows.map(({ id }) => id), ...values.map(({ bytes }) => bytes)],
      );
    }
    await client.query('COMMIT');
    return rows.length;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

function written(
  fields: SealedFields,
  { clear, sealed, index }: ClearColumn,
  rows: readonly (Record<string, string | null> & { id: string })[],
): { name: string; bytes: (Buffer | null)[] }[] {
  const values = rows.map((row) => Confidential.orNull(sealed.kind, row[clear] ?? null));
  const envelopes = values.map((value, i) => fields.seal(sealed, rows[i]?.id ?? '', value));
  const columns = [{ name: sealed.column, bytes: envelopes }];
  return index ? [...columns, { name: index, bytes: values.map((value) => fields.indexOf(value)) }] : columns;
}
