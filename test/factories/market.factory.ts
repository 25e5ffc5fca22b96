import { v7 } from 'uuid';
import { type BusinessDay, businessDay } from '../../src/kernel/business-day';
import { type StallCode, stallCodeFromNumber } from '../../src/kernel/stall-code';
import { foldText } from '../../src/kernel/text';
import type { MarketInput } from '../../src/markets/market.schema';
import type { StallState } from '../../src/markets/stall.schema';
import { stallNumberKey, stallSortKey } from '../../src/markets/stall-number.rules';
import { sqlOne, type Tx } from '../../src/platform/db/database';
import { insertRow, nextNumber, RECORDED_AT } from './insert';

/** A complete input for `POST /markets`; a commune of Cần Thơ, no decided class. */
export function makeMarket(overrides: Partial<MarketInput> = {}): MarketInput {
  const number = nextNumber();
  return {
    code: `TEST${number}`,
    name: `Chợ Thử ${number}`,
    aliases: [],
    kind: 'market',
    marketKind: 'civil',
    capitalSource: 'state',
    build: 'solid',
    inPlan: true,
    plannedPoints: 300,
    operatingPoints: 250,
    areaM2: null,
    officialClass: null,
    classDecision: null,
    classDecisionOn: null,
    operatorName: null,
    operatorKind: null,
    operatorTaxCode: null,
    address: null,
    latitude: null,
    longitude: null,
    opens: null,
    closes: null,
    rulesDocument: null,
    communeCode: '31510',
    formerCommuneCode: null,
    formerCommune: null,
    ...overrides,
  };
}

export interface SavedMarket {
  readonly id: string;
  /** Short key inside the ledger. */
  readonly no: number;
  readonly code: string;
  readonly name: string;
}

interface MarketPlace {
  readonly state?: string;
  readonly provinceCode?: string;
}

/** A market as a row: operating, in Cần Thơ unless told. */
export async function saveMarket(
  tx: Tx,
  { state = 'operating', provinceCode = '92', ...overrides }: Partial<MarketInput> & MarketPlace = {},
): Promise<SavedMarket> {
  const market = makeMarket(overrides);
  const id = v7();
  await insertRow(tx, 'markets', {
    id,
    code: market.code,
    name: market.name,
    aliases: market.aliases,
    search_text: foldText([market.code, market.name, ...market.aliases].join(' ')),
    kind: market.kind,
    market_kind: market.marketKind,
    build: market.build,
    in_plan: market.inPlan,
    planned_points: market.plannedPoints,
    operating_points: market.operatingPoints,
    official_class: market.officialClass,
    operator_name: market.operatorName,
    province_code: provinceCode,
    commune_code: market.communeCode,
    state,
    state_since: '2025-07-01',
    created_at: RECORDED_AT,
    updated_at: RECORDED_AT,
  });
  const row = await sqlOne<{ no: number }>(tx, `SELECT no FROM markets WHERE id = $1`, [id]);
  return { id, no: row?.no ?? 0, code: market.code, name: market.name };
}

export interface SavedStall {
  readonly id: string;
  /** Short key inside the ledger. */
  readonly no: number;
  readonly code: StallCode;
  readonly number: string;
  readonly marketId: string;
}

export interface StallOverrides {
  readonly number?: string;
  readonly code?: StallCode;
  readonly state?: StallState;
  readonly openedOn?: BusinessDay;
  readonly closedOn?: BusinessDay | null;
  readonly tradeLine?: string | null;
}

/** A stall of a market, open since 2020 unless told. */
export async function saveStall(tx: Tx, market: { id: string }, overrides: StallOverrides = {}): Promise<SavedStall> {
  const sequence = nextNumber();
  const number = overrides.number ?? `Ô ${sequence}A`;
  const code = overrides.code ?? stallCodeFromNumber(BigInt(sequence));
  const id = v7();
  await insertRow(tx, 'stalls', {
    id,
    market_id: market.id,
    code,
    number,
    number_key: stallNumberKey(number),
    sort_key: stallSortKey(number),
    search_text: foldText(`${number} ${number.replaceAll(' ', '')} ${code} ${overrides.tradeLine ?? ''}`),
    trade_line: overrides.tradeLine ?? null,
    state: overrides.state ?? 'operating',
    opened_on: overrides.openedOn ?? businessDay('2020-01-01'),
    closed_on: overrides.closedOn ?? null,
    created_at: RECORDED_AT,
    updated_at: RECORDED_AT,
  });
  const row = await sqlOne<{ no: number }>(tx, `SELECT no FROM stalls WHERE id = $1`, [id]);
  return { id, no: row?.no ?? 0, code, number, marketId: market.id };
}
