import { Injectable } from '@nestjs/common';
import { isSandboxBin, SANDBOX_PROVINCE } from '../kernel/bank-bin';
import type { BusinessDay } from '../kernel/business-day';
import { sql, type Tx } from '../platform/db/database';
import { SealedFields } from '../platform/secrets/sealed-fields';
import type { AttributionDirectory, StallOnDay } from './attribution.rules';

/** Whether a stall was open on a day; its last day is one of them. */
const openOn = (stall: string, day: string): string =>
  `${day} BETWEEN ${stall}.opened_on AND coalesce(${stall}.closed_on, 'infinity')`;

/** Whether a stall was open and let to somebody on a day: the SQL of `StallOnDay.occupied`. */
export const occupiedOn = (stall: string, day: string): string =>
  `(${openOn(stall, day)} AND EXISTS (SELECT FROM leases le WHERE le.stall_id = ${stall}.id
     AND ${day} BETWEEN le.from_day AND coalesce(le.to_day, 'infinity')))`;

/** Whether a market is one for tests: it is found by test institutions, and by nobody else. */
export const forTests = (market: string): string => `(${market}.province_code = '${SANDBOX_PROVINCE}')`;

/** Stalls as they stood on day $1, for tests or not ($2), with the lease and the consent that count for it. */
const STALLS_ON_DAY = `
  SELECT s.id, s.code, s.no AS stall_no, m.no AS market_no,
         l.id IS NOT NULL AND ${openOn('s', '$1::date')} AS occupied,
         EXISTS (SELECT FROM consents c
                 WHERE c.vendor_id = l.vendor_id AND c.purpose = 'stall_figures' AND c.withdrawn_at IS NULL) AS consents
  FROM stalls s JOIN markets m ON m.id = s.market_id
  LEFT JOIN leases l ON l.stall_id = s.id AND $1::date BETWEEN l.from_day AND coalesce(l.to_day, 'infinity')
  WHERE ${forTests('m')} = $2`;

const COLUMNS = `d.stall_no AS "stallNo", d.market_no AS "marketNo", d.occupied, d.consents`;

/** More than a province has; beyond it indexes are made anew, at 2 µs each. */
const INDEXES_KEPT = 100_000;

/**
 * What the register knows about one business day, read in one go before the lines of a submission are placed. Account
 * numbers stay sealed: those of the lines are looked up by their blind index.
 */
@Injectable()
export class AttributionRepository {
  /** Blind indexes of accounts that lines named: most come again every day. */
  private readonly indexes = new Map<string, string>();

  constructor(private readonly fields: SealedFields) {}

  async load(tx: Tx, bankBin: string, day: BusinessDay): Promise<AttributionDirectory> {
    const tests = isSandboxBin(bankBin);
    const stalls = await sql<StallOnDay & { code: string }>(tx, `SELECT d.code, ${COLUMNS} FROM (${STALLS_ON_DAY}) d`, [
      day,
      tests,
    ]);
    const accounts = await sql<StallOnDay & { index: string }>(
      tx,
      `SELECT encode(p.account_number_index, 'hex') AS index, ${COLUMNS}
       FROM payout_accounts p
       JOIN payout_assignments a
         ON a.payout_account_id = p.id AND $1::date BETWEEN a.from_day AND coalesce(a.to_day, 'infinity')
       JOIN (${STALLS_ON_DAY}) d ON d.id = a.stall_id
       WHERE p.bank_bin = $3`,
      [day, tests, bankBin],
    );
    const markets = await sql<{ code: string; no: number }>(
      tx,
      `SELECT m.code, m.no FROM markets m WHERE ${forTests('m')} = $1`,
      [tests],
    );
    const byIndex = grouped(accounts);
    return {
      stallsByCode: new Map(stalls.map(({ code, ...stall }) => [code, stall])),
      stallsByAccountIndex: byIndex,
      stallsByAccount: { get: (account) => byIndex.get(this.indexOf(account)) },
      marketNosByCode: new Map(markets.map(({ code, no }) => [code, no])),
    };
  }

  /** What `payout_accounts` holds in place of the account, in hexadecimal. */
  indexOf(account: string): string {
    const known = this.indexes.get(account);
    if (known !== undefined) return known;
    const index = this.fields.hexIndexOf('account', account);
    if (this.indexes.size === INDEXES_KEPT) this.indexes.clear();
    this.indexes.set(account, index);
    return index;
  }
}

function grouped(rows: readonly (StallOnDay & { index: string })[]): Map<string, StallOnDay[]> {
  const groups = new Map<string, StallOnDay[]>();
  for (const { index, ...stall } of rows) {
    const group = groups.get(index);
    if (group) group.push(stall);
    else groups.set(index, [stall]);
  }
  return groups;
}
