import { Injectable } from '@nestjs/common';
import type { StallCode } from '../kernel/stall-code';
import { foldText } from '../kernel/text';
import { columnsOf } from '../platform/db/columns';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import { inReach } from './market-reach';
import type { NewStall, StallFacts, StallRecord } from './stall.types';
import { stallNumberKey, stallSortKey } from './stall-number.rules';

const RECORD = `s.id, s.market_id AS "marketId", m.code AS "marketCode", s.zone_id AS "zoneId", s.code, s.number,
  s.trade_line AS "tradeLine", s.mcc, trim_scale(s.area_m2)::text AS "areaM2", s.fixed, s.soundbox, s.state,
  s.opened_on AS "openedOn", s.closed_on AS "closedOn", s.version
  FROM stalls s JOIN markets m ON m.id = s.market_id`;

@Injectable()
export class StallsRepository {
  find(tx: Tx, code: string): Promise<StallRecord | undefined> {
    return sqlOne<StallRecord>(tx, `SELECT ${RECORD} WHERE s.code = $1 AND ${inReach('m')}`, [code]);
  }

  findLocked(tx: Tx, code: string): Promise<StallRecord | undefined> {
    return sqlOne<StallRecord>(tx, `SELECT ${RECORD} WHERE s.code = $1 AND ${inReach('m')} FOR UPDATE OF s`, [code]);
  }

  ofMarket(tx: Tx, marketId: string): Promise<StallRecord[]> {
    return sql<StallRecord>(tx, `SELECT ${RECORD} WHERE s.market_id = $1`, [marketId]);
  }

  async zoneBelongs(tx: Tx, zoneId: string, marketId: string): Promise<boolean> {
    return (await execute(tx, `SELECT FROM zones WHERE id = $1 AND market_id = $2`, [zoneId, marketId])) === 1;
  }

  /** Which of these codes another stall has already: drawn at random, so next to never any. */
  async takenCodes(tx: Tx, codes: readonly StallCode[]): Promise<Set<string>> {
    const rows = await sql<{ code: string }>(tx, `SELECT code FROM stalls WHERE code = ANY ($1)`, [codes]);
    return new Set(rows.map((row) => row.code));
  }

  /** @throws the driver's violation of `stalls_number` where the market has that number */
  async insertMany(tx: Tx, marketId: string, stalls: readonly NewStall[], now: Date): Promise<void> {
    const rows = stalls.map((stall) => ({
      ...stall,
      numberKey: stallNumberKey(stall.number),
      sortKey: stallSortKey(stall.number),
      searchText: stallSearchText(stall),
    }));
    await execute(
      tx,
      `INSERT INTO stalls (id, zone_id, code, number, number_key, sort_key, search_text, trade_line, mcc, area_m2, fixed,
         soundbox, state, opened_on, market_id, created_at, updated_at)
       SELECT r.*, $15, $16, $16 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[],
         $7::text[], $8::text[], $9::text[], $10::numeric[], $11::bool[], $12::bool[], $13::text[], $14::date[]) AS r`,
      [
        ...columnsOf(rows, [
          'id',
          'zoneId',
          'code',
          'number',
          'numberKey',
          'sortKey',
          'searchText',
          'tradeLine',
          'mcc',
          'areaM2',
          'fixed',
          'soundbox',
          'state',
          'openedOn',
        ]),
        marketId,
        now,
      ],
    );
  }

  /** Writes every fact if the version is still the one that was read; says whether it was. */
  async update(tx: Tx, id: string, version: number, stall: StallFacts & { code: string }, now: Date): Promise<boolean> {
    const touched = await execute(
      tx,
      `UPDATE stalls SET zone_id = $3, number = $4, number_key = $5, sort_key = $6, search_text = $7, trade_line = $8,
         mcc = $9, area_m2 = $10, fixed = $11, soundbox = $12, state = $13, closed_on = $14, updated_at = $15,
         version = version + 1
       WHERE id = $1 AND version = $2`,
      [
        id,
        version,
        stall.zoneId,
        stall.number,
        stallNumberKey(stall.number),
        stallSortKey(stall.number),
        stallSearchText(stall),
        stall.tradeLine,
        stall.mcc,
        stall.areaM2,
        stall.fixed,
        stall.soundbox,
        stall.state,
        stall.closedOn,
        now,
      ],
    );
    return touched === 1;
  }
}

/** What a stall is found by: its number with and without spaces, its code, its trade line. */
function stallSearchText({
  number,
  code,
  tradeLine,
}: {
  number: string;
  code: string;
  tradeLine: string | null;
}): string {
  return foldText([number, number.replaceAll(' ', ''), code, tradeLine ?? ''].join(' '));
}
