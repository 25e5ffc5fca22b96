import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { inReach } from '../markets/market-reach';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { LaunchState } from './launch.rules';

export interface MarketState {
  readonly id: string;
  readonly code: string;
  readonly state: LaunchState;
  readonly since: BusinessDay;
}

export interface TransitionRow {
  readonly fromState: LaunchState;
  readonly toState: LaunchState;
  readonly onDay: BusinessDay;
  readonly leadAgency: string;
  readonly reason: string;
  readonly decisionNumber: string | null;
  readonly place: string | null;
  readonly actor: string;
  readonly recordedAt: Date;
}

export interface BoardRow {
  readonly state: LaunchState;
  readonly code: string;
  readonly name: string;
  readonly communeName: string | null;
  readonly class: number | null;
  readonly stateSince: BusinessDay;
}

const marketState = (): string =>
  `SELECT m.id, m.code, m.state, m.state_since AS since FROM markets m WHERE m.code = $1 AND ${inReach('m')}`;

@Injectable()
export class LaunchesRepository {
  findState(tx: Tx, code: string): Promise<MarketState | undefined> {
    return sqlOne<MarketState>(tx, marketState(), [code]);
  }

  /** The row is locked: two people who move one market at once move it one after the other. */
  lockState(tx: Tx, code: string): Promise<MarketState | undefined> {
    return sqlOne<MarketState>(tx, `${marketState()} FOR UPDATE`, [code]);
  }

  async moveMarket(tx: Tx, marketId: string, to: LaunchState, onDay: BusinessDay, now: Date): Promise<void> {
    await execute(
      tx,
      `UPDATE markets SET state = $2, state_since = $3, version = version + 1, updated_at = $4 WHERE id = $1`,
      [marketId, to, onDay, now],
    );
  }

  async append(tx: Tx, id: string, marketId: string, row: TransitionRow): Promise<void> {
    await execute(
      tx,
      `INSERT INTO launch_transitions (id, market_id, from_state, to_state, on_day, lead_agency, reason,
         decision_number, place, actor, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        marketId,
        row.fromState,
        row.toState,
        row.onDay,
        row.leadAgency,
        row.reason,
        row.decisionNumber,
        row.place,
        row.actor,
        row.recordedAt,
      ],
    );
  }

  /** Newest first. `actor` holds the id of a staff account where one acted; its name is shown. */
  history(tx: Tx, marketId: string): Promise<TransitionRow[]> {
    return sql<TransitionRow>(
      tx,
      `SELECT t.from_state AS "fromState", t.to_state AS "toState", t.on_day AS "onDay",
              t.lead_agency AS "leadAgency", t.reason, t.decision_number AS "decisionNumber", t.place,
              coalesce(s.full_name, t.actor) AS actor, t.recorded_at AS "recordedAt"
       FROM launch_transitions t LEFT JOIN staff s ON s.id::text = t.actor
       WHERE t.market_id = $1 ORDER BY t.recorded_at DESC, t.id DESC`,
      [marketId],
    );
  }

  board(tx: Tx, today: BusinessDay): Promise<BoardRow[]> {
    return sql<BoardRow>(
      tx,
      `SELECT m.state, m.code, m.name, u.name AS "communeName", m.official_class AS class, m.state_since AS "stateSince"
       FROM markets m
       LEFT JOIN administrative_units u
         ON u.code = m.commune_code AND $1::date BETWEEN u.valid_from AND coalesce(u.valid_to, 'infinity')
       WHERE ${inReach('m')}
       ORDER BY m.state, m.state_since DESC, m.name COLLATE "vi-x-icu", m.code`,
      [today],
    );
  }
}
