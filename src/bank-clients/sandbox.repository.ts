import { Injectable } from '@nestjs/common';
import { SANDBOX_PROVINCE } from '../kernel/bank-bin';
import type { BusinessDay } from '../kernel/business-day';
import { foldText } from '../kernel/text';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';

/** How far a stall of the sandbox has come. */
export interface SandboxStallState {
  readonly code: string;
  readonly stallId: string;
  readonly marketId: string;
  readonly vendorId: string | null;
  readonly hasAccount: boolean;
}

/**
 * What no service would write: markets of a province that is no administrative unit, and accounts assigned without the
 * second person that a real stall needs. Under the scope of the system; nobody else reaches these rows.
 */
@Injectable()
export class SandboxRepository {
  /** Leaves a market that is there. @returns its id */
  async ensureMarket(
    tx: Tx,
    market: { id: string; code: string; name: string },
    since: BusinessDay,
    now: Date,
  ): Promise<string> {
    await execute(
      tx,
      `INSERT INTO markets (id, code, name, search_text, kind, market_kind, build, in_plan, planned_points,
         operating_points, province_code, commune_code, state, state_since, created_at, updated_at)
       VALUES ($1, $2, $3, $4, 'market', 'civil', 'solid', false, 0, 0, $5, $5 || '000', 'operating', $6, $7, $7)
       ON CONFLICT (code) DO NOTHING`,
      [market.id, market.code, market.name, foldText(`${market.code} ${market.name}`), SANDBOX_PROVINCE, since, now],
    );
    const row = await sqlOne<{ id: string }>(tx, 'SELECT id FROM markets WHERE code = $1', [market.code]);
    return row?.id ?? market.id;
  }

  stalls(tx: Tx, codes: readonly string[]): Promise<SandboxStallState[]> {
    return sql<SandboxStallState>(
      tx,
      `SELECT s.code, s.id AS "stallId", s.market_id AS "marketId", l.vendor_id AS "vendorId",
              EXISTS (SELECT FROM payout_assignments a WHERE a.stall_id = s.id) AS "hasAccount"
       FROM stalls s LEFT JOIN leases l ON l.stall_id = s.id WHERE s.code = ANY ($1)`,
      [codes],
    );
  }

  async accountOf(tx: Tx, vendorId: string, bankBin: string): Promise<string | null> {
    const row = await sqlOne<{ id: string }>(
      tx,
      'SELECT id FROM payout_accounts WHERE vendor_id = $1 AND bank_bin = $2',
      [vendorId, bankBin],
    );
    return row?.id ?? null;
  }

  async assign(
    tx: Tx,
    assignment: { id: string; accountId: string },
    stall: SandboxStallState,
    since: BusinessDay,
    now: Date,
  ): Promise<void> {
    await execute(
      tx,
      `INSERT INTO payout_assignments (id, stall_id, payout_account_id, market_id, from_day, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [assignment.id, stall.stallId, assignment.accountId, stall.marketId, since, now],
    );
  }

  /** BINs of the institutions that test. */
  async testers(tx: Tx): Promise<string[]> {
    const rows = await sql<{ bin: string }>(
      tx,
      'SELECT sandbox_of AS bin FROM banks WHERE sandbox_of IS NOT NULL ORDER BY 1',
    );
    return rows.map(({ bin }) => bin);
  }
}
