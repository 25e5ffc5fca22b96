import type { ConfidentialKind } from '../../kernel/confidential';
import type { SealedPlace } from './sealing';

/** A `bytea` column that holds envelopes of {@link Sealing}. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The columns that tell rows apart, with their SQL types. Their texts, joined by a space, name the row in the seal. */
  readonly key: Readonly<Record<string, string>>;
  /** Which rows hold an envelope, where a row may hold something else that is not null. */
  readonly where?: string;
  /** How many values are sealed anew in one transaction; fewer than usual where they are large. */
  readonly batch?: number;
}

/** A sealed column that holds an identifier of a person. */
export interface PersonalColumn extends SealedColumn {
  readonly kind: ConfidentialKind;
}

/**
 * Every sealed column there is: what is not listed here would be lost with the next change of keys. The comment of each
 * in the database says that it is sealed; a test compares the two.
 */
export const SEALED = {
  vendorPersonalId: { table: 'vendors', column: 'personal_id_sealed', key: { id: 'uuid' }, kind: 'personal_id' },
  vendorPhone: { table: 'vendors', column: 'phone_sealed', key: { id: 'uuid' }, kind: 'phone' },
  vendorTaxCode: { table: 'vendors', column: 'tax_code_sealed', key: { id: 'uuid' }, kind: 'tax_code' },
  accountNumber: { table: 'payout_accounts', column: 'account_number_sealed', key: { id: 'uuid' }, kind: 'account' },
  lineAccount: {
    table: 'submission_lines',
    column: 'target_sealed',
    key: { submission_no: 'bigint', line: 'integer' },
    // Elsewhere it is null; said so, the index of suspense lines finds them among all lines there ever were.
    where: 'bucket = 3',
    kind: 'account',
  },
  problemValue: {
    table: 'submission_problems',
    column: 'value_sealed',
    key: { submission_id: 'uuid', ordinal: 'integer' },
  },
  bodyChunk: {
    table: 'submission_body_chunks',
    column: 'bytes',
    key: { submission_id: 'uuid', seq: 'integer' },
    where: 'sealed',
    batch: 8,
  },
  bankKey: { table: 'bank_keys', column: 'material', key: { key_id: 'text' }, where: `alg = 'hmac-sha256'` },
  staffTotp: { table: 'staff_totp', column: 'secret', key: { id: 'uuid' } },
  letter: { table: 'mail_outbox', column: 'sealed', key: { id: 'uuid' } },
  dataKey: { table: 'data_keys', column: 'material', key: { name: 'text' } },
} as const satisfies Readonly<Record<string, SealedColumn | PersonalColumn>>;

export const SEALED_COLUMNS: readonly SealedColumn[] = Object.values(SEALED);

/** Sealed columns whose rows are gone within minutes, long before anybody drops a former key. */
export const SEALED_FOR_MINUTES: readonly string[] = ['oidc_attempts.sealed'];

/** Where the value of one row lives; `row`: the texts of its key, in the order of {@link SealedColumn.key}. */
export function placeIn({ table, column }: SealedColumn, ...row: readonly string[]): SealedPlace {
  return { table, column, row: row.join(' ') };
}
