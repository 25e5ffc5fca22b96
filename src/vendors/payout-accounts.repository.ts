import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import type { Confidential } from '../kernel/confidential';
import { columnsOf } from '../platform/db/columns';
import { execute, sql, type Tx } from '../platform/db/database';
import { SEALED } from '../platform/secrets/sealed-columns';
import { SealedFields } from '../platform/secrets/sealed-fields';
import type { HolderMark } from './account.rules';
import type { AccountInput, Verification } from './tenancy.schema';
import { runsOn } from './vendors.repository';

/** A payout account as stored. */
export interface AccountRecord extends AccountInput {
  readonly id: string;
  readonly vendorId: string;
  readonly bankName: string;
  readonly attention: string[];
  readonly verifiedHow: string | null;
  readonly verifiedAt: Date | null;
  readonly version: number;
}

export type NewAccount = AccountInput & {
  readonly id: string;
  readonly vendorId: string;
  readonly attention: HolderMark[];
};

export interface NewAssignment {
  readonly id: string;
  readonly stallId: string;
  readonly accountId: string;
  readonly fromDay: BusinessDay;
  readonly toDay: BusinessDay | null;
}

export interface AssignmentRecord extends NewAssignment {
  readonly vendorId: string;
  readonly bankBin: string;
  readonly accountNumber: Confidential;
}

const RECORD = `a.id, a.vendor_id AS "vendorId", a.bank_bin AS "bankBin", b.short_name AS "bankName",
  a.account_number_sealed AS "accountNumber", a.holder_name AS "holderName", a.kind, a.scheme, a.attention,
  a.verified_how AS "verifiedHow", a.verified_at AS "verifiedAt", a.version
  FROM payout_accounts a JOIN banks b ON b.bin = a.bank_bin`;

const ASSIGNMENT = `p.id, p.stall_id AS "stallId", p.payout_account_id AS "accountId", p.from_day AS "fromDay",
  p.to_day AS "toDay", a.vendor_id AS "vendorId", a.bank_bin AS "bankBin", a.account_number_sealed AS "accountNumber"
  FROM payout_assignments p JOIN payout_accounts a ON a.id = p.payout_account_id`;

/** A row whose account number is still sealed. */
type Stored<Row extends { accountNumber: Confidential }> = Omit<Row, 'accountNumber'> & { accountNumber: Buffer };

@Injectable()
export class PayoutAccountsRepository {
  constructor(private readonly fields: SealedFields) {}

  async findLocked(tx: Tx, id: string): Promise<AccountRecord | undefined> {
    const [found] = await this.records(tx, 'WHERE a.id = $1 FOR UPDATE OF a', id);
    return found;
  }

  ofVendors(tx: Tx, vendorIds: readonly string[]): Promise<AccountRecord[]> {
    return this.records(tx, 'WHERE a.vendor_id = ANY ($1) ORDER BY a.created_at DESC, a.id DESC', vendorIds);
  }

  /** @throws the driver's violation of `payout_accounts_number_index` where the vendor has that account */
  async insertMany(tx: Tx, accounts: readonly NewAccount[], now: Date): Promise<void> {
    const rows = accounts.map((account) => ({
      ...account,
      accountNumber: this.fields.seal(SEALED.accountNumber, account.id, account.accountNumber),
      accountNumberIndex: this.fields.indexOf(account.accountNumber),
      attention: JSON.stringify(account.attention),
    }));
    await execute(
      tx,
      `INSERT INTO payout_accounts (id, vendor_id, bank_bin, account_number_sealed, account_number_index, holder_name, kind,
         scheme, attention, created_at)
       SELECT id, vendor_id, bank_bin, sealed, index, holder_name, kind, scheme,
         ARRAY(SELECT jsonb_array_elements_text(attention)), $10
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::bytea[], $6::text[], $7::text[], $8::text[],
         $9::jsonb[]) AS r (id, vendor_id, bank_bin, sealed, index, holder_name, kind, scheme, attention)`,
      [
        ...columnsOf(rows, ['id', 'vendorId', 'bankBin', 'accountNumber', 'accountNumberIndex']),
        ...columnsOf(rows, ['holderName', 'kind', 'scheme', 'attention']),
        now,
      ],
    );
  }

  async verify(
    tx: Tx,
    ids: readonly string[],
    { how, by, at }: { how: Verification['how']; by: string | null; at: Date },
  ): Promise<void> {
    await execute(
      tx,
      `UPDATE payout_accounts SET verified_how = $2, verified_by = $3, verified_at = $4, version = version + 1
       WHERE id = ANY ($1) AND verified_at IS NULL`,
      [ids, how, by, at],
    );
  }

  /** The unverified accounts into which stalls of the market pay on that day; of these `among`, if given. */
  async unverifiedOfMarket(
    tx: Tx,
    marketId: string,
    day: BusinessDay,
    among: readonly string[] | null,
  ): Promise<string[]> {
    const rows = await sql<{ id: string }>(
      tx,
      `SELECT a.id FROM payout_accounts a WHERE a.verified_at IS NULL AND ($3::uuid[] IS NULL OR a.id = ANY ($3))
         AND a.id IN (SELECT p.payout_account_id FROM payout_assignments p WHERE p.market_id = $1 AND ${runsOn('p', '$2')})
       ORDER BY a.id FOR UPDATE OF a`,
      [marketId, day, among],
    );
    return rows.map((row) => row.id);
  }

  assignmentsOfMarket(tx: Tx, marketId: string): Promise<AssignmentRecord[]> {
    return this.assignments(tx, 'WHERE p.market_id = $1', marketId);
  }

  /** Newest first. */
  assignmentsOfStall(tx: Tx, stallId: string): Promise<AssignmentRecord[]> {
    return this.assignments(tx, 'WHERE p.stall_id = $1 ORDER BY p.from_day DESC, p.id', stallId);
  }

  /** @throws the driver's violation of `payout_assignments_no_overlap` */
  async assign(tx: Tx, marketId: string, assignments: readonly NewAssignment[], now: Date): Promise<void> {
    await execute(
      tx,
      `INSERT INTO payout_assignments (id, stall_id, payout_account_id, from_day, to_day, market_id, created_at)
       SELECT r.*, $6, $7 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::date[]) AS r`,
      [...columnsOf(assignments, ['id', 'stallId', 'accountId', 'fromDay', 'toDay']), marketId, now],
    );
  }

  /** The stall pays into the account up to and including `toDay`. */
  async endAssignment(tx: Tx, id: string, toDay: BusinessDay): Promise<void> {
    await execute(tx, `UPDATE payout_assignments SET to_day = $2 WHERE id = $1`, [id, toDay]);
  }

  /** Follows a lease whose first day was learned later. */
  async moveFirstDays(tx: Tx, assignments: readonly { id: string; fromDay: BusinessDay }[]): Promise<void> {
    await execute(
      tx,
      `UPDATE payout_assignments p SET from_day = r.from_day
       FROM unnest($1::uuid[], $2::date[]) AS r (id, from_day) WHERE p.id = r.id`,
      columnsOf(assignments, ['id', 'fromDay']),
    );
  }

  private async records(tx: Tx, where: string, param: string | readonly string[]): Promise<AccountRecord[]> {
    const rows = await sql<Stored<AccountRecord>>(tx, `SELECT ${RECORD} ${where}`, [param]);
    return rows.map((row) => ({ ...row, accountNumber: this.numberOf(row.id, row.accountNumber) }));
  }

  private async assignments(tx: Tx, where: string, param: string): Promise<AssignmentRecord[]> {
    const rows = await sql<Stored<AssignmentRecord>>(tx, `SELECT ${ASSIGNMENT} ${where}`, [param]);
    return rows.map((row) => ({ ...row, accountNumber: this.numberOf(row.accountId, row.accountNumber) }));
  }

  private numberOf(accountId: string, sealed: Buffer): Confidential {
    return this.fields.open(SEALED.accountNumber, accountId, sealed);
  }
}
