import type { ConfidentialKind } from '../../kernel/confidential';
import type { SealedPlace } from './sealing';

/** A `bytea` column that holds envelopes of {@link Sealing}. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The columns of the primary key with their SQL types. Their texts, joined by a space, name the row in the seal. */
  readonly key: Readonly<Record<string, string>>;
  /** Which rows hold an envelope, where a row may hold something else that is not null. */
  readonly where?: string;
}

/** A sealed column that holds an identifier of a person. */
export interface PersonalColumn extends SealedColumn {
  readonly kind: ConfidentialKind;
}

/**
 * Every sealed column there is: what is not listed here would be lost with the next change of keys. Its comment in the
 * database begins with "Sealed"; a test compares the two.
 */
export const SEALED = {
  vendorPersonalId: { table: 'vendors', column: 'personal_id_sealed', key: { id: 'uuid' }, kind: 'personal_id' },
  vendorPhone: { table: 'vendors', column: 'phone_sealed', key: { id: 'uuid' }, kind: 'phone' },
  vendorTaxCode: { table: 'vendors', column: 'tax_code_sealed', key: { id: 'uuid' }, kind: 'tax_code' },
  accountNumber: { table: 'payout_accounts', column: 'account_number_sealed', key: { id: 'uuid' }, kind: 'account' },
  bankKey: { table: 'bank_keys', column: 'material', key: { key_id: 'text' }, where: `alg = 'hmac-sha256'` },
  dataKey: { table: 'data_keys', column: 'material', key: { name: 'text' } },
} as const satisfies Readonly<Record<string, SealedColumn | PersonalColumn>>;

export const SEALED_COLUMNS: readonly SealedColumn[] = Object.values(SEALED);

/** Where the value of one row lives; `row`: the texts of its key, in the order of {@link SealedColumn.key}. */
export function placeIn({ table, column }: SealedColumn, ...row: readonly string[]): SealedPlace {
  return { table, column, row: row.join(' ') };
}
