import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { foldText, searchWords } from '../kernel/text';
import { columnsOf } from '../platform/db/columns';
import { Conditions } from '../platform/db/conditions';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { BankNameRow, DirectoryBank } from './bank-directory';
import type { Bank } from './banks.schema';

export interface NewAgreement {
  readonly id: string;
  readonly bankBin: string;
  readonly validFrom: BusinessDay;
  readonly validTo: BusinessDay | null;
  /** How many parts a day's report has. */
  readonly expectedParts: number;
}

/** An institution with the first and last day of its agreements, both null without one; no last day while one runs. */
export interface BankClientRow extends Bank {
  readonly agreedFrom: BusinessDay | null;
  readonly agreedTo: BusinessDay | null;
}

@Injectable()
export class BanksRepository {
  async loadedVersion(tx: Tx): Promise<string | null> {
    const row = await sqlOne<{ version: string }>(
      tx,
      `SELECT value #>> '{}' AS version FROM settings WHERE key = 'bank_directory'`,
    );
    return row?.version ?? null;
  }

  async rememberVersion(tx: Tx, version: string): Promise<void> {
    await execute(
      tx,
      `INSERT INTO settings (key, value) VALUES ('bank_directory', to_jsonb($1::text))
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      [version],
    );
  }

  /** The directory's present state; a bank that is gone from it stays, because accounts name it. */
  async replaceDirectory(tx: Tx, banks: readonly DirectoryBank[], names: readonly BankNameRow[]): Promise<void> {
    await execute(
      tx,
      `INSERT INTO banks (bin, code, short_name, legal_name, payer_app_scans, name_lookup, note)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bool[], $6::bool[], $7::text[])
       ON CONFLICT (bin) DO UPDATE SET code = excluded.code, short_name = excluded.short_name,
         legal_name = excluded.legal_name, payer_app_scans = excluded.payer_app_scans,
         name_lookup = excluded.name_lookup, note = excluded.note`,
      columnsOf(banks, ['bin', 'code', 'shortName', 'legalName', 'payerAppScans', 'nameLookup', 'note']),
    );
    await execute(tx, `DELETE FROM bank_names`);
    await execute(
      tx,
      `INSERT INTO bank_names (bank_bin, name, kind)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
      columnsOf(names, ['bankBin', 'name', 'kind']),
    );
  }

  names(tx: Tx): Promise<BankNameRow[]> {
    return sql<BankNameRow>(tx, `SELECT bank_bin AS "bankBin", name, kind FROM bank_names`);
  }

  async bins(tx: Tx): Promise<string[]> {
    return (await sql<{ bin: string }>(tx, `SELECT bin FROM banks WHERE sandbox_of IS NULL`)).map((row) => row.bin);
  }

  /** @param sandbox whether a test institution is found too */
  find(tx: Tx, bin: string, day: BusinessDay, sandbox: boolean): Promise<Bank | undefined> {
    return sqlOne<Bank>(
      tx,
      `SELECT ${bankColumns('$2')} FROM banks b WHERE b.bin = $1 AND ($3 OR b.sandbox_of IS NULL)`,
      [bin, day, sandbox],
    );
  }

  /** The institution under which a bank tests. @returns whether it is new */
  async insertSandbox(tx: Tx, bin: string, sandboxBin: string): Promise<boolean> {
    const inserted = await execute(
      tx,
      `INSERT INTO banks (bin, code, short_name, legal_name, payer_app_scans, name_lookup, note, sandbox_of)
       SELECT $2, code, short_name || ' (thử nghiệm)', legal_name, payer_app_scans, name_lookup, '', bin
       FROM banks WHERE bin = $1 ON CONFLICT (bin) DO NOTHING`,
      [bin, sandboxBin],
    );
    return inserted === 1;
  }

  /** Every institution that people know of: it has, or had, an agreement or a key. */
  clients(tx: Tx, day: BusinessDay): Promise<BankClientRow[]> {
    return sql<BankClientRow>(
      tx,
      `SELECT ${bankColumns('$1')},
         (SELECT min(r.valid_from) FROM reporting_agreements r WHERE r.bank_bin = b.bin) AS "agreedFrom",
         (SELECT CASE WHEN bool_or(r.valid_to IS NULL) THEN NULL ELSE max(r.valid_to) END
          FROM reporting_agreements r WHERE r.bank_bin = b.bin) AS "agreedTo"
       FROM banks b WHERE b.sandbox_of IS NULL ORDER BY b.short_name COLLATE "vi-x-icu", b.bin`,
      [day],
    );
  }

  /** The whole directory: 72 rows, searched here because names are folded in the application. */
  async search(tx: Tx, q: string, day: BusinessDay): Promise<Bank[]> {
    const words = searchWords(q);
    const where = new Conditions();
    const on = where.bind(day);
    const rows = await sql<Bank & { allNames: string }>(
      tx,
      `SELECT ${bankColumns(on)},
         concat_ws(' ', b.bin, (SELECT string_agg(n.name, ' ') FROM bank_names n WHERE n.bank_bin = b.bin)) AS "allNames"
       FROM banks b WHERE b.sandbox_of IS NULL ORDER BY b.short_name COLLATE "vi-x-icu", b.bin`,
      where.params,
    );
    return rows
      .filter((row) => words.every((word) => foldText(`${row.allNames} ${row.shortName}`).includes(word)))
      .map(({ allNames: _names, ...bank }) => bank);
  }

  async insertAgreement(tx: Tx, agreement: NewAgreement): Promise<void> {
    await execute(
      tx,
      `INSERT INTO reporting_agreements (id, bank_bin, valid_from, valid_to, expected_parts) VALUES ($1, $2, $3, $4, $5)`,
      [agreement.id, agreement.bankBin, agreement.validFrom, agreement.validTo, agreement.expectedParts],
    );
  }
}

function bankColumns(day: string): string {
  return `b.bin, b.code, b.short_name AS "shortName", b.legal_name AS "legalName",
    EXISTS (SELECT FROM reporting_agreements r WHERE r.bank_bin = b.bin
      AND ${day}::date BETWEEN r.valid_from AND coalesce(r.valid_to, 'infinity')) AS reporting`;
}
